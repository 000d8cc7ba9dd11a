import { Fault } from '#kernel/faults.ts'
import { isAllowed } from '#access/rights.ts'
import type { Register } from '#access/route.ts'
import type { Sql } from '#db/database.ts'
import { engineAge } from '#engine/heartbeat.ts'
import type { EnginePort } from '#engine/port.ts'
import type { RuntimeDeps } from '#runtime/deps.ts'
import type { instanceRoutes as table } from './instances.schema.ts'
import { openIncidents, retryIncident } from './retry-incident.ts'
import { findInstance, linksOf, listInstances, pathOf, type InstanceView } from './queries/instances.ts'
import { timelineOf } from './queries/timeline.ts'
import { waitingOf } from './queries/waiting.ts'

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
      waiting: await waitingOf(db, instance),
      dataAgeMs: await engineAge(db),
      at: deps.clock.now(),
    }
  })
  route('GET /api/instances/:key/timeline', async ({ db, user, params, query }) => {
    const { epoch, group, limit = 50, offset = 0 } = query
    const reader = { maySeePersonal: isAllowed('GET /api/tasks', user.roles), today: deps.clock.today() }
    const page = { limit, offset, ...(group === undefined ? {} : { group }) }
    const found = await timelineOf(db, await instanceOf(db, params.key, epoch), reader, page)
    return {
      ...found,
      nextOffset: offset + limit < found.total ? offset + limit : null,
      dataAgeMs: await engineAge(db),
    }
  })
  route('POST /api/instances/:key/incidents/:incidentKey/retry', async ({ db, user, params, body }) => {
    const incident = (await openIncidents(db, [params.key])).find((one) => one.incidentKey === params.incidentKey)
    if (incident === undefined) throw new Fault('INC-001')
    await retryIncident(deps, db, { user, incident, reason: body.reason })
    return { incidentKey: params.incidentKey }
  })
  route('POST /api/instances/retry', async ({ db, user, body }) => {
    const items = []
    for (const incident of await openIncidents(db, body.instanceKeys)) {
      const problem = await retryIncident(deps, db, { user, incident, reason: body.reason }).then(() => null, faultOf)
      items.push({ instanceKey: incident.instanceKey, incidentKey: incident.incidentKey, problem })
    }
    return { items }
  })
}

/** One of many may be gone or refused by the engine; the others go on. Anything else is a defect. */
function faultOf(error: unknown): { code: string; message: string } {
  if (!(error instanceof Fault)) throw error
  return { code: error.code, message: error.message }
}

async function instanceOf(sql: Sql, key: string, epoch?: number): Promise<InstanceView> {
  const instance = await findInstance(sql, BigInt(key), epoch)
  if (instance === null) throw new Fault('REQ-002')
  return instance
}
