import { contentOf } from '#audit/changes.ts'
import { describeEvent } from '#audit/describe.ts'
import type { Sql } from '#db/database.ts'

export interface ReaderView {
  readonly eventId: string
  readonly at: string
  readonly actor: string
  readonly text: string
  readonly isRefused: boolean
}

/** この人を見た人 reaches so far back. */
const DAYS = 90
/** As many as a person brings with it; older ones page by page. */
export const READERS_PAGE = 50

const OF_PERSON = `
     from audit_event_subjects x join audit_events e on e.id = x.event_id
     where x.kind = 'insured' and x.subject_id = $1 and e.kind in ('read', 'disclosed', 'output', 'refused')
       and e.at > $2::timestamptz - make_interval(days => ${DAYS}) and ($3::bigint is null or x.event_id <= $3)`

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
  const given = [insuredId, now, upTo === undefined ? null : BigInt(upTo)]
  const { total } = await sql.one<{ total: number }>(`select count(*)::int as total ${OF_PERSON}`, given)
  const rows = await sql.rows<{ id: bigint; at: string; actor: string; kind: string; payload: string }>(
    `select e.id, e.at, coalesce(s.name, e.actor) as actor, e.kind, e.payload
     from (select e.* ${OF_PERSON} order by x.event_id desc limit $4 offset $5) e
     left join users u on u.id = e.actor_user_id left join staff s on s.id = u.staff_id order by e.id desc`,
    [...given, limit, offset],
  )
  const items = rows.map(({ id, at, actor, kind, payload }) => {
    const text = describeEvent(kind, contentOf(payload)).summary
    return { eventId: `${id}`, at, actor, text, isRefused: kind === 'refused' }
  })
  return { items, total }
}
