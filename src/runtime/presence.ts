import type { Sql } from '#db/database.ts'
import type { RuntimeDeps } from './deps.ts'
import type { TaskUser } from './human-context.ts'

/** A page that has not spoken for this long is closed or gone. As SQL. */
export const PRESENT_FOR = `interval '45 seconds'`

export interface PresentPage {
  readonly page: string
  readonly userId: bigint
  readonly name: string
  readonly openedAt: string
  /** The page that may change the task: of its 担当 the one that has had it open longest. */
  readonly isEditor: boolean
}

/** What a page says of itself. */
interface PageSays {
  readonly taskId: string
  readonly page: string
  /** How often the page has spoken: a word that was overtaken by a later one of the same page is not heard. */
  readonly said: number
  readonly isLeaving: boolean
  readonly user: TaskUser
}

/** A page says that it has the task open (again and again), or that it leaves. True when others should look again. */
export async function reportPresence(deps: RuntimeDeps, at: PageSays): Promise<boolean> {
  const now = deps.clock.now()
  await deps.db.run(`delete from task_presence where task_id = $1 and seen_at <= $2::timestamptz - ${PRESENT_FOR}`, [
    at.taskId,
    now,
  ])
  const [heard] = await deps.db.rows<{ hasLeft: boolean; hadLeft: boolean }>(
    `insert into task_presence as p (task_id, page, user_id, terminal, opened_at, seen_at, said, has_left)
     values ($1, $2, $3, $4, $5, $5, $6, $7)
     on conflict (task_id, page) do update set seen_at = excluded.seen_at, said = excluded.said, has_left = excluded.has_left,
       opened_at = case when p.has_left then excluded.opened_at else p.opened_at end
       where p.user_id = excluded.user_id and p.said < excluded.said
     returning new.has_left as "hasLeft", coalesce(old.has_left, true) as "hadLeft"`,
    [at.taskId, at.page, at.user.userId, at.user.terminal, now, at.said, at.isLeaving],
  )
  return heard !== undefined && heard.hasLeft !== heard.hadLeft
}

/** The pages that have a task open now, oldest first. */
export const presentPages = (sql: Sql, taskId: string, now: string): Promise<PresentPage[]> =>
  sql.rows<PresentPage>(
    `select p.page, p.user_id as "userId", s.name, p.opened_at as "openedAt",
       coalesce(p.user_id = t.assignee, false)
         and row_number() over (partition by p.user_id order by p.opened_at, p.page) = 1 as "isEditor"
     from task_presence p join tasks t on t.id = p.task_id
     join users u on u.id = p.user_id join staff s on s.id = u.staff_id
     where p.task_id = $1 and not p.has_left and p.seen_at > $2::timestamptz - ${PRESENT_FOR} order by p.opened_at, p.page`,
    [taskId, now],
  )
