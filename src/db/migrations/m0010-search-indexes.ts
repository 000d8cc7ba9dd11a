import { sqlMigration } from './sql-migration.ts'

/** Tasks and lists are found by the person they name; tasks of a person by who holds them. */
export const searchIndexes = sqlMigration(
  'm0010-search-indexes',
  `
create index worksheet_rows_insured on worksheet_rows (insured_id, worksheet_id);
create index tasks_assignee on tasks (assignee) where state in ('preparing', 'open') and assignee is not null;
create index tasks_by_due on tasks ((coalesce(due_on, date '9999-12-31')), id) where state in ('preparing', 'open');
create index audit_events_task on audit_events (task_id, id) where task_id is not null;
create index audit_events_kind on audit_events (kind, id);
`,
)
