import type { Sql } from './database.ts'

/** What has changed, by id only: it goes to every open browser. */
export type Change =
  /** null: many tasks at once */
  | { readonly kind: 'task'; readonly taskId: string | null }
  | { readonly kind: 'run'; readonly runId: string }
  | { readonly kind: 'file'; readonly fileId: string }
  /** For the streams of this user only. */
  | { readonly kind: 'notification'; readonly userId: string }

/** Channel of the changes; who listens gives the ids to the open screens. */
export const CHANGES_CHANNEL = 'koki_changes'

/** Tells open screens, when the transaction commits, that something has changed. */
export async function notifyChange(sql: Pick<Sql, 'run'>, ...changes: readonly Change[]): Promise<void> {
  for (const change of changes) await sql.run(`select pg_notify('${CHANGES_CHANNEL}', $1)`, [JSON.stringify(change)])
}
