import type { Tx } from '#db/database.ts'
import { raiseAlarm } from '../alarms.ts'
import { errorText } from '../log.ts'
import type { Projector } from '../projector.ts'
import type { EngineRecord } from '../record.ts'
import type { IngestDeps } from './store.ts'

/** Connection, serialization, resources, operator, locks: not the record's fault. The whole bulk comes again. */
const NOT_THE_RECORD = /^(08|40|53|55|57)/

type Task = readonly [EngineRecord, Projector]

/**
 * Hands each record to every projector that wants it, in order. All go under one savepoint first; when one fails, all
 * are undone and go again, each under its own, and the failing ones go to quarantine.
 */
export async function project(deps: IngestDeps, tx: Tx, records: readonly EngineRecord[]): Promise<void> {
  const tasks = records.flatMap((record) =>
    deps.projectors
      .filter(({ valueTypes }) => valueTypes.includes(record.valueType))
      .map((projector): Task => [record, projector]),
  )
  if (tasks.length === 0 || (await attempt(tx, tasks)) === null) return
  for (const task of tasks) {
    const failure = await attempt(tx, [task])
    if (failure !== null) await quarantine(deps, tx, task, failure.error)
  }
}

/** Runs tasks under a savepoint; answers what went wrong after undoing them. Throws what is not the record's fault. */
async function attempt(tx: Tx, tasks: readonly Task[]): Promise<{ readonly error: unknown } | null> {
  await tx.run('savepoint projectors')
  try {
    for (const [record, projector] of tasks) await projector.project(record, tx)
    await tx.run('release savepoint projectors')
    return null
  } catch (error) {
    const code = (error as { readonly code?: unknown } | null)?.code
    if (typeof code === 'string' && NOT_THE_RECORD.test(code)) throw error
    await tx.run('rollback to savepoint projectors')
    return { error }
  }
}

async function quarantine(
  { clock, log }: IngestDeps,
  tx: Tx,
  [{ epoch, partition, position }, projector]: Task,
  error: unknown,
): Promise<void> {
  const text = errorText(error).replaceAll('\0', '␀').slice(0, 500)
  await tx.run(
    `insert into engine_quarantine (epoch, partition, position, projector, error, at) values ($1, $2, $3, $4, $5, $6)`,
    [epoch, partition, position, projector.name, text, clock.now()],
  )
  const detail = `${epoch}/${partition}/${position} ${projector.name}`
  await raiseAlarm(tx, clock, 'quarantine', detail)
  log.error({ record: detail, error: text }, 'ingest: record in quarantine')
}
