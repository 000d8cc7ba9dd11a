import type { Register } from '#access/route.ts'
import { clearAlarm } from '#engine/clear-alarm.ts'
import { projectAgain } from '#engine/ingest/project-again.ts'
import { actorOf } from '#runtime/actor.ts'
import type { Api } from '../contract.ts'
import type { ApiDeps } from '../deps.ts'
import { readOperations } from './operations-queries.ts'

/** 稼働状況, and what a person may do about it: clear an alarm, project a record again. Both are events. */
export function operationsRoutes(route: Register<Api>, deps: ApiDeps): void {
  route('GET /api/operations', ({ db }) => readOperations({ ...deps, db }))
  route('POST /api/operations/alarms/:alarmId/clear', async ({ db, user, params, body }) => {
    const { reason } = body
    await clearAlarm({ db, clock: deps.clock }, { alarmId: BigInt(params.alarmId), reason, actor: actorOf(user) })
    return { ok: true }
  })
  route('POST /api/operations/quarantine/again', async ({ db, user, body }) => {
    await projectAgain({ db, clock: deps.clock, projectors: deps.projectors }, body, actorOf(user))
    return { ok: true }
  })
}
