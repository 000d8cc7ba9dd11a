import type { Clock } from '#kernel/clock.ts'
import type { Sql } from '#db/database.ts'
import { openAlarms, type Alarm } from './alarms.ts'
import { engineAge } from './heartbeat.ts'

/** エンジンの状態, as our own tables know it. */
export interface EngineStatus {
  readonly epoch: number
  /** Milliseconds; null while no heartbeat has come back. */
  readonly ageMs: number | null
  readonly partitions: readonly { readonly partition: number; readonly position: bigint }[]
  readonly outbox: { readonly pending: bigint; readonly oldestAt: string | null; readonly lastError: string | null }
  readonly quarantined: bigint
  readonly runs: { readonly running: bigint; readonly unbound: bigint; readonly ofOlderEpochs: bigint }
  readonly alarms: readonly Alarm[]
}

/** Reads what there is to say about the engine. Throws when no epoch has been opened yet. */
export async function engineStatus(sql: Sql, clock: Clock): Promise<EngineStatus> {
  const { epoch } = await sql.one<{ epoch: number }>(
    `select max(epoch) as epoch from engine_epochs having count(*) > 0`,
  )
  const outbox = await sql.one<EngineStatus['outbox']>(
    `select count(*) as pending, min(created_at) as "oldestAt",
            (array_agg(last_error order by id) filter (where last_error is not null))[1] as "lastError"
       from outbox where state = 'pending'`,
  )
  const { quarantined } = await sql.one<{ quarantined: bigint }>(
    `select count(*) as quarantined from engine_quarantine where resolved_at is null`,
  )
  const runs = await sql.one<EngineStatus['runs']>(
    `select count(*) as running, count(*) filter (where process_instance_key is null) as unbound,
            count(*) filter (where epoch < $1) as "ofOlderEpochs"
       from runs where state = 'running'`,
    [epoch],
  )
  return {
    epoch,
    ageMs: await engineAge(sql, clock),
    partitions: await sql.rows(`select partition, position from engine_positions where epoch = $1 order by partition`, [
      epoch,
    ]),
    outbox,
    quarantined,
    runs,
    alarms: await openAlarms(sql),
  }
}
