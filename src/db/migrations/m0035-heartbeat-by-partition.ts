import { sqlMigration } from './sql-migration.ts'

/** One heartbeat a partition: what we know is as old as the partition that lags most. `engine_heartbeat` holds that one. */
export const heartbeatByPartition = sqlMigration(
  'm0035-heartbeat-by-partition',
  `
alter table engine_heartbeat add column partitions int not null default 1;
create table engine_heartbeats_seen (
  partition int primary key,
  seen_number bigint not null,
  seen_at timestamptz not null,
  seen_sent_at timestamptz not null
);
`,
)
