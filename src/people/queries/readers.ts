import { contentOf } from '#audit/changes.ts'
import { describeEvent } from '#audit/describe.ts'
import type { Sql } from '#db/database.ts'

export interface ReaderView {
  /** The newest event of the line. */
  readonly eventId: string
  readonly at: string
  /** The oldest one of the day; the same moment when there was one. */
  readonly firstAt: string
  readonly times: number
  readonly actor: string
  readonly text: string
  readonly runNumber: string | null
  readonly isRefused: boolean
}

/** この人を見た人 reaches so far back. */
const DAYS = 90
/** As many as a person brings with it; older ones page by page. */
export const READERS_PAGE = 50

/** One line an event; readings of the same by the same person for the same run on one day in Japan are one line. */
const LINES = `
  with lines as (
    select max(e.id) as id, max(e.at) as at, min(e.at) as "firstAt", count(*)::int as times
    from audit_event_subjects x join audit_events e on e.id = x.event_id
    where x.kind = 'insured' and x.subject_id = $1 and e.kind in ('read', 'disclosed', 'output', 'refused')
      and e.at > $2::timestamptz - make_interval(days => ${DAYS}) and ($3::bigint is null or x.event_id <= $3)
    group by e.actor, e.run_id, (e.at at time zone 'Asia/Tokyo')::date,
      case when e.kind = 'read' then e.payload::json #>> '{payload,what}' else e.id::text end
  )`

/**
 * この人を見た人(90日), newest first, a page of it: reads, disclosures and refused attempts, counted back from `now`. With `upTo`,
 * an event's id, without what came after it: to turn a page is a look too, and must not move the pages.
 */
export async function readersOf(
  sql: Sql,
  insuredId: string,
  page: { readonly now: string; readonly upTo?: string; readonly limit?: number; readonly offset?: number },
): Promise<{ readonly items: ReaderView[]; readonly total: number }> {
  const { now, upTo, limit = READERS_PAGE, offset = 0 } = page
  const rows = await sql.rows<Row>(
    `${LINES}
     select whole.total, l.id, l.at, l."firstAt", l.times, coalesce(s.name, e.actor) as actor, r.number as "runNumber", e.kind, e.payload
     from (select count(*)::int as total from lines) whole
     left join (select * from lines order by id desc limit $4 offset $5) l on true
     left join audit_events e on e.id = l.id left join runs r on r.id = e.run_id
     left join users u on u.id = e.actor_user_id left join staff s on s.id = u.staff_id order by l.id desc`,
    [insuredId, now, upTo === undefined ? null : BigInt(upTo), limit, offset],
  )
  const items = rows.flatMap(({ id, kind, payload, at, firstAt, times, actor, runNumber }) => {
    if (id === null) return []
    const content = contentOf(payload)
    const { category, summary } = describeEvent(kind, content)
    const text = category === 'read' && typeof content['what'] === 'string' ? `${content['what']}を見た` : summary
    return [{ eventId: `${id}`, at, firstAt, times, actor, text, runNumber, isRefused: kind === 'refused' }]
  })
  return { items, total: rows[0]?.total ?? 0 }
}

interface Row {
  readonly total: number
  /** Null where the page has no line; then the rest is too. */
  readonly id: bigint | null
  readonly at: string
  readonly firstAt: string
  readonly times: number
  readonly actor: string
  readonly runNumber: string | null
  readonly kind: string
  readonly payload: string
}
