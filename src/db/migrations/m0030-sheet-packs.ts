import { sqlMigration } from './sql-migration.ts'

/**
 * Compact copies of what a finished list is filtered and sorted by (its rows never change): one byte string a question, four
 * bytes a row. They can be thrown away at any time and are made again from the rows.
 */
export const sheetPacks = sqlMigration(
  'm0030-sheet-packs',
  `
create table worksheet_packs (
  worksheet_id bigint not null references worksheets,
  -- 'bucket', 'person' (by row number) or 'order:<column>' (row numbers in that order; 'order:' is the list's own)
  name text not null,
  -- Rows without a value: they stand last, whichever way one sorts.
  empty_count int not null default 0,
  bytes bytea not null,
  primary key (worksheet_id, name)
);
alter table worksheet_packs alter column bytes set storage external;
-- Rows of a list that are alike in everything one can filter by, counted once.
create table worksheet_buckets (
  worksheet_id bigint not null references worksheets,
  bucket int not null,
  verdict text not null,
  reason text,
  flags text[] not null,
  change text,
  due_on date,
  row_count int not null,
  sum_yen bigint not null,
  -- Sums of the totalled columns by name.
  sums jsonb not null,
  primary key (worksheet_id, bucket)
);
revoke update on worksheet_packs, worksheet_buckets from koki_app;
create index worksheet_marks_sheet on worksheet_marks (worksheet_id, id);
create index person_versions_name on person_versions (name_folded) where superseded_at is null;
`,
)
