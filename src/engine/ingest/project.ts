import type { Tx } from '#db/database.ts'
import { raiseAlarm } from '../alarms.ts'
import { errorText } from '../log.ts'
import type { EngineRecord } from '../record.ts'
import type { IngestDeps } from './store.ts'

/** Connection, serialization, resources, operator, locks: not the record's fault. The whole bulk comes again. */
const NOT_THE_RECORD = /^(08|40|53|55|57)/

/** Hands a record to every projector that wants it, each under its own savepoint; a failing one goes to quarantine. */
export async function project(deps: IngestDeps, tx: Tx, record: EngineRecord): Promise<void> {
  for (const projector of deps.projectors) {
    if (!projector.valueTypes.includes(record.valueType)) continue
    await tx.run('savepoint projector')
    try {
      await projector.project(record, tx)
      await tx.run('release savepoint projector')
    } catch (error) {
      const code = (error as { readonly code?: unknown } | null)?.code
      if (typeof code === 'string' && NOT_THE_RECORD.test(code)) throw error
      await tx.run('rollback to savepoint projector')
      await quarantine(deps, tx, record, projector.name, error)
    }
  }
}

async function quarantine(
  { clock, log }: IngestDeps,
  tx: Tx,
  { epoch, partition, position }: EngineRecord,
  projector: string,
  error: unknown,
): Promise<void> {
  const text = errorText(error).replaceAll('\0', '␀').slice(0, 500)
  await tx.run(
    `insert into engine_quarantine (epoch, partition, position, projector, error, at) values ($1, $2, $3, $4, $5, $6)`,
    [epoch, partition, position, projector, text, clock.now()],
  )
  const detail = `${epoch}/${partition}/${position} ${projector}`
  await raiseAlarm(tx, clock, 'quarantine', detail)
  log.error({ record: detail, error: text }, 'ingest: record in quarantine')
}
