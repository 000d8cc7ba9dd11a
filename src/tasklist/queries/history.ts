import type { Static } from 'typebox'
import type { PlainDate } from '#kernel/plain-date.ts'
import { protectedWords } from '#access/protected-words.ts'
import { contentOf } from '#audit/changes.ts'
import { describeEvent } from '#audit/describe.ts'
import type { Sql } from '#db/database.ts'
import type { HistoryLine } from '../tasks.schema.ts'

interface Row {
  readonly at: string
  readonly kind: string
  readonly actor: string
  readonly payload: string
  readonly comment: string | null
  readonly isMasked: boolean
}

/** As many lines as a task brings with it; older ones page by page. */
export const HISTORY_PAGE = 200

const OF_TASK = `e.task_id = $1 and e.kind not in ('read', 'output')`

/**
 * 履歴 of a task, newest first, a page of it: who did what, in words. Reads are not shown here; the auditor sees them. A memo about a
 * person under 抑止 on `today` is 伏せている.
 */
export async function taskHistory(
  sql: Sql,
  taskId: string,
  {
    today,
    limit = HISTORY_PAGE,
    offset = 0,
  }: { readonly today: PlainDate; readonly limit?: number; readonly offset?: number },
): Promise<{ readonly items: Static<typeof HistoryLine>[]; readonly total: number }> {
  const { total } = await sql.one<{ total: number }>(
    `select count(*)::int as total from audit_events e where ${OF_TASK}`,
    [taskId],
  )
  const rows = await sql.rows<Row>(
    `select e.at, e.kind, coalesce(s.name, e.actor) as actor, e.payload, c.text as comment,
       ${protectedWords('$2::date')} as "isMasked"
     from audit_events e
     left join users u on u.id = e.actor_user_id left join staff s on s.id = u.staff_id
     left join task_comments c on e.kind = 'task-commented'
       and c.id = (e.payload::json -> 'payload' ->> 'commentId')::bigint
     where ${OF_TASK} order by e.id desc limit $3 offset $4`,
    [taskId, today, limit, offset],
  )
  const items = rows.map(({ at, kind, actor, payload, comment, isMasked }) => {
    if (comment !== null) return { at, kind, actor, text: comment }
    const content = contentOf(payload)
    const memo = typeof content['note'] === 'string' && content['note'] !== '' ? content['note'] : null
    const note = memo === null ? '' : isMasked ? '(メモは伏せています)' : `「${memo}」`
    return { at, kind, actor, text: `${describeEvent(kind, content).summary}${note}` }
  })
  return { items, total }
}
