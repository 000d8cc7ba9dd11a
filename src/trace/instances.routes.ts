import { Fault } from '#kernel/faults.ts'
import { appendEvent } from '#audit/append.ts'
import type { Register } from '#access/route.ts'
import type { Sql } from '#db/database.ts'
import { engineAge } from '#engine/heartbeat.ts'
import type { EnginePort, Outcome } from '#engine/port.ts'
import { actorOf } from '#runtime/actor.ts'
import type { RuntimeDeps } from '#runtime/deps.ts'
import type { instanceRoutes as table } from './instances.schema.ts'
import { findInstance, linksOf, listInstances, pathOf, type InstanceView } from './queries/instances.ts'
import { timelineOf } from './queries/timeline.ts'

/** How often a step is tried again after a person has asked for it. */
const RETRIES = 3

/** 実行状況: diagram, way, 経過, and 「もう一度行う」. */
export function instanceRoutes(
  route: Register<typeof table>,
  deps: RuntimeDeps & { readonly engine: EnginePort },
): void {
  route('GET /api/instances', async ({ db, query }) => {
    const { limit = 50, offset = 0, flow, state, cursor } = query
    const found = await listInstances(db, {
      limit,
      offset,
      ...(flow === undefined ? {} : { flow }),
      ...(state === undefined ? {} : { state }),
      ...(cursor === undefined ? {} : { cursor }),
    })
    return { ...found, dataAgeMs: await engineAge(db), at: deps.clock.now() }
  })
  route('GET /api/instances/:key', async ({ db, params, query }) => {
    const instance = await instanceOf(db, params.key, query.epoch)
    return {
      ...instance,
      ...(await linksOf(db, instance)),
      ...(await pathOf(db, instance)),
      dataAgeMs: await engineAge(db),
      at: deps.clock.now(),
    }
  })
  route('GET /api/instances/:key/timeline', async ({ db, params, query }) => ({
    items: await timelineOf(db, await instanceOf(db, params.key, query.epoch)),
    dataAgeMs: await engineAge(db),
  }))
  route('POST /api/instances/:key/incidents/:incidentKey/retry', async ({ db, user, params, body }) => {
    const instance = await instanceOf(db, params.key)
    const incident = await db.maybe<{ jobKey: bigint | null }>(
      `select job_key as "jobKey" from trace_incidents
       where epoch = $1 and process_instance_key = $2 and incident_key = $3 and resolved_at is null`,
      [instance.epoch, BigInt(instance.instanceKey), BigInt(params.incidentKey)],
    )
    if (incident === null) throw new Fault('INC-001')
    await db.tx((tx) =>
      appendEvent(tx, {
        at: deps.clock.now(),
        kind: 'incident-retried',
        actor: actorOf(user),
        runId: instance.runId,
        subjects: [{ kind: 'instance', id: instance.instanceKey }],
        payload: { incidentKey: params.incidentKey, reason: body.reason },
      }),
    )
    // A job without retries would stand still again at once.
    if (incident.jobKey !== null) mustSucceed(await deps.engine.updateRetries(`${incident.jobKey}`, RETRIES))
    mustSucceed(await deps.engine.resolveIncident(params.incidentKey))
    return { incidentKey: params.incidentKey }
  })
}

function mustSucceed(outcome: Outcome): void {
  if (outcome.kind === 'done') return
  throw new Fault(outcome.kind === 'notFound' ? 'INC-001' : 'INC-002')
}

async function instanceOf(sql: Sql, key: string, epoch?: number): Promise<InstanceView> {
  const instance = await findInstance(sql, BigInt(key), epoch)
  if (instance === null) throw new Fault('REQ-002')
  return instance
}
