import type { Static } from 'typebox'
import type { Sql } from '#db/database.ts'
import type { TaskComment } from '../company.schema.ts'

/** コメント of a task, newest first. */
export const commentsOf = (sql: Sql, taskId: string, me: bigint): Promise<Static<typeof TaskComment>[]> =>
  sql.rows(
    `select c.id::text as "commentId", s.name as author, c.user_id = $2 as "isMine", c.text, c.at
     from task_comments c join users u on u.id = c.user_id join staff s on s.id = u.staff_id
     where c.task_id = $1 order by c.id desc`,
    [taskId, me],
  )
