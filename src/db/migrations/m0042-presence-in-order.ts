import { sqlMigration } from './sql-migration.ts'

/**
 * いま開いている人: two words of one page may arrive in the other order. `said` counts them, and a page that has left is kept for
 * a while: what it had said before it left brings it back no more.
 */
export const presenceInOrder = sqlMigration(
  'm0042-presence-in-order',
  `
alter table task_presence
  add column said integer not null default 0,
  add column has_left boolean not null default false;
`,
)
