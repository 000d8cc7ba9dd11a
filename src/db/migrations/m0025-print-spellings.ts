import { sqlMigration } from './sql-migration.ts'

/** 代替表記: which spelling of a person's name or address is printed where the fonts lack a character. Ended, never deleted. */
export const printSpellings = sqlMigration(
  'm0025-print-spellings',
  `
create table print_spellings (
  id bigint generated always as identity primary key,
  person_id bigint not null references persons,
  field text not null check (field in ('氏名', '住所', '方書')),
  original text not null,
  substitute text not null check (substitute <> ''),
  valid_from date not null,
  -- a decision that is withdrawn before its first day ends the day before it
  valid_to date check (valid_to >= valid_from - 1),
  reason text not null,
  decided_by bigint not null references users,
  decided_at timestamptz not null,
  ended_reason text,
  ended_by bigint references users,
  ended_at timestamptz,
  check ((ended_at is null) = (ended_by is null) and (ended_at is null) = (ended_reason is null)),
  check (ended_at is null or valid_to is not null)
);
create index print_spellings_person on print_spellings (person_id);
create unique index print_spellings_open on print_spellings (person_id, field, original) where ended_at is null;
-- Only the end may be written, once; what was decided stays.
create function refuse_other_spelling() returns trigger language plpgsql as $$
begin
  if old.ended_at is not null or (new.id, new.person_id, new.field, new.original, new.substitute, new.valid_from, new.reason,
      new.decided_by, new.decided_at) is distinct from (old.id, old.person_id, old.field, old.original, old.substitute,
      old.valid_from, old.reason, old.decided_by, old.decided_at) then
    raise exception 'a decided spelling is not rewritten' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger print_spellings_fixed before update on print_spellings for each row execute function refuse_other_spelling();
revoke delete on print_spellings from koki_app;
`,
)
