import type { Static } from 'typebox'
import type { Sql, SqlValue } from '#db/database.ts'
import { decodeCursor, encodeCursor } from '#access/cursor.ts'
import { flowNames } from '#tasklist/queries/task-list.ts'
import { elementName, flowOfProcess } from '../element-names.ts'
import type { Incident, Instance, InstanceDetail } from '../instances.schema.ts'

export type InstanceView = Static<typeof Instance>

interface Row {
  readonly epoch: number
  readonly key: bigint
  readonly runId: string | null
  readonly runNumber: string | null
  readonly title: string | null
  readonly processId: string
  readonly modelVersion: number | null
  readonly state: InstanceView['state']
  readonly outcome: string | null
  readonly current: readonly string[]
  readonly startedAt: string
  readonly endedAt: string | null
}

const STATE = `case when i.state = 'active' then case when exists (select from trace_incidents x where x.epoch = i.epoch
    and x.process_instance_key = i.process_instance_key and x.resolved_at is null) then 'stopped' else 'running' end
  else i.state end`
/** How it ended; one whose data were lost was not cancelled: the run goes on in the next epoch. */
const OUTCOME = `case when i.state = 'completed' and not e.is_duplicate then r.outcome
  when exists (select from run_rebuilds b where b.from_epoch = i.epoch and b.from_instance_key = i.process_instance_key)
  then '引継ぎ済' end`
const FROM = `
  trace_instances i
  left join engine_instances e on e.epoch = i.epoch and e.process_instance_key = i.process_instance_key
  left join runs r on r.id = e.run_id
  left join model_deployments d on d.epoch = i.epoch and d.definition_key = i.definition_key
  left join models m on m.id = d.model_id`
const SELECT = `
  select i.epoch, i.process_instance_key as key, r.id as "runId", r.number as "runNumber", r.title, i.process_id as "processId",
    m.version as "modelVersion", ${STATE} as state,
    ${OUTCOME} as outcome, i.started_at as "startedAt", i.ended_at as "endedAt",
    array(select distinct t.element_id from trace_elements t where t.epoch = i.epoch
            and t.process_instance_key = i.process_instance_key and t.state = 'active' and t.element_type not in ('PROCESS', 'SUB_PROCESS')
          order by 1) as current`

/** 実行状況の一覧, newest first. */
export async function listInstances(
  sql: Sql,
  request: {
    readonly flow?: string
    readonly state?: string
    readonly limit: number
    readonly cursor?: string
    readonly offset: number
  },
): Promise<{ readonly items: InstanceView[]; readonly total: number; readonly nextCursor: string | null }> {
  const given: SqlValue[] = [request.flow ?? null, request.state ?? null]
  const where = `($1::text is null or r.flow = $1) and ($2::text is null or ${STATE} = $2)`
  const { total } = await sql.one<{ total: number }>(`select count(*)::int as total from ${FROM} where ${where}`, given)
  const [at, key] = request.cursor === undefined ? [null, null] : decodeCursor(request.cursor, 2)
  const rows = await sql.rows<Row>(
    `${SELECT} from ${FROM} where ${where} and ($3::timestamptz is null or (i.started_at, i.process_instance_key) < ($3, $4::bigint))
     order by i.started_at desc, i.process_instance_key desc limit $5 offset $6`,
    [...given, at ?? null, key ?? null, request.limit + 1, request.offset],
  )
  const page = rows.slice(0, request.limit)
  const last = page.at(-1)
  return {
    items: page.map(toView),
    total,
    nextCursor: rows.length > request.limit && last ? encodeCursor([last.startedAt, `${last.key}`]) : null,
  }
}

function toView(row: Row): InstanceView {
  const flow = flowOfProcess(row.processId)
  return {
    instanceKey: `${row.key}`,
    epoch: row.epoch,
    runId: row.runId,
    runNumber: row.runNumber,
    title: row.title,
    processId: row.processId,
    flow,
    flowName: flow === null ? null : flowNames(flow).name,
    modelVersion: row.modelVersion,
    state: row.state,
    outcome: row.outcome,
    current: row.current.map((elementId) => ({ elementId, name: elementName(row.processId, elementId) })),
    startedAt: row.startedAt,
    endedAt: row.endedAt,
  }
}

/** One instance by its key, of this epoch, else of the newest that knows the key; or null. */
export async function findInstance(sql: Sql, key: bigint, epoch?: number): Promise<InstanceView | null> {
  const row = await sql.maybe<Row>(
    `${SELECT} from ${FROM} where i.process_instance_key = $1 and ($2::int is null or i.epoch = $2)
     order by i.epoch desc limit 1`,
    [key, epoch ?? null],
  )
  return row === null ? null : toView(row)
}

