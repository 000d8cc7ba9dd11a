import { sqlMigration } from './sql-migration.ts'

/** 5.2 督促: list details, notices, print files, the file for the 広域連合, and the history that is the truth. */
export const tokusoku = sqlMigration(
  'm0005-tokusoku',
  `
create table delinquent_rows (
  worksheet_id bigint not null,
  row_no int not null,
  due_on date not null,
  charged_yen bigint not null,
  received_yen bigint not null,
  unpaid_yen bigint not null,
  fee_yen bigint not null,
  entaikin_yen bigint not null,
  limit_on date not null,
  prescribes_on date,
  days_late int not null,
  overpaid_yen bigint not null,
  addressee_kind text not null,
  payment_method text not null,
  change text not null check (change in ('初版', '同じ', '新しい', '額が変更', '判定が変更')),
  previous_unpaid_yen bigint,
  primary key (worksheet_id, row_no),
  foreign key (worksheet_id, row_no) references worksheet_rows on delete cascade
);

create table notices (
  id uuid primary key,
  kind text not null check (kind in ('督促状')),
  run_id uuid not null references runs,
  step_run_id uuid not null references step_runs,
  attempt int not null,
  version int not null,
  print_no int,
  worksheet_id bigint not null,
  row_no int not null,
  instalment_id bigint not null references instalments,
  insured_id bigint not null references insured,
  state text not null check (state in ('staged', 'made', 'released', 'dispatched', 'pulled', 'lapsed', 'cancelled')),
  pull_reason text,
  is_individual boolean not null default false,
  printed_unpaid_yen bigint not null,
  fee_yen bigint not null,
  entaikin_yen bigint not null,
  slip_yen bigint not null,
  reissue_no int not null,
  issue_on date not null,
  designated_on date not null,
  limit_on date not null,
  template_sha256 text not null,
  view text not null,
  view_sha256 text not null,
  printed jsonb not null,
  made_at timestamptz not null,
  -- 印刷順: 郵便番号, 宛名番号, 賦課年度, 通知書番号, 期別
  sort_key text not null,
  released_at timestamptz,
  dispatched_on date
);
-- 自然キー: one live 督促状 an instalment, whoever makes it.
create unique index notices_live on notices (kind, instalment_id) where state in ('made', 'released', 'dispatched');
create index notices_run on notices (run_id, version, print_no);
create index notices_instalment on notices (instalment_id);
create table unprintable_notices (
  step_run_id uuid not null references step_runs,
  run_id uuid not null references runs,
  worksheet_id bigint not null,
  row_no int not null,
  instalment_id bigint not null references instalments,
  insured_id bigint not null references insured,
  reason text not null,
  detail text,
  primary key (step_run_id, row_no)
);

-- 004: one row a notice or 発行不能, as the last 「最新の収納を反映」 found it.
create table notice_check_rows (
  worksheet_id bigint not null,
  row_no int not null,
  notice_id uuid references notices,
  unprintable text,
  print_no int,
  printed_yen bigint not null,
  current_yen bigint not null,
  proposal text,
  changes text[] not null default '{}',
  last_received_on date,
  last_received_yen bigint,
  last_received_road text,
  facts_sha256 text,
  primary key (worksheet_id, row_no),
  foreign key (worksheet_id, row_no) references worksheet_rows on delete cascade
);

create table print_files (
  id uuid primary key,
  run_id uuid not null references runs,
  version int not null,
  number int not null,
  is_individual boolean not null default false,
  notice_count int not null,
  page_count int not null,
  sha256 text not null,
  byte_size bigint not null,
  state text not null check (state in ('building', 'current', 'superseded')),
  step_run_id uuid references step_runs,
  built_at timestamptz not null,
  handed_over_at timestamptz,
  unique (run_id, version, number)
);
create table print_file_notices (
  print_file_id uuid not null references print_files on delete cascade,
  position int not null,
  notice_id uuid not null references notices,
  primary key (print_file_id, position)
);
create index print_file_notices_notice on print_file_notices (notice_id);

-- 返戻: facts that arrive after the letters have left.
create table notice_returns (
  id bigint generated always as identity primary key,
  notice_id uuid not null references notices,
  returned_on date not null,
  reason text not null,
  recorded_by bigint not null,
  recorded_at timestamptz not null
);

create table tainosha_rows (
  worksheet_id bigint not null,
  row_no int not null,
  section text not null check (section in ('送付', '非送付')),
  status text,
  due_on date not null,
  unpaid_yen bigint not null,
  previous_unpaid_yen bigint,
  change text not null,
  primary key (worksheet_id, row_no),
  foreign key (worksheet_id, row_no) references worksheet_rows on delete cascade
);
create table tainosha_files (
  id bigint generated always as identity primary key,
  run_id uuid not null references runs,
  worksheet_id bigint not null references worksheets,
  version int not null,
  as_of date not null,
  file_id uuid not null references files,
  line_count bigint not null,
  sum_yen bigint not null,
  sha256 text not null,
  state text not null check (state in ('made', 'sent', 'superseded')),
  sent_on date,
  sent_by text,
  receipt_no text,
  redo_reason text,
  unique (run_id, version)
);

-- 督促履歴: the truth about who has been dunned.
create table tokusoku_history (
  id bigint generated always as identity primary key,
  instalment_id bigint not null references instalments,
  notice_id uuid references notices,
  run_id uuid references runs,
  issued_on date not null,
  designated_on date not null,
  seizable_from date,
  prescription_restarts_on date,
  prescribes_on date,
  fee_posting bigint references postings,
  fee_yen bigint not null default 0,
  late_warning text,
  recorded_at timestamptz not null,
  cancelled_on date,
  file_id uuid references files,
  line bigint
);
create unique index tokusoku_history_once on tokusoku_history (instalment_id) where cancelled_on is null;
`,
)
