import type { Static } from 'typebox'
import { describeEvent, type AuditCategory } from '#audit/describe.ts'
import { ofRun } from '#audit/of-run.ts'
import type { PlainDate } from '#kernel/plain-date.ts'
import { protectedWords } from '#access/protected-words.ts'
import { changesOf, contentOf, whyOf } from '#audit/changes.ts'
import type { Sql } from '#db/database.ts'
import { stepNo } from '#tasklist/queries/task-list.ts'
import { elementName } from '../element-names.ts'
import type { TimelineGroup, TimelineLine } from '../instances.schema.ts'
import type { InstanceView } from './instances.ts'

type Line = Static<typeof TimelineLine>

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
const GROUPS: Readonly<Record<Line['kind'], TimelineGroup>> = {
  person: 'person',
  refused: 'person',
  system: 'system',
  failed: 'system',
  notice: 'paper',
  file: 'paper',
  read: 'read',
}

/** What the engine tells of an incident, beside the kinds of our own events. */
const STOPPED = 'incident-stopped'
const MOVING = 'incident-moving'

const lineKind = (kind: string): Line['kind'] =>
  kind === STOPPED ? 'failed' : kind === MOVING ? 'system' : KINDS[describeEvent(kind, {}).category]

/** Who reads: only some may see what persons typed and set, and nobody what was typed about somebody under 抑止. */
export interface TimelineReader {
  readonly maySeePersonal: boolean
  readonly today: PlainDate
}

/** Which lines; without `group` all. */
export interface TimelinePage {
  readonly group?: TimelineGroup
  readonly limit: number
  readonly offset: number
}

/** Events of the run $1 and incidents of its instance ($2, $3): one line each. */
const LINES = `
  with lines as (
    select e.kind, e.at, e.id as event_id, null as element_id, null as message
    from audit_events e where ${ofRun('$1')}
    union all
    select '${STOPPED}', created_at, null, element_id, message from trace_incidents
    where epoch = $2 and process_instance_key = $3
    union all
    select '${MOVING}', resolved_at, null, element_id, null from trace_incidents
    where epoch = $2 and process_instance_key = $3 and resolved_at is not null
  )`

/**
 * 経過 of an instance, a page of it: what people and the system did, who looked, what was refused, what stood still. Newest
 * first. `total` and `counts` are those of the whole.
 */
export async function timelineOf(
  sql: Sql,
  instance: InstanceView,
  reader: TimelineReader,
  { group, limit, offset }: TimelinePage,
): Promise<{ readonly items: Line[]; readonly total: number; readonly counts: Record<TimelineGroup, number> }> {
  const of = [instance.runId, instance.epoch, BigInt(instance.instanceKey)]
  const known = await sql.rows<{ kind: string; count: number }>(
    `${LINES} select kind, count(*)::int as count from lines group by kind`,
    of,
  )
  const counts: Record<TimelineGroup, number> = { person: 0, system: 0, paper: 0, read: 0 }
  for (const { kind, count } of known) counts[GROUPS[lineKind(kind)]] += count
  const wanted = known.filter(({ kind }) => group === undefined || GROUPS[lineKind(kind)] === group)
  const rows = await sql.rows<Row>(
    `${LINES}, page as (
       select * from lines where kind = any($4::text[]) order by at desc, event_id desc nulls last limit $5 offset $6
     )
     select p.kind, p.at, p.event_id as "eventId", p.element_id as "elementId", p.message, e.payload,
       coalesce(s.name, e.actor) as actor, coalesce(t.step_id, sr.step_id) as "stepId",
       coalesce(${protectedWords('$7::date')}, false) as "isMasked"
     from page p left join audit_events e on e.id = p.event_id
     left join users u on u.id = e.actor_user_id left join staff s on s.id = u.staff_id
     left join tasks t on t.id = e.task_id left join step_runs sr on sr.id = e.step_run_id
     order by p.at desc, p.event_id desc nulls last`,
    [...of, wanted.map(({ kind }) => kind), limit, offset, reader.today],
  )
  return {
    items: withoutRepeats(rows.map((row) => toLine(row, instance, reader))),
    total: wanted.reduce((sum, { count }) => sum + count, 0),
    counts,
  }
}

interface Row {
  readonly kind: string
  readonly at: string
  readonly eventId: bigint | null
  readonly elementId: string | null
  readonly message: string | null
  readonly payload: string | null
  readonly actor: string | null
  readonly stepId: string | null
  readonly isMasked: boolean
}

function toLine(row: Row, instance: InstanceView, reader: TimelineReader): Line {
  const { at, kind, eventId, payload } = row
  if (payload === null)
    return {
      at,
      kind: lineKind(kind),
      actor: 'システム',
      step: null,
      text: `${elementName(instance.processId, row.elementId ?? '')} ${kind === STOPPED ? `が止まった。${row.message ?? ''}` : 'が動き出した'}`,
      times: 1,
      elementId: row.elementId,
      eventId: null,
      why: null,
      changes: [],
    }
  const content = contentOf(payload)
  const isOpen = reader.maySeePersonal && !row.isMasked
  const said = describeEvent(kind, content)
  const step = row.stepId ?? (typeof content['step'] === 'string' ? content['step'] : null)
  return {
    at,
    kind: lineKind(kind),
    actor: row.actor ?? '',
    step: step === null ? null : stepNo(step),
    text: said.category === 'read' && typeof content['what'] === 'string' ? `${content['what']}を見た` : said.summary,
    times: 1,
    elementId: null,
    eventId: eventId === null ? null : `${eventId}`,
    why: isOpen ? whyOf(content) : null,
    changes: isOpen ? changesOf(content) : [],
  }
}

/** Somebody who pages through a list has read it: one line that tells how often. */
function withoutRepeats(lines: readonly Line[]): Line[] {
  const kept: Line[] = []
  for (const line of lines) {
    const before = kept.at(-1)
    if (line.kind === 'read' && before?.kind === 'read' && before.actor === line.actor && before.text === line.text)
      kept[kept.length - 1] = { ...before, times: before.times + 1 }
    else kept.push(line)
  }
  return kept
}
