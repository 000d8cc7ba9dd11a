import { sqlMigration } from './sql-migration.ts'

/** koki_app works, but cannot rewrite what must never change; koki_read reads. */
export const grants = sqlMigration(
  'm0006-grants',
  `
grant usage on schema public to koki_app, koki_read;
grant select, insert, update, delete on all tables in schema public to koki_app;
grant usage on all sequences in schema public to koki_app;
revoke update, delete on postings, movements, audit_events, audit_seals, audit_day_heads, worksheet_marks,
  worksheet_reviews, engine_records from koki_app;
revoke update on worksheet_rows from koki_app;
revoke insert, update, delete on all tables in schema public from koki_read;
grant select on all tables in schema public to koki_read;
revoke select on sessions, api_tokens from koki_read;
alter default privileges in schema public grant select, insert, update, delete on tables to koki_app;
alter default privileges in schema public grant usage on sequences to koki_app;
alter default privileges in schema public grant select on tables to koki_read;
`,
)
