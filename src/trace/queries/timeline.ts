import type { Static } from 'typebox'
import { describeEvent, type AuditCategory } from '#audit/describe.ts'
import type { PlainDate } from '#kernel/plain-date.ts'
import { protectedWords } from '#access/protected-words.ts'
import { changesOf, contentOf, whyOf } from '#audit/changes.ts'
import type { Sql } from '#db/database.ts'
import { stepNo } from '#tasklist/queries/task-list.ts'
import { elementName } from '../element-names.ts'
import type { TimelineLine } from '../instances.schema.ts'
import type { InstanceView } from './instances.ts'

type Line = Static<typeof TimelineLine>
const AT_MOST = 1_000

const KINDS: Readonly<Record<AuditCategory, Line['kind']>> = {
  read: 'read',
  change: 'person',
  approve: 'person',
  refused: 'refused',
  disclose: 'read',
  output: 'file',
  receive: 'file',
  failed: 'failed',
  session: 'person',
  system: 'system',
}

/** Who reads: only some may see what persons typed and set, and nobody what was typed about somebody under 抑止. */
export interface TimelineReader {
  readonly maySeePersonal: boolean
  readonly today: PlainDate
}

/** 経過 of an instance: what people and the system did, who looked, what was refused, what stood still. Newest first. */
export async function timelineOf(sql: Sql, instance: InstanceView, reader: TimelineReader): Promise<Line[]> {
  const lines = [...(await eventLines(sql, instance.runId, reader)), ...(await incidentLines(sql, instance))]
  return lines.toSorted((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0)).filter(isNoRepeat)
}

/** Somebody who pages through a list has read it once. */
const isNoRepeat = (line: Line, index: number, all: readonly Line[]): boolean => {
  const before = all[index - 1]
  return !(line.kind === 'read' && before?.kind === 'read' && before.actor === line.actor && before.text === line.text)
}

async function eventLines(sql: Sql, runId: string | null, reader: TimelineReader): Promise<Line[]> {
  if (runId === null) return []
  const rows = await sql.rows<{
    id: bigint
    at: string
    kind: string
    actor: string
    payload: string
    stepId: string | null
    isMasked: boolean
  }>(
    `select e.id, e.at, e.kind, coalesce(s.name, e.actor) as actor, e.payload, coalesce(t.step_id, sr.step_id) as "stepId",
       ${protectedWords('$2::date')} as "isMasked"
     from audit_events e left join users u on u.id = e.actor_user_id left join staff s on s.id = u.staff_id
     left join tasks t on t.id = e.task_id left join step_runs sr on sr.id = e.step_run_id
     where e.run_id = $1 or (e.run_id is null and t.run_id = $1) order by e.id desc limit ${AT_MOST}`,
    [runId, reader.today],
  )
  return rows.map(({ id, at, kind, actor, payload, stepId, isMasked }) => {
    const content = contentOf(payload)
    const isOpen = reader.maySeePersonal && !isMasked
    const said = describeEvent(kind, content)
    const text =
      said.category === 'read' && typeof content['what'] === 'string' ? `${content['what']}を見た` : said.summary
    const step = stepId ?? (typeof content['step'] === 'string' ? content['step'] : null)
    return {
      at,
      kind: KINDS[said.category],
      actor,
      step: step === null ? null : stepNo(step),
      text,
      elementId: null,
      eventId: `${id}`,
      why: isOpen ? whyOf(content) : null,
      changes: isOpen ? changesOf(content) : [],
    }
  })
}

async function incidentLines(sql: Sql, instance: InstanceView): Promise<Line[]> {
  const rows = await sql.rows<{ at: string; resolvedAt: string | null; elementId: string; message: string }>(
    `select created_at as at, resolved_at as "resolvedAt", element_id as "elementId", message from trace_incidents
     where epoch = $1 and process_instance_key = $2`,
    [instance.epoch, BigInt(instance.instanceKey)],
  )
  const line = (at: string, kind: Line['kind'], elementId: string, text: string): Line => ({
    at,
    kind,
    actor: 'システム',
    step: null,
    text: `${elementName(instance.processId, elementId)} ${text}`,
    elementId,
    eventId: null,
    why: null,
    changes: [],
  })
  return rows.flatMap(({ at, resolvedAt, elementId, message }) => [
    line(at, 'failed', elementId, `が止まった。${message}`),
    ...(resolvedAt === null ? [] : [line(resolvedAt, 'system', elementId, 'が動き出した')]),
  ])
}
