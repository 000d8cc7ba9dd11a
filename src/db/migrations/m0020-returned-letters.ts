import { sqlMigration } from './sql-migration.ts'

/**
 * 返戻: letters that came back, and what became of them. A case and its steps are written once; the last step counts.
 * Takes the place of `notice_returns`, which knew no state.
 */
export const returnedLetters = sqlMigration(
  'm0020-returned-letters',
  `
create table returned_letters (
  id bigint generated always as identity primary key,
  paper text not null check (paper in ('督促状', '納入通知書')),
  -- the letter of ours; or the instalment, when the paper is known by a file only
  notice_id uuid references notices,
  instalment_id bigint references instalments,
  insured_id bigint not null references insured,
  -- which sending came back: 0 the first, 1 the first 再発送 …
  delivery int not null,
  returned_on date not null,
  reason text not null check (reason in ('R1', 'R2', 'R3', 'R4', 'R5', 'R9')),
  recorded_by bigint references users,
  file_id uuid references files,
  line bigint,
  recorded_at timestamptz not null,
  check (num_nonnulls(notice_id, instalment_id) = 1),
  check (num_nonnulls(recorded_by, file_id) = 1)
);
-- 自然キー: one sending comes back once.
create unique index returned_letters_notice on returned_letters (notice_id, delivery) where notice_id is not null;
create unique index returned_letters_instalment on returned_letters (paper, instalment_id, delivery)
  where instalment_id is not null;
create index returned_letters_insured on returned_letters (insured_id);

create table returned_letter_steps (
  returned_letter_id bigint not null references returned_letters,
  number int not null,
  state text not null check (state in ('居所調査', '相続人調査', '再発送', '公示送達', '調査終了')),
  -- 返戻日, 再発送する日, 公示した日, or the day of the step
  acted_on date not null,
  reason text,
  note text,
  designated_on date,
  served_on date,
  seizable_from date,
  recorded_by bigint references users,
  file_id uuid references files,
  recorded_at timestamptz not null,
  primary key (returned_letter_id, number),
  check (num_nonnulls(recorded_by, file_id) = 1)
);
create trigger returned_letters_fixed before update or delete on returned_letters for each row execute function refuse_change();
create trigger returned_letter_steps_fixed before update or delete on returned_letter_steps
  for each row execute function refuse_change();

-- 再発送: the letter as it is printed again, and its own print file.
create table resent_letters (
  id uuid primary key,
  returned_letter_id bigint not null references returned_letters,
  step_number int not null,
  notice_id uuid not null references notices,
  resent_on date not null,
  designated_on date not null,
  reissue_no int not null,
  unpaid_yen bigint not null,
  slip_yen bigint not null,
  is_individual boolean not null,
  template_sha256 text not null,
  view text not null,
  view_sha256 text not null,
  printed jsonb not null,
  sha256 text not null,
  byte_size bigint not null,
  page_count int not null,
  made_at timestamptz not null,
  unique (returned_letter_id, step_number),
  foreign key (returned_letter_id, step_number) references returned_letter_steps
);
create index resent_letters_notice on resent_letters (notice_id);
create trigger resent_letters_fixed before update or delete on resent_letters for each row execute function refuse_change();
revoke update, delete on returned_letters, returned_letter_steps, resent_letters from koki_app;

insert into returned_letters (paper, notice_id, insured_id, delivery, returned_on, reason, recorded_by, recorded_at)
  select distinct on (r.notice_id) '督促状', r.notice_id, n.insured_id, 0, r.returned_on, r.reason, r.recorded_by, r.recorded_at
  from notice_returns r join notices n on n.id = r.notice_id order by r.notice_id, r.id;
insert into returned_letter_steps (returned_letter_id, number, state, acted_on, recorded_by, recorded_at)
  select id, 1, case reason when 'R5' then '相続人調査' else '居所調査' end, returned_on, recorded_by, recorded_at
  from returned_letters;
update tokusoku_history h set seizable_from = null
  where h.notice_id in (select notice_id from returned_letters) and h.cancelled_on is null;
drop table notice_returns;
`,
)
