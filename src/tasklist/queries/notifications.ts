import type { Sql, SqlValue } from '#db/database.ts'
import { decodeCursor, encodeCursor } from '#access/cursor.ts'
import { kindsOfGroup, type NotificationGroup, type StoredNotification } from '../notification-text.ts'

/** A page of a person's お知らせ, newest first. */
export async function notificationsOf(
  sql: Sql,
  userId: bigint,
  asked: { readonly group?: NotificationGroup; readonly limit: number; readonly cursor?: string },
): Promise<{ readonly items: StoredNotification[]; readonly nextCursor: string | null }> {
  const params: SqlValue[] = [userId, asked.limit + 1]
  const place = (value: SqlValue): string => `$${params.push(value)}`
  const group = asked.group === undefined ? '' : `and n.kind = any(${place(kindsOfGroup(asked.group))}::text[])`
  const before =
    asked.cursor === undefined ? '' : `and n.id < ${place(String(decodeCursor(asked.cursor, 1)[0]))}::bigint`
  const rows = await sql.rows<StoredNotification>(
    `select n.id::text as id, n.kind, n.payload, n.at, n.read_at as "readAt", n.task_id as "taskId",
       coalesce(n.run_id, t.run_id) as "runId", bs.name as by, t.step_id as "stepId", t.name as "taskName",
       case when l.worksheet_id is not null then l.row_count end as count, r.number as "runNumber", r.title as "runTitle",
       (select c.text from task_comments c where c.id = (n.payload ->> 'commentId')::bigint) as comment
     from notifications n
     left join tasks t on t.id = n.task_id left join task_list l on l.task_id = n.task_id
     left join runs r on r.id = coalesce(n.run_id, t.run_id)
     left join users bu on bu.id = n.by_user_id left join staff bs on bs.id = bu.staff_id
     where n.user_id = $1 ${group} ${before} order by n.id desc limit $2`,
    params,
  )
  const items = rows.slice(0, asked.limit)
  const last = items.at(-1)
  return { items, nextCursor: rows.length > asked.limit && last ? encodeCursor([last.id]) : null }
}

/** 件数 by kind, and how many are new. */
export const notificationCounts = (
  sql: Sql,
  userId: bigint,
): Promise<{ kind: string; count: number; unread: number }[]> =>
  sql.rows(
    `select kind, count(*)::int as count, (count(*) filter (where read_at is null))::int as unread
     from notifications where user_id = $1 group by kind`,
    [userId],
  )

export const unreadCount = async (sql: Sql, userId: bigint): Promise<number> =>
  (
    await sql.one<{ n: number }>(
      `select count(*)::int as n from notifications where user_id = $1 and read_at is null`,
      [userId],
    )
  ).n

/** 読んだことにする: the named ones, or all. */
export const markRead = (sql: Sql, userId: bigint, ids: readonly string[] | null, now: string): Promise<number> =>
  sql.run(
    `update notifications set read_at = $2 where user_id = $1 and read_at is null and ($3::bigint[] is null or id = any($3))`,
    [userId, now, ids],
  )
