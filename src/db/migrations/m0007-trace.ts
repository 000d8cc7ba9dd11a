import { sqlMigration } from './sql-migration.ts'

/** Which run an instance of the engine belongs to, and the path it has taken: all from the engine's records. */
export const trace = sqlMigration(
  'm0007-trace',
  `
-- Every instance that told us its run. A duplicate does no work and is cancelled.
create table engine_instances (
  epoch int not null references engine_epochs,
  process_instance_key bigint not null,
  run_id uuid not null references runs,
  is_duplicate boolean not null,
  seen_at timestamptz not null,
  primary key (epoch, process_instance_key)
);
create index engine_instances_run on engine_instances (run_id);

create table trace_instances (
  epoch int not null,
  process_instance_key bigint not null,
  process_id text not null,
  engine_version int not null,
  definition_key bigint not null,
  parent_key bigint,
  state text not null check (state in ('active', 'completed', 'terminated')),
  started_at timestamptz not null,
  ended_at timestamptz,
  primary key (epoch, process_instance_key)
);
create index trace_instances_started on trace_instances (started_at desc);
create table trace_elements (
  epoch int not null,
  element_instance_key bigint not null,
  process_instance_key bigint not null,
  scope_key bigint not null,
  element_id text not null,
  element_type text not null,
  state text not null check (state in ('activating', 'active', 'completed', 'terminated')),
  position bigint not null,
  activated_at timestamptz not null,
  ended_at timestamptz,
  primary key (epoch, element_instance_key)
);
create index trace_elements_instance on trace_elements (epoch, process_instance_key, position);
create table trace_flows (
  epoch int not null,
  partition int not null,
  position bigint not null,
  process_instance_key bigint not null,
  flow_id text not null,
  taken_at timestamptz not null,
  primary key (epoch, partition, position)
);
create index trace_flows_instance on trace_flows (epoch, process_instance_key, position);
create table trace_incidents (
  epoch int not null,
  incident_key bigint not null,
  process_instance_key bigint not null,
  element_instance_key bigint not null,
  element_id text not null,
  job_key bigint,
  error_type text not null,
  message text not null,
  created_at timestamptz not null,
  resolved_at timestamptz,
  primary key (epoch, incident_key)
);
create index trace_incidents_open on trace_incidents (created_at) where resolved_at is null;
create index trace_incidents_instance on trace_incidents (epoch, process_instance_key);
create table trace_timers (
  epoch int not null,
  timer_key bigint not null,
  process_instance_key bigint not null,
  element_id text not null,
  due_at timestamptz not null,
  state text not null check (state in ('waiting', 'fired', 'cancelled')),
  created_at timestamptz not null,
  ended_at timestamptz,
  primary key (epoch, timer_key)
);
create index trace_timers_instance on trace_timers (epoch, process_instance_key);
`,
)
