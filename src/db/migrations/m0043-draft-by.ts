import { sqlMigration } from './sql-migration.ts'

/** 下書き: whose it is. It stays with the task when the task is handed on. */
export const draftBy = sqlMigration(
  'm0043-draft-by',
  `
alter table tasks add column draft_by bigint references users;
update tasks set draft_by = assignee where draft is not null;
`,
)
