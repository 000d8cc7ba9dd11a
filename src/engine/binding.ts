import { Fault } from '#kernel/faults.ts'
import type { Clock } from '#kernel/clock.ts'
import { appendEvent } from '#audit/append.ts'
import { SYSTEM } from '#audit/events.ts'
import type { Sql, Tx } from '#db/database.ts'
import { notifyChange } from '#db/notify-change.ts'
import { raiseAlarm } from './alarms.ts'
import { enqueue } from './outbox.ts'
import type { Projector } from './projector.ts'
import { int8, type EngineRecord } from './record.ts'

interface Instance {
  readonly runId: string
  readonly epoch: number
  readonly processInstanceKey: string
}

/**
 * Binds a run to its instance, once, by compare-and-set of (epoch, process instance key).
 * - bound: this instance does the run's work
 * - foreign: another one does (重複起動): this one does no work, is cancelled through the outbox and audited; or it is
 *   the one that an older epoch left behind
 * - closed: bound, but the run was cancelled before: the instance is cancelled
 *
 * Throws RUN-001 when there is no such run.
 */
export async function bindRun(tx: Tx, instance: Instance, clock: Clock): Promise<'bound' | 'foreign' | 'closed'> {
  const key = BigInt(instance.processInstanceKey)
  const run = await tx.maybe<{ state: string; epoch: number | null; key: bigint | null }>(
    `select state, epoch, process_instance_key as key from runs where id = $1 for no key update`,
    [instance.runId],
  )
  if (run === null) throw new Fault('RUN-001')
  if (run.epoch === instance.epoch && run.key === key) return run.state === 'cancelled' ? 'closed' : 'bound'
  if (await isFormer(tx, instance)) return 'foreign'
  const isDuplicate = run.key !== null
  const isNew = await tx.run(
    `insert into engine_instances (epoch, process_instance_key, run_id, is_duplicate, seen_at)
     values ($1, $2, $3, $4, $5) on conflict do nothing`,
    [instance.epoch, key, instance.runId, isDuplicate, clock.now()],
  )
  if (isDuplicate) {
    if (isNew > 0) await refuse(tx, instance, 'engine.duplicate-start', clock)
    return 'foreign'
  }
  await tx.run(`update runs set epoch = $2, process_instance_key = $3, bound_at = $4 where id = $1`, [
    instance.runId,
    instance.epoch,
    key,
    clock.now(),
  ])
  if (run.state !== 'cancelled') return 'bound'
  await refuse(tx, instance, 'engine.instance-of-closed-run', clock)
  return 'closed'
}

/**
 * Whether an instance is the one that the run left behind in an older epoch, in an engine that has kept its data. Until
 * the engine has been asked for it, every instance of the run is: the new one is not made before (`koki engine rebuild`
 * cancels the former one itself). A key alone says nothing: a new data directory uses the same keys again.
 */
const isFormer = async (tx: Tx, { runId, epoch, processInstanceKey }: Instance): Promise<boolean> =>
  (await tx.maybe(
    `select 1 from run_rebuilds where run_id = $1 and epoch = $2
        and (released_at is null or was_alive and from_instance_key = $3)`,
    [runId, epoch, BigInt(processInstanceKey)],
  )) !== null

async function refuse(
  tx: Tx,
  instance: Instance,
  kind: 'engine.duplicate-start' | 'engine.instance-of-closed-run',
  clock: Clock,
): Promise<void> {
  await cancelInstance(tx, instance, clock)
  await appendEvent(tx, {
    at: clock.now(),
    kind,
    actor: SYSTEM,
    runId: instance.runId,
    payload: { epoch: instance.epoch, processInstanceKey: instance.processInstanceKey },
  })
}

const cancelInstance = (tx: Tx, { epoch, processInstanceKey, runId }: Instance, clock: Clock): Promise<void> =>
  enqueue(tx, {
    kind: 'cancel-instance',
    dedupeKey: `cancel/${epoch}/${processInstanceKey}`,
    runId,
    epoch,
    payload: { processInstanceKey },
    clock,
  })

/** The run that an instance names, and whether it does no work for it; null when the instance has named none. */
export const runOfInstance = (
  sql: Sql,
  epoch: number,
  processInstanceKey: bigint,
): Promise<{ readonly runId: string; readonly isDuplicate: boolean } | null> =>
  sql.maybe(
    `select run_id as "runId", is_duplicate as "isDuplicate" from engine_instances
      where epoch = $1 and process_instance_key = $2`,
    [epoch, processInstanceKey],
  )

/** 終わり方 of an instance that has ended, 「督促発送済」; null where nobody knows. */
export type EndNameOf = (tx: Tx, epoch: number, processInstanceKey: bigint) => Promise<string | null>

/** Binds runs from the first record that names them, and ends runs whose instance has ended, as `endNameOf` says. */
export function bindingProjector(clock: Clock, endNameOf: EndNameOf): Projector {
  return {
    name: 'binding',
    valueTypes: ['MESSAGE_START_EVENT_SUBSCRIPTION', 'PROCESS_INSTANCE_CREATION', 'PROCESS_INSTANCE'],
    project: (record, tx) =>
      record.valueType === 'PROCESS_INSTANCE'
        ? endRun(record, tx, clock, endNameOf)
        : bindFromBeginning(record, tx, clock),
  }
}

/** How an instance begins: by a start message, or by a command (引継ぎ). Both records hold the variables it begins with. */
const BEGINNINGS: Readonly<Record<string, string>> = {
  MESSAGE_START_EVENT_SUBSCRIPTION: 'CORRELATED',
  PROCESS_INSTANCE_CREATION: 'CREATED',
}

async function bindFromBeginning(
  { epoch, valueType, intent, value }: EngineRecord,
  tx: Tx,
  clock: Clock,
): Promise<void> {
  if (intent !== BEGINNINGS[valueType]) return
  const { runId } = value['variables'] as { readonly runId?: unknown } // an object in both
  if (runId === undefined) return // not one of ours
  if (typeof runId !== 'string') throw new TypeError('runId: text expected')
  await bindRun(tx, { runId, epoch, processInstanceKey: int8(value, 'processInstanceKey').toString() }, clock)
}

async function endRun(
  { epoch, intent, key, value }: EngineRecord,
  tx: Tx,
  clock: Clock,
  endNameOf: EndNameOf,
): Promise<void> {
  if (value['bpmnElementType'] !== 'PROCESS' || (intent !== 'ELEMENT_COMPLETED' && intent !== 'ELEMENT_TERMINATED'))
    return
  const isFinished = intent === 'ELEMENT_COMPLETED'
  const outcome = isFinished ? ((await endNameOf(tx, epoch, key)) ?? '完了') : '中止'
  const run = await tx.maybe<{ id: string; number: string }>(
    `update runs set state = $3, finished_at = $4, outcome = $5,
            cancel_reason = case when $3 = 'cancelled' then 'エンジン側で中止された' end
      where epoch = $1 and process_instance_key = $2 and state = 'running' returning id, number`,
    [epoch, key, isFinished ? 'finished' : 'cancelled', clock.now(), outcome],
  )
  if (run === null) return
  const event = { at: clock.now(), actor: SYSTEM, runId: run.id } as const
  if (isFinished) await appendEvent(tx, { ...event, kind: 'run-finished', payload: { outcome } })
  else {
    const payload = { epoch, processInstanceKey: key.toString() }
    await appendEvent(tx, { ...event, kind: 'engine.instance-terminated', payload })
    await raiseAlarm(tx, clock, 'run-lost', run.number)
  }
  await notifyChange(tx, { kind: 'run', runId: run.id })
}
