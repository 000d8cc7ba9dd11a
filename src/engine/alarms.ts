import type { Clock } from '#kernel/clock.ts'
import type { Sql } from '#db/database.ts'

/**
 * - exchanged: records that do not continue what we know: the engine's data were exchanged; workers stand still
 * - quarantine: a record that a projector could not take
 * - outbox-late: something we owe the engine is old
 * - run-lost: the engine ended an instance that we did not cancel
 * - disk-low, disk-full: the disk of the data folder; cleared by themselves
 */
export const ALARM_KINDS = ['exchanged', 'quarantine', 'outbox-late', 'run-lost', 'disk-low', 'disk-full'] as const
export type AlarmKind = (typeof ALARM_KINDS)[number]
export interface Alarm {
  readonly id: bigint
  readonly at: string
  readonly kind: AlarmKind
  readonly detail: string
}

/** Listeners of this channel look at the alarms again. */
export const ALARM_CHANNEL = 'engine_alarms'

/** Raises an alarm unless one of the same kind and detail is still open. */
export async function raiseAlarm(sql: Sql, clock: Clock, kind: AlarmKind, detail: string): Promise<void> {
  const raised = await sql.run(
    `insert into engine_alarms (at, kind, detail)
     select $1::timestamptz, $2, $3
      where not exists (select from engine_alarms where kind = $2 and detail = $3 and cleared_at is null)`,
    [clock.now(), kind, detail],
  )
  if (raised > 0) await sql.run(`select pg_notify('${ALARM_CHANNEL}', $1)`, [kind])
}

/**
 * The engine's data are not the ones that the database knows: the stream said so, or the database was restored from a
 * backup (`why` says which). Workers, outbox and ingest stand still until `koki engine rebuild` or the next start of the
 * launcher, which takes the open runs over.
 */
export const declareExchanged = (sql: Sql, clock: Clock, why: string): Promise<void> =>
  raiseAlarm(sql, clock, 'exchanged', why)

/** Clears open alarms of a kind, or only the one with this detail. */
export async function clearAlarms(
  sql: Sql,
  clock: Clock,
  kind: AlarmKind,
  detail: string | null = null,
): Promise<void> {
  const cleared = await sql.run(
    `update engine_alarms set cleared_at = $1
      where kind = $2 and cleared_at is null and ($3::text is null or detail = $3)`,
    [clock.now(), kind, detail],
  )
  if (cleared > 0) await sql.run(`select pg_notify('${ALARM_CHANNEL}', $1)`, [kind])
}

/** Every open alarm, oldest first. */
export const openAlarms = (sql: Sql): Promise<Alarm[]> =>
  sql.rows<Alarm>('select id, at, kind, detail from engine_alarms where cleared_at is null order by id')

/** Whether the workers must stand still because the engine's data were exchanged. */
export async function isExchanged(sql: Sql): Promise<boolean> {
  const { yes } = await sql.one<{ yes: boolean }>(
    `select exists (select from engine_alarms where kind = 'exchanged' and cleared_at is null) as yes`,
  )
  return yes
}
