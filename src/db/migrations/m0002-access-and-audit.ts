import { sqlMigration } from './sql-migration.ts'

/** Who may do what, and what everybody did. */
export const accessAndAudit = sqlMigration(
  'm0002-access-and-audit',
  `
-- A person of the office. Four-eyes compares persons, not logins.
create table staff (
  id bigint generated always as identity primary key,
  name text not null
);
create table users (
  id bigint generated always as identity primary key,
  staff_id bigint not null references staff,
  login text not null unique,
  subject text unique,
  disabled_at timestamptz,
  created_at timestamptz not null
);
create table user_roles (
  user_id bigint not null references users,
  role text not null check (role in ('tantou', 'kakaricho', 'gyomu', 'kansa', 'kanri')),
  valid_from date not null,
  valid_to date,
  granted_by bigint,
  recorded_at timestamptz not null,
  primary key (user_id, role, valid_from)
);
create table sessions (
  id_hash text primary key,
  user_id bigint not null references users,
  csrf text not null,
  terminal text not null,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz
);
create table api_tokens (
  token_hash text primary key,
  user_id bigint not null references users,
  issued_by text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz
);

create table audit_events (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  kind text not null,
  actor_user_id bigint,
  actor text not null,
  terminal text not null,
  run_id uuid,
  step_run_id uuid,
  task_id uuid,
  subject_kind text,
  subject_id text,
  payload text not null,
  hash text not null,
  xid xid8 not null default pg_current_xact_id()
);
create index audit_events_run on audit_events (run_id, id) where run_id is not null;
create index audit_events_subject on audit_events (subject_kind, subject_id, id) where subject_id is not null;
create index audit_events_at on audit_events (at, id);
create table audit_seals (
  number bigint primary key,
  event_id bigint not null unique references audit_events,
  event_hash text not null,
  previous_hash text not null,
  hash text not null,
  sealed_at timestamptz not null
);
create table audit_day_heads (
  day date primary key,
  last_number bigint not null,
  hash text not null,
  written_at timestamptz not null
);
create trigger audit_events_fixed before update or delete on audit_events for each row execute function refuse_change();
create trigger audit_seals_fixed before update or delete on audit_seals for each row execute function refuse_change();

create table ordinance_options (
  id bigint generated always as identity primary key,
  flow text not null,
  name text not null,
  value jsonb not null,
  valid_from date not null,
  decided_by bigint,
  put_in_force_by bigint,
  recorded_at timestamptz not null,
  unique (flow, name, valid_from, recorded_at),
  check (decided_by is null or decided_by is distinct from put_in_force_by)
);
create table municipality_settings (
  name text primary key,
  value jsonb not null,
  recorded_at timestamptz not null
);
create table local_closures (
  closed_on date primary key,
  name text not null,
  recorded_at timestamptz not null
);
`,
)
