import type { Clock } from '#kernel/clock.ts'
import { appendEvent } from '#audit/append.ts'
import { SYSTEM } from '#audit/events.ts'
import type { Database, Tx } from '#db/database.ts'
import { notifyChange } from '#db/notify-change.ts'
import { raiseAlarm } from '#engine/alarms.ts'
import { raiseEpoch } from '#engine/epoch.ts'
import { leftOff, openRuns, type LeftOff, type OpenRun } from './left-off.ts'

export interface Begun {
  readonly epoch: number
  /** Runs that go on in the new epoch. */
  readonly moved: number
  /** 処理番号 and reason of those that cannot; each has an alarm 'run-lost'. */
  readonly stuck: readonly { readonly number: string; readonly why: string }[]
}

/**
 * The part of a rebuild that PostgreSQL decides alone, in one transaction: raises the epoch and notes for every open run
 * where it goes on. It needs no engine: the launcher calls it before the engine with its new data is up. Whoever is
 * killed before the commit has done nothing, after it `finishRebuild` goes on.
 */
export async function beginRebuild(db: Database, clock: Clock, reason: string): Promise<Begun> {
  return db.tx(async (tx) => {
    const epoch = await raiseEpoch(tx, clock, reason)
    const stuck: { number: string; why: string }[] = []
    let moved = 0
    for (const run of await openRuns(tx)) {
      try {
        const left = await leftOff(tx, run)
        await takeAlong(tx, run, left)
        await leave(tx, left, clock)
        await note(tx, run, left, epoch, clock)
        moved++
      } catch (error) {
        if (!(error instanceof RangeError)) throw error
        stuck.push({ number: run.number, why: error.message })
        await raiseAlarm(tx, clock, 'run-lost', run.number)
      }
    }
    return { epoch, moved, stuck }
  })
}

/** Step runs whose end no record has told yet wait for a job of the new epoch, and those that are answered again. */
const takeAlong = (tx: Tx, run: OpenRun, { fromEpoch, again }: LeftOff): Promise<number> =>
  tx.run(
    `update step_runs s set awaits_job = true
      where run_id = $1 and epoch = $2 and state in ('open', 'failed', 'done')
        and (element_instance_key = any($3) or not exists (
          select from trace_elements t where t.epoch = s.epoch and t.element_instance_key = s.element_instance_key
             and t.state in ('completed', 'terminated')))`,
    [run.id, fromEpoch, again],
  )

/** The former instance has ended as far as anybody can know: nothing of it is open any more. */
async function leave(tx: Tx, { fromEpoch, fromKey }: LeftOff, clock: Clock): Promise<void> {
  const at = [fromEpoch, fromKey, clock.now()]
  await tx.run(
    `update trace_instances set state = 'terminated', ended_at = $3
      where epoch = $1 and process_instance_key = $2 and state = 'active'`,
    at,
  )
  await tx.run(
    `update trace_elements set state = 'terminated', ended_at = $3
      where epoch = $1 and process_instance_key = $2 and state in ('activating', 'active')`,
    at,
  )
  await tx.run(
    `update trace_timers set state = 'cancelled', ended_at = $3
      where epoch = $1 and process_instance_key = $2 and state = 'waiting'`,
    at,
  )
  await tx.run(
    `update trace_incidents set resolved_at = $3
      where epoch = $1 and process_instance_key = $2 and resolved_at is null`,
    at,
  )
}

async function note(tx: Tx, run: OpenRun, left: LeftOff, epoch: number, clock: Clock): Promise<void> {
  const { fromEpoch, fromKey, processId, elements } = left
  const now = clock.now()
  await tx.run(
    `insert into run_rebuilds (run_id, epoch, from_epoch, from_instance_key, process_id, elements, created_at)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [run.id, epoch, fromEpoch, fromKey, processId, elements, now],
  )
  await tx.run(`update runs set epoch = null, process_instance_key = null, bound_at = null where id = $1`, [run.id])
  await appendEvent(tx, {
    at: now,
    kind: 'engine.run-moved',
    actor: SYSTEM,
    runId: run.id,
    payload: { fromEpoch, epoch, elements },
  })
  await notifyChange(tx, { kind: 'run', runId: run.id })
}
