import { sqlMigration } from './sql-migration.ts'

/** What the engine told us, what we owe it, and where each run stands. */
export const engineAndRuntime = sqlMigration(
  'm0001-engine-and-runtime',
  `
-- An epoch names one data directory of the engine. It is raised when the engine's data are new, restored or exchanged.
create table engine_epochs (
  epoch int primary key,
  started_at timestamptz not null,
  note text not null
);
create table engine_positions (
  epoch int not null references engine_epochs,
  partition int not null,
  position bigint not null,
  updated_at timestamptz not null,
  primary key (epoch, partition)
);
-- Records as text: a NUL escape in a message must not stop the office, and jsonb refuses it.
create table engine_records (
  epoch int not null,
  partition int not null,
  position bigint not null,
  value_type text not null,
  intent text not null,
  key bigint not null,
  process_instance_key bigint,
  element_id text,
  at timestamptz not null,
  record text not null,
  primary key (epoch, partition, position)
);
create index engine_records_instance on engine_records (process_instance_key, position) where process_instance_key is not null;
create table engine_quarantine (
  epoch int not null,
  partition int not null,
  position bigint not null,
  projector text not null,
  error text not null,
  at timestamptz not null,
  resolved_at timestamptz,
  primary key (epoch, partition, position, projector)
);
create table engine_heartbeat (
  one boolean primary key default true check (one),
  sent_number bigint not null,
  sent_at timestamptz not null,
  seen_number bigint not null,
  seen_at timestamptz,
  seen_sent_at timestamptz
);
create table engine_alarms (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  kind text not null,
  detail text not null,
  cleared_at timestamptz
);

create table models (
  id bigint generated always as identity primary key,
  process_id text not null,
  version int not null,
  origin text not null check (origin in ('shipped', 'office')),
  xml text not null,
  sha256 text not null,
  epoch int references engine_epochs,
  definition_key bigint,
  engine_version int,
  in_force_from timestamptz,
  in_force_until timestamptz,
  unique (process_id, version)
);
create unique index models_in_force on models (process_id) where in_force_from is not null and in_force_until is null;

create table run_counters (
  flow text not null,
  fiscal_year int not null,
  last int not null,
  primary key (flow, fiscal_year)
);
create table runs (
  id uuid primary key,
  number text not null unique,
  flow text not null,
  title text not null,
  params jsonb not null,
  options jsonb not null,
  variables jsonb not null default '{}',
  state text not null check (state in ('running', 'finished', 'cancelled')),
  outcome text,
  epoch int,
  process_instance_key bigint,
  bound_at timestamptz,
  started_by bigint,
  created_at timestamptz not null,
  finished_at timestamptz,
  cancel_reason text,
  cancelled_by bigint,
  unique (epoch, process_instance_key)
);
create index runs_open on runs (flow) where state = 'running';

-- round is technical; version is the 版 that a sheet counts.
create table step_runs (
  id uuid primary key,
  run_id uuid not null references runs,
  step_id text not null,
  round int not null,
  version int not null default 1,
  epoch int not null,
  element_instance_key bigint not null,
  job_key bigint not null,
  state text not null check (state in ('open', 'done', 'failed', 'cancelled')),
  attempt int not null default 0,
  posting_number bigint,
  input jsonb not null,
  output jsonb,
  phase text,
  progress_total bigint,
  progress_done bigint not null default 0,
  progress_failed bigint not null default 0,
  created_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz,
  fault_code text,
  fault_message text,
  unique (run_id, step_id, round),
  unique (epoch, element_instance_key)
);

create table outbox (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('start-run', 'complete-job', 'cancel-instance', 'publish-message')),
  dedupe_key text not null unique,
  run_id uuid,
  epoch int,
  payload jsonb not null,
  state text not null default 'pending' check (state in ('pending', 'done', 'dropped')),
  attempts int not null default 0,
  created_at timestamptz not null,
  next_attempt_at timestamptz not null,
  done_at timestamptz,
  last_error text
);
create index outbox_pending on outbox (next_attempt_at, id) where state = 'pending';

create table tasks (
  id uuid primary key,
  epoch int not null,
  job_key bigint not null,
  element_instance_key bigint not null,
  process_instance_key bigint not null,
  run_id uuid references runs,
  step_run_id uuid references step_runs,
  flow text not null,
  step_id text not null,
  name text not null,
  candidate_role text not null,
  state text not null check (state in ('preparing', 'open', 'completing', 'completed', 'cancelled')),
  assignee bigint,
  claimed_at timestamptz,
  due_on date,
  is_urgent boolean not null default false,
  worksheet_id bigint,
  proposed_by bigint,
  proposed_at timestamptz,
  proposal jsonb,
  draft jsonb,
  draft_saved_at timestamptz,
  created_at timestamptz not null,
  completing_at timestamptz,
  ended_at timestamptz,
  end_reason text,
  unique (epoch, job_key)
);
create index tasks_open on tasks (due_on, id) where state in ('preparing', 'open');
create index tasks_run on tasks (run_id);

create table idempotency_keys (
  user_id bigint not null,
  key text not null,
  request_hash text not null,
  status int,
  response text,
  created_at timestamptz not null,
  primary key (user_id, key)
);

-- One row a build of a review list; its rows are invisible until it is 'ready', and never change after.
create table worksheets (
  id bigint generated always as identity primary key,
  run_id uuid not null references runs,
  step_run_id uuid not null references step_runs,
  attempt int not null,
  kind text not null,
  version int not null,
  state text not null check (state in ('building', 'ready')),
  posting_number bigint not null,
  row_count bigint not null default 0,
  counts jsonb not null default '{}',
  hash text,
  built_at timestamptz
);
create unique index worksheets_ready on worksheets (run_id, kind, version) where state = 'ready';
create table worksheet_rows (
  worksheet_id bigint not null references worksheets,
  row_no int not null,
  instalment_id bigint not null,
  insured_id bigint not null,
  yen bigint not null,
  verdict text not null,
  reason text,
  other_reasons text[] not null default '{}',
  flags text[] not null default '{}',
  primary key (worksheet_id, row_no)
);
create index worksheet_rows_instalment on worksheet_rows (instalment_id);
create table worksheet_marks (
  id bigint generated always as identity primary key,
  worksheet_id bigint not null,
  row_no int not null,
  action text not null check (action in ('exclude', 'include', 'pull', 'unpull', 'note')),
  reason text,
  note text,
  follow_up_on date,
  is_accepted_proposal boolean not null default false,
  is_carried_over boolean not null default false,
  task_id uuid references tasks,
  user_id bigint not null,
  at timestamptz not null,
  foreign key (worksheet_id, row_no) references worksheet_rows
);
create index worksheet_marks_row on worksheet_marks (worksheet_id, row_no, id);
create table worksheet_reviews (
  id bigint generated always as identity primary key,
  worksheet_id bigint not null references worksheets,
  task_id uuid not null references tasks,
  step_run_id uuid not null references step_runs,
  decision text not null,
  row_count bigint not null,
  target_count bigint not null,
  sum_yen bigint not null,
  hash text not null,
  last_mark_id bigint,
  proposed_by bigint,
  decided_by bigint not null,
  decided_at timestamptz not null
);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'rows of % never change', tg_table_name using errcode = 'restrict_violation';
end $$;
create function refuse_row_of_ready_worksheet() returns trigger language plpgsql as $$
begin
  if exists (select from worksheets where id = coalesce(new.worksheet_id, old.worksheet_id) and state = 'ready') then
    raise exception 'rows of a finished worksheet never change' using errcode = 'restrict_violation';
  end if;
  return coalesce(new, old);
end $$;
create trigger worksheet_rows_update before update on worksheet_rows for each row execute function refuse_change();
create trigger worksheet_rows_delete before delete on worksheet_rows for each row execute function refuse_row_of_ready_worksheet();
create trigger worksheet_marks_fixed before update or delete on worksheet_marks for each row execute function refuse_change();
create trigger worksheet_reviews_fixed before update or delete on worksheet_reviews for each row execute function refuse_change();
`,
)