type Detail = Static<typeof InstanceDetail>

/** 引継ぎ: the instance that this one goes on from, and the one that goes on from it; null where there is none. */
export async function linksOf(
  sql: Sql,
  { epoch, instanceKey }: InstanceView,
): Promise<Pick<Detail, 'continues' | 'continuedBy'>> {
  const at = [epoch, BigInt(instanceKey)]
  const before = await sql.maybe<{ key: bigint; epoch: number; at: string }>(
    `select b.from_instance_key as key, b.from_epoch as epoch, b.created_at as at
       from engine_instances e join run_rebuilds b on b.run_id = e.run_id and b.epoch = e.epoch
      where e.epoch = $1 and e.process_instance_key = $2 and not e.is_duplicate`,
    at,
  )
  const after = await sql.maybe<{ key: bigint; epoch: number; at: string }>(
    `select e.process_instance_key as key, b.epoch, b.created_at as at
       from run_rebuilds b join engine_instances e on e.run_id = b.run_id and e.epoch = b.epoch and not e.is_duplicate
      where b.from_epoch = $1 and b.from_instance_key = $2 order by b.epoch limit 1`,
    at,
  )
  const link = (found: typeof before): Detail['continues'] =>
    found === null ? null : { instanceKey: `${found.key}`, epoch: found.epoch, at: found.at }
  return { continues: link(before), continuedBy: link(after) }
}

/** Diagram, way, tokens and incidents of an instance. */
export async function pathOf(
  sql: Sql,
  instance: InstanceView,
): Promise<Pick<Detail, 'xml' | 'path' | 'tokens' | 'incidents' | 'variables'>> {
  const at = [instance.epoch, BigInt(instance.instanceKey)]
  const model = await sql.maybe<{ xml: string }>(
    `select m.xml from trace_instances i join model_deployments d on d.epoch = i.epoch and d.definition_key = i.definition_key
       join models m on m.id = d.model_id
     where i.epoch = $1 and i.process_instance_key = $2 limit 1`,
    at,
  )
  const path = await sql.rows<{ elementId: string; visits: number }>(
    `select element_id as "elementId", count(*)::int as visits from trace_elements
     where epoch = $1 and process_instance_key = $2 and state in ('completed', 'terminated') and element_type <> 'PROCESS'
     group by 1
     union all
     select flow_id, count(*)::int from trace_flows where epoch = $1 and process_instance_key = $2 group by 1 order by 1`,
    at,
  )
  const tokens = await sql.rows<{ elementId: string; count: number }>(
    `select element_id as "elementId", count(*)::int as count from trace_elements
     where epoch = $1 and process_instance_key = $2 and state = 'active' and element_type not in ('PROCESS', 'SUB_PROCESS')
     group by 1 order by 1`,
    at,
  )
  return {
    xml: model?.xml ?? null,
    path,
    tokens,
    incidents: await incidentsOf(sql, instance, at),
    variables: instance.runId === null ? [] : await valuesOf(sql, instance.runId),
  }
}

async function incidentsOf(
  sql: Sql,
  instance: InstanceView,
  at: readonly SqlValue[],
): Promise<Static<typeof Incident>[]> {
  const rows = await sql.rows<{
    key: bigint
    elementId: string
    kind: string
    message: string
    at: string
    resolvedAt: string | null
  }>(
    `select incident_key as key, element_id as "elementId", error_type as kind, message, created_at as at, resolved_at as "resolvedAt"
     from trace_incidents where epoch = $1 and process_instance_key = $2 order by created_at desc, incident_key desc`,
    at,
  )
  return rows.map(({ key, ...incident }) => ({
    ...incident,
    incidentKey: `${key}`,
    elementName: elementName(instance.processId, incident.elementId),
    canRetry: incident.resolvedAt === null,
  }))
}

/** 値の前といま: what the steps of the run gave out, in their order. */
async function valuesOf(sql: Sql, runId: string): Promise<Detail['variables']> {
  const steps = await sql.rows<{ at: string; output: Readonly<Record<string, unknown>> | null }>(
    `select finished_at as at, output from step_runs where run_id = $1 and state = 'done' order by finished_at, round`,
    [runId],
  )
  const values = new Map<string, Detail['variables'][number]>()
  for (const { at, output } of steps)
    for (const [name, value] of Object.entries(output ?? {})) {
      const text = typeof value === 'string' ? value : JSON.stringify(value)
      const before = values.get(name)
      if (before?.value !== text) values.set(name, { name, value: text, before: before?.value ?? null, at })
    }
  return [...values.values()]
}
