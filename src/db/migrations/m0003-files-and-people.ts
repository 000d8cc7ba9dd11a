import { sqlMigration } from './sql-migration.ts'

/** Files in and out, and the people they speak of. A difference adds rows; nothing is overwritten. */
export const filesAndPeople = sqlMigration(
  'm0003-files-and-people',
  `
create table files (
  id uuid primary key,
  direction text not null check (direction in ('in', 'out')),
  kind text not null,
  name text not null,
  sha256 text,
  byte_size bigint,
  state text not null check (state in ('received', 'reading', 'accepted', 'refused')),
  profile_sha256 text,
  line_count bigint,
  accepted_count bigint,
  rejected_count bigint,
  received_by bigint,
  received_at timestamptz not null,
  finished_at timestamptz,
  refusal_code text,
  refusal_message text,
  run_id uuid references runs
);
create unique index files_accepted_once on files (kind, sha256) where direction = 'in' and state = 'accepted';
create index files_recent on files (received_at desc, id);
create table file_errors (
  file_id uuid not null references files,
  number int not null,
  line bigint not null,
  field text,
  value text,
  code text not null,
  message text not null,
  next text not null,
  primary key (file_id, number)
);

-- 宛名: one row a 宛名番号; what is known of the person stands in versions.
create table persons (
  id bigint generated always as identity primary key,
  atena_no text not null unique
);
-- valid_from/valid_to: when it is true. recorded_at/superseded_at: when we knew it.
create table person_versions (
  id bigint generated always as identity primary key,
  person_id bigint not null references persons,
  valid_from date not null,
  valid_to date,
  recorded_at timestamptz not null,
  superseded_at timestamptz,
  resident_kind text not null,
  name text not null,
  kana text not null,
  kana_folded text not null,
  name_folded text not null,
  born_on date,
  sex text,
  postal_code text,
  address text,
  address_detail text,
  phone text,
  household_no text,
  relation text,
  moved_in_on date,
  moved_out_on date,
  died_on date,
  file_id uuid references files,
  line bigint
);
create unique index person_versions_current on person_versions (person_id) where superseded_at is null and valid_to is null;
create index person_versions_kana on person_versions (kana_folded text_pattern_ops) where superseded_at is null;
create index person_versions_born on person_versions (born_on) where superseded_at is null;

create table insured (
  id bigint generated always as identity primary key,
  insured_no text not null unique,
  person_id bigint not null references persons
);
create index insured_person on insured (person_id);
create table insured_periods (
  id bigint generated always as identity primary key,
  insured_id bigint not null references insured,
  acquired_on date not null,
  acquired_reason text not null,
  lost_on date,
  lost_reason text,
  recorded_at timestamptz not null,
  superseded_at timestamptz,
  file_id uuid references files,
  line bigint
);
create index insured_periods_insured on insured_periods (insured_id) where superseded_at is null;

create table delivery_addresses (
  id bigint generated always as identity primary key,
  person_id bigint not null references persons,
  kind text not null check (kind in ('本人', '代理', '相続人代表')),
  name text not null,
  postal_code text,
  address text,
  address_detail text,
  starts_on date not null,
  ends_on date,
  recorded_at timestamptz not null,
  superseded_at timestamptz,
  file_id uuid references files,
  line bigint
);
create index delivery_addresses_person on delivery_addresses (person_id) where superseded_at is null;

-- 抑止: expires_on never releases by itself; only released_on does, recorded by a person.
create table protections (
  id bigint generated always as identity primary key,
  person_id bigint not null references persons,
  measure text not null check (measure in ('仮', '本')),
  starts_on date not null,
  expires_on date,
  released_on date,
  opponent_name text,
  opponent_born_on date,
  opponent_address text,
  recorded_at timestamptz not null,
  superseded_at timestamptz,
  file_id uuid references files,
  line bigint
);
create index protections_person on protections (person_id) where superseded_at is null;
`,
)
