import type { Tx } from '#db/database.ts'
import { raiseAlarm } from '../alarms.ts'
import { errorText } from '../log.ts'
import type { Projector } from '../projector.ts'
import type { EngineRecord } from '../record.ts'
import type { IngestDeps } from './store.ts'

/** Connection, serialization, resources, operator, locks: not the record's fault. The whole bulk comes again. */
const NOT_THE_RECORD = /^(08|40|53|55|57)/

type Task = readonly [EngineRecord, Projector]

/** Hands each record to every projector that wants it, in order. */
export type Project = (deps: IngestDeps, tx: Tx, records: readonly EngineRecord[]) => Promise<void>

/** A projector could not take a record. The transaction must be undone; `projectEach` finds out which one it was. */
export class NotProjected extends Error {
  constructor(cause: unknown) {
    super('a record was not projected', { cause })
    this.name = 'NotProjected'
  }
}

/** The way of every day: as if nothing could fail. Throws `NotProjected`, or what is not the record's fault. */
export const projectTogether: Project = async (deps, tx, records) => {
  try {
    for (const [record, projector] of tasksOf(deps, records)) await projector.project(record, tx)
  } catch (error) {
    throw isOfTheRecord(error) ? new NotProjected(error) : error
  }
}

/** Each under a savepoint of its own: those that fail go to quarantine, the others stand. */
export const projectEach: Project = async (deps, tx, records) => {
  for (const task of tasksOf(deps, records)) {
    const failure = await attempt(tx, task)
    if (failure !== null) await quarantine(deps, tx, task, failure.error)
  }
}

const tasksOf = ({ projectors }: IngestDeps, records: readonly EngineRecord[]): Task[] =>
  records.flatMap((record) =>
    projectors
      .filter(({ valueTypes }) => valueTypes.includes(record.valueType))
      .map((projector): Task => [record, projector]),
  )

function isOfTheRecord(error: unknown): boolean {
  const code = (error as { readonly code?: unknown } | null)?.code
  return !(typeof code === 'string' && NOT_THE_RECORD.test(code))
}

/** Projects under a savepoint; answers what went wrong after undoing it. Throws what is not the record's fault. */
async function attempt(tx: Tx, [record, projector]: Task): Promise<{ readonly error: unknown } | null> {
  await tx.run('savepoint projector')
  try {
    await projector.project(record, tx)
    await tx.run('release savepoint projector')
    return null
  } catch (error) {
    if (!isOfTheRecord(error)) throw error
    await tx.run('rollback to savepoint projector')
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
