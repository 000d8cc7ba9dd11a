import type { Clock } from '#kernel/clock.ts'
import { appendEvent } from '#audit/append.ts'
import { SYSTEM } from '#audit/events.ts'
import type { Database, Sql, Tx } from '#db/database.ts'
import { clearAlarms } from './alarms.ts'

/**
 * An epoch names one data directory (or cluster) of the engine. A new or restored one uses positions and keys again, so
 * everything that came from the engine is named by (epoch, key).
 */
/** Held shared by ingest, so that no record is stored under an epoch that has just ended. */
export const EPOCH_LOCK = `hashtextextended('engine-epoch', 0)`

/** The epoch in force. Throws when `ensureEpoch` never ran. */
export async function currentEpoch(sql: Sql): Promise<number> {
  const { epoch } = await sql.one<{ epoch: number | null }>('select max(epoch) as epoch from engine_epochs')
  if (epoch === null) throw new Error('no engine epoch: ensureEpoch has not run')
  return epoch
}

/** Opens epoch 1 on an empty database; answers the epoch in force. */
export async function ensureEpoch(db: Database, clock: Clock): Promise<number> {
  return db.tx(async (tx) => {
    await tx.run(`select pg_advisory_xact_lock(${EPOCH_LOCK})`)
    await tx.run(
      `insert into engine_epochs (epoch, started_at, note)
       select 1, $1::timestamptz, '最初のデータ' where not exists (select from engine_epochs)`,
      [clock.now()],
    )
    return currentEpoch(tx)
  })
}

/**
 * Raises the epoch: the engine's data directory is new, restored or another's. Clears the alarm 'exchanged', lets the
 * workers go on, and makes the models in force be deployed again. `note` says why. Answers the new epoch. Open runs stay
 * behind in the old one unless the caller takes them over (`koki engine rebuild`).
 */
export async function raiseEpoch(tx: Tx, clock: Clock, note: string): Promise<number> {
  await tx.run(`select pg_advisory_xact_lock(${EPOCH_LOCK})`)
  const { epoch } = await tx.one<{ epoch: number }>(
    `insert into engine_epochs (epoch, started_at, note)
     select coalesce(max(epoch), 0) + 1, $1, $2 from engine_epochs returning epoch`,
    [clock.now(), note],
  )
  await clearAlarms(tx, clock, 'exchanged')
  await appendEvent(tx, { at: clock.now(), kind: 'engine.epoch', actor: SYSTEM, payload: { epoch, note } })
  return epoch
}
