import { Fault } from '#kernel/faults.ts'
import type { Clock } from '#kernel/clock.ts'
import type { Database, Tx } from '#db/database.ts'
import { deployModels, type DeployCounts, type ShippedModel } from '#engine/deploy.ts'
import { currentEpoch } from '#engine/epoch.ts'
import { enqueue } from '#engine/outbox.ts'
import type { EnginePort } from '#engine/port.ts'

interface RebuildDeps {
  readonly db: Database
  readonly engine: EnginePort
  readonly clock: Clock
}

/**
 * The part of a rebuild that needs the engine: ends former instances in an engine that has kept its data, deploys the
 * models in force, then lets the outbox make the new instances. Does nothing that was done before: after a kill it is
 * simply called again, and without a rebuild it only deploys. In this order, because a new data directory gives the keys
 * of former instances to new ones. Throws ENG-001 and ENG-002.
 */
export async function finishRebuild(deps: RebuildDeps, shipped: readonly ShippedModel[]): Promise<DeployCounts> {
  await endFormerInstances(deps)
  const deployed = await deployModels(deps, shipped)
  await deps.db.tx((tx) => release(tx, deps.clock))
  return deployed
}

async function endFormerInstances({ db, engine, clock }: RebuildDeps): Promise<void> {
  const epoch = await currentEpoch(db)
  const former = await db.rows<{ runId: string; key: bigint }>(
    `select run_id as "runId", from_instance_key as key from run_rebuilds
      where epoch = $1 and was_alive is null order by run_id`,
    [epoch],
  )
  for (const { runId, key } of former) {
    const outcome = await engine.cancelInstance(key.toString())
    if (outcome.kind !== 'done' && outcome.kind !== 'notFound') throw new Fault('ENG-002', { detail: outcome.message })
    const wasAlive = outcome.kind === 'done'
    await db.tx(async (tx) => {
      await tx.run(`update run_rebuilds set was_alive = $3 where run_id = $1 and epoch = $2`, [runId, epoch, wasAlive])
      if (wasAlive)
        // its last records come in the new epoch: they belong to this run, and do no work
        await tx.run(
          `insert into engine_instances (epoch, process_instance_key, run_id, is_duplicate, seen_at)
           values ($1, $2, $3, true, $4) on conflict do nothing`,
          [epoch, key, runId, clock.now()],
        )
    })
  }
}

async function release(tx: Tx, clock: Clock): Promise<void> {
  const epoch = await currentEpoch(tx)
  const held = await tx.rows<{ runId: string; processId: string | null; elements: readonly string[] }>(
    `update run_rebuilds set released_at = $2 where epoch = $1 and released_at is null
     returning run_id as "runId", process_id as "processId", elements`,
    [epoch, clock.now()],
  )
  for (const { runId, processId, elements } of held)
    if (processId === null) await startAgain(tx, runId, clock)
    else
      await enqueue(tx, {
        kind: 'restart-run',
        dedupeKey: `restart/${runId}/${epoch}`,
        runId,
        epoch,
        payload: { runId, processId, elements },
        clock,
      })
}

/** Nothing of the run's way is known: its start message goes out once more. */
async function startAgain(tx: Tx, runId: string, clock: Clock): Promise<void> {
  const { payload } = await tx.one<{ payload: { readonly messageName: string; readonly variables: object } }>(
    `select payload from outbox where dedupe_key = $1`,
    [`start/${runId}`],
  )
  await tx.run(`delete from outbox where dedupe_key = $1`, [`start/${runId}`])
  await enqueue(tx, {
    kind: 'start-run',
    dedupeKey: `start/${runId}`,
    runId,
    payload: { messageName: payload.messageName, runId, variables: payload.variables },
    clock,
  })
}
