import { sqlMigration } from './sql-migration.ts'

/** 運用: which of our processes live, and when the last backup was made. By the machine's time, not our movable clock's. */
export const operations = sqlMigration(
  'm0032-operations',
  `
create table process_beats (
  id uuid primary key,
  name text not null check (name in ('koki-api', 'koki-workers')),
  machine text not null,
  pid int not null,
  version text not null,
  started_at timestamptz not null,
  seen_at timestamptz not null
);
create table backups (
  id bigint generated always as identity primary key,
  cause text not null check (cause in ('asked', 'before-upgrade')),
  started_at timestamptz not null,
  finished_at timestamptz not null,
  byte_size bigint not null,
  sha256 text not null
);
revoke update, delete on backups from koki_app;
`,
)
