import { appendEvent } from '#audit/append.ts'
import type { Actor } from '#audit/events.ts'
import type { Clock } from '#kernel/clock.ts'
import { Fault } from '#kernel/faults.ts'
import type { Database } from '#db/database.ts'
import { clearAlarms } from '../alarms.ts'
import { errorText } from '../log.ts'
import type { Projector } from '../projector.ts'
import { parseRecord } from '../record.ts'

export interface AgainDeps {
  readonly db: Database
  readonly clock: Clock
  readonly projectors: readonly Projector[]
}

/** A record in quarantine: `epoch/partition/position`, and the projector that could not take it. */
export interface QuarantinedRecord {
  readonly record: string
  readonly projector: string
}

/** Quarantine as people see it, oldest first. */
export const quarantined = (
  sql: Pick<Database, 'rows'>,
): Promise<(QuarantinedRecord & { readonly error: string; readonly at: string })[]> =>
  sql.rows(
    `select epoch || '/' || partition || '/' || position as record, projector, error, at from engine_quarantine
      where resolved_at is null order by at, epoch, partition, position, projector`,
  )

/**
 * 隔離した記録を読み直す: after the program was mended. Task states only move forward, so a late record undoes nothing. Done or
 * not, it is an event. Faults: OPS-003 no such record waits, OPS-004 it cannot be taken still.
 */
export async function projectAgain(
  deps: AgainDeps,
  { record, projector: name }: QuarantinedRecord,
  actor: Actor,
): Promise<void> {
  const [epoch, partition, position] = record.split('/')
  const projector = deps.projectors.find((one) => one.name === name)
  if (projector === undefined || !/^\d{1,9}\/\d{1,9}\/\d{1,18}$/.test(record)) throw new Fault('OPS-003')
  const key = [Number(epoch), Number(partition), BigInt(position ?? 0)] as const
  const failure = await deps.db.tx(async (tx) => {
    await tx.run(`select pg_advisory_xact_lock(hashtextextended('engine-ingest', $1))`, [key[1]]) // no bulk meanwhile
    const stored = await tx.maybe<{ text: string }>(
      `select r.record as text from engine_quarantine q join engine_records r using (epoch, partition, position)
        where (epoch, partition, position) = ($1, $2, $3) and q.projector = $4 and q.resolved_at is null for update of q`,
      [...key, name],
    )
    if (stored === null) throw new Fault('OPS-003')
    await tx.run('savepoint again')
    const error = await projector
      .project({ ...parseRecord(stored.text), epoch: key[0] }, tx)
      .then(() => null)
      .catch((thrown: unknown) => errorText(thrown).slice(0, 500))
    await tx.run(error === null ? 'release savepoint again' : 'rollback to savepoint again')
    const now = deps.clock.now()
    await tx.run(
      `update engine_quarantine set resolved_at = $5, error = coalesce($6, error)
        where (epoch, partition, position) = ($1, $2, $3) and projector = $4`,
      [...key, name, error === null ? now : null, error],
    )
    if (error === null) await clearAlarms(tx, deps.clock, 'quarantine', `${record} ${name}`)
    const payload = { record, projector: name, isDone: error === null }
    await appendEvent(tx, { at: now, kind: 'record-projected-again', actor, payload })
    return error
  })
  if (failure !== null) throw new Fault('OPS-004', { error: failure })
}
