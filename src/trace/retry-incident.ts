import { Fault } from '#kernel/faults.ts'
import type { CurrentUser } from '#access/users.ts'
import { appendEvent } from '#audit/append.ts'
import type { Database, Sql } from '#db/database.ts'
import type { EnginePort, Outcome } from '#engine/port.ts'
import { actorOf } from '#runtime/actor.ts'
import type { RuntimeDeps } from '#runtime/deps.ts'

/** How often a step is tried again after a person has asked for it. */
const RETRIES = 3

/** 障害: where the engine stands still. */
export interface OpenIncident {
  readonly instanceKey: string
  readonly incidentKey: string
  readonly jobKey: bigint | null
  readonly runId: string | null
}

/** What stands still in these instances of the present epoch, oldest first. */
export async function openIncidents(sql: Sql, instanceKeys: readonly string[]): Promise<OpenIncident[]> {
  const rows = await sql.rows<{
    instanceKey: bigint
    incidentKey: bigint
    jobKey: bigint | null
    runId: string | null
  }>(
    `select x.process_instance_key as "instanceKey", x.incident_key as "incidentKey", x.job_key as "jobKey", e.run_id as "runId"
     from trace_incidents x left join engine_instances e using (epoch, process_instance_key)
     where x.process_instance_key = any($1::bigint[]) and x.resolved_at is null
       and x.epoch = (select max(epoch) from engine_epochs)
     order by x.created_at, x.incident_key`,
    [instanceKeys.map(BigInt)],
  )
  return rows.map((row) => ({ ...row, instanceKey: `${row.instanceKey}`, incidentKey: `${row.incidentKey}` }))
}

/** もう一度行う: the reason goes into the journal first. Throws INC-001 when it is over, INC-002 when the engine does not answer. */
export async function retryIncident(
  deps: RuntimeDeps & { readonly engine: EnginePort },
  db: Database,
  act: { readonly user: CurrentUser; readonly incident: OpenIncident; readonly reason: string },
): Promise<void> {
  const { instanceKey, incidentKey, jobKey, runId } = act.incident
  await db.tx((tx) =>
    appendEvent(tx, {
      at: deps.clock.now(),
      kind: 'incident-retried',
      actor: actorOf(act.user),
      runId,
      subjects: [{ kind: 'instance', id: instanceKey }],
      payload: { incidentKey, reason: act.reason },
    }),
  )
  // A job without retries would stand still again at once.
  if (jobKey !== null) mustSucceed(await deps.engine.updateRetries(`${jobKey}`, RETRIES))
  mustSucceed(await deps.engine.resolveIncident(incidentKey))
}

function mustSucceed(outcome: Outcome): void {
  if (outcome.kind === 'done') return
  throw new Fault(outcome.kind === 'notFound' ? 'INC-001' : 'INC-002')
}
