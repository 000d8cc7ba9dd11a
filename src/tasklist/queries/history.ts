import type { Static } from 'typebox'
import { describeEvent } from '#audit/describe.ts'
import type { Sql } from '#db/database.ts'
import type { HistoryLine } from '../tasks.schema.ts'

/** 履歴 of a task, newest first: who did what, in words. Reads are not shown here; the auditor sees them. */
export async function taskHistory(sql: Sql, taskId: string): Promise<Static<typeof HistoryLine>[]> {
  const rows = await sql.rows<{ at: string; kind: string; actor: string; payload: string; comment: string | null }>(
    `select e.at, e.kind, coalesce(s.name, e.actor) as actor, e.payload, c.text as comment
     from audit_events e
     left join users u on u.id = e.actor_user_id left join staff s on s.id = u.staff_id
     left join task_comments c on e.kind = 'task-commented'
       and c.id = (e.payload::json -> 'payload' ->> 'commentId')::bigint
     where e.task_id = $1 and e.kind not in ('read', 'output') order by e.id desc limit 200`,
    [taskId],
  )
  return rows.map(({ at, kind, actor, payload, comment }) => {
    const { payload: content } = JSON.parse(payload) as { payload: Readonly<Record<string, unknown>> } // our own text
    const note = typeof content['note'] === 'string' && content['note'] !== '' ? `「${content['note']}」` : ''
    if (comment !== null) return { at, kind, actor, text: comment }
    return { at, kind, actor, text: `${describeEvent(kind, content).summary}${note}` }
  })
}
