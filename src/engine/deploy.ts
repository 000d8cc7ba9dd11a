import { createHash } from 'node:crypto'
import { Fault } from '#kernel/faults.ts'
import type { Clock } from '#kernel/clock.ts'
import { appendEvent } from '#audit/append.ts'
import { SYSTEM } from '#audit/events.ts'
import type { Database, Tx } from '#db/database.ts'
import { currentEpoch } from './epoch.ts'
import type { EnginePort } from './port.ts'

/** A model as it is shipped with the program. */
export interface ShippedModel {
  readonly processId: string
  readonly xml: string
}

export interface DeployCounts {
  /** Process ids that were deployed now. */
  readonly deployed: readonly string[]
  /** Process ids whose shipped model became a draft 「標準モデル更新」, because the office has its own in force. */
  readonly drafts: readonly string[]
}

interface ModelRow {
  readonly id: bigint
  readonly processId: string
  readonly version: number
  readonly origin: 'shipped' | 'office'
  readonly xml: string
  readonly sha256: string
  readonly epoch: number | null
  readonly definitionKey: bigint | null
}

/** SHA-256 of a model's text, as in `models.sha256`. */
export const modelHash = (xml: string): string => createHash('sha256').update(xml, 'utf8').digest('hex')

/**
 * モデルの配備: makes `models` and the engine agree. The table is the truth: a shipped model comes into force when there
 * is none, or in place of another shipped one; the office's own stays and the shipped one becomes a draft. Whatever is in
 * force and not yet deployed in this epoch is deployed, all at once; nothing is deployed twice.
 *
 * Throws ENG-001 when the engine refuses a model, ENG-002 when it does not answer.
 */
export async function deployModels(
  deps: { readonly db: Database; readonly engine: EnginePort; readonly clock: Clock },
  shipped: readonly ShippedModel[],
): Promise<DeployCounts> {
  const drafts: string[] = []
  await deps.db.tx(async (tx) => {
    await lockModels(tx)
    for (const model of shipped) if ((await putShipped(tx, model, deps.clock)) === 'draft') drafts.push(model.processId)
  })
  return { deployed: await deployInForce(deps), drafts }
}

const lockModels = (tx: Tx): Promise<number> =>
  tx.run(`select pg_advisory_xact_lock(hashtextextended('engine-models', 0))`)

const SELECT = `select id, process_id as "processId", version, origin, xml, sha256, epoch, definition_key as "definitionKey"
  from models`

async function putShipped(tx: Tx, { processId, xml }: ShippedModel, clock: Clock): Promise<'in-force' | 'draft'> {
  const sha256 = modelHash(xml)
  const inForce = await tx.maybe<ModelRow>(
    `${SELECT} where process_id = $1 and in_force_from is not null and in_force_until is null`,
    [processId],
  )
  if (inForce?.sha256 === sha256) return 'in-force'
  const isOffices = inForce?.origin === 'office'
  if (isOffices) {
    const known = await tx.rows(`select from models where process_id = $1 and sha256 = $2`, [processId, sha256])
    if (known.length > 0) return 'draft'
  }
  const now = clock.now()
  if (inForce !== null && !isOffices)
    await tx.run(`update models set in_force_until = $2 where id = $1`, [inForce.id, now])
  await tx.run(
    `insert into models (process_id, version, origin, xml, sha256, in_force_from)
     select $1, 1 + coalesce(max(version), 0), 'shipped', $2, $3, $4 from models where process_id = $1`,
    [processId, xml, sha256, isOffices ? null : now],
  )
  return isOffices ? 'draft' : 'in-force'
}

/** Deploys what is in force and unknown to this epoch. A crash in between deploys the same text again: no new version. */
async function deployInForce(deps: {
  readonly db: Database
  readonly engine: EnginePort
  readonly clock: Clock
}): Promise<readonly string[]> {
  return deps.db.tx(async (tx) => {
    await lockModels(tx)
    const epoch = await currentEpoch(tx)
    const missing = await tx.rows<ModelRow>(
      `${SELECT} where in_force_from is not null and in_force_until is null
          and (epoch is distinct from $1 or definition_key is null) order by process_id`,
      [epoch],
    )
    if (missing.length === 0) return []
    const outcome = await deps.engine.deploy(missing.map(({ processId, xml }) => ({ name: `${processId}.bpmn`, xml })))
    if (outcome.kind === 'invalid') throw new Fault('ENG-001', { detail: outcome.message })
    if (outcome.kind !== 'done') throw new Fault('ENG-002', { detail: outcome.message })
    const made = new Map(outcome.value.map((model) => [model.processId, model]))
    for (const model of missing) {
      const answer = made.get(model.processId)
      if (answer === undefined)
        throw new Fault('ENG-001', { detail: `${model.processId}: モデルの中のプロセスの ID が違います` })
      await tx.run(`update models set epoch = $2, definition_key = $3, engine_version = $4 where id = $1`, [
        model.id,
        epoch,
        BigInt(answer.definitionKey),
        answer.engineVersion,
      ])
      await appendEvent(tx, {
        at: deps.clock.now(),
        kind: 'model-deployed',
        actor: SYSTEM,
        payload: { processId: model.processId, version: model.version, sha256: model.sha256 },
      })
    }
    return missing.map(({ processId }) => processId)
  })
}
