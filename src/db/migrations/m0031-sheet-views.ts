import { VARIANTS } from '#rules/names/variants.ts'
import { sqlMigration } from './sql-migration.ts'

/** Search keys that were folded by a smaller table of 異体字. */
const FORMS = [...VARIANTS.keys()].join('')
const KEYS = [...VARIANTS.values()].join('')

/**
 * How people look at review lists: rows they have pinned on top, and the columns they leave out, kind by kind. Names that are
 * known already are found by the wider table of 異体字 too.
 */
export const sheetViews = sqlMigration(
  'm0031-sheet-views',
  `
create table worksheet_pins (
  worksheet_id bigint not null,
  row_no int not null,
  pinned_by bigint not null references users,
  pinned_at timestamptz not null,
  -- Somebody has opened the row's 明細 since.
  seen_by bigint references users,
  seen_at timestamptz,
  primary key (worksheet_id, row_no),
  foreign key (worksheet_id, row_no) references worksheet_rows
);
create table sheet_columns (
  user_id bigint not null references users,
  kind text not null,
  hidden text[] not null,
  primary key (user_id, kind)
);
update person_versions set name_folded = translate(name_folded, '${FORMS}', '${KEYS}')
where name_folded <> translate(name_folded, '${FORMS}', '${KEYS}');
`,
)
