import type { Sql } from '#db/database.ts'
import { isExchanged } from '#engine/alarms.ts'

/** A run that the epoch in force has taken over, and whether its new instance is there. */
export interface TakenOver {
  readonly number: string
  readonly title: string
  readonly processId: string | null
  readonly elements: readonly string[]
  readonly isBound: boolean
}

/** Runs that the epoch in force has taken over and that are still open. */
export const takenOver = (sql: Sql): Promise<TakenOver[]> =>
  sql.rows<TakenOver>(
    `select r.number, r.title, b.process_id as "processId", b.elements, r.process_instance_key is not null as "isBound"
       from run_rebuilds b join runs r on r.id = b.run_id
      where b.epoch = (select max(epoch) from engine_epochs) and r.state = 'running' order by r.number`,
  )

/**
 * Whether a rebuild of the epoch in force is not through: then `finishRebuild` goes on with it, and no other epoch is
 * begun. Unless the engine's data were exchanged once more: then all begins anew.
 */
export async function isUnderWay(sql: Sql): Promise<boolean> {
  if (await isExchanged(sql)) return false
  const { yes } = await sql.one<{ yes: boolean }>(
    `select exists (select from run_rebuilds b join runs r on r.id = b.run_id
       where b.epoch = (select max(epoch) from engine_epochs)
         and (b.released_at is null or r.state = 'running' and r.process_instance_key is null)) as yes`,
  )
  return yes
}
