import type { Sql } from '#db/database.ts'
import { prepared } from '#db/prepared.ts'
import { PRESENT_FOR } from '#runtime/presence.ts'

interface Holder {
  readonly login: string
  readonly name: string
}
export interface Present {
  readonly userId: bigint
  readonly name: string
}

/** The people of some lines. */
export interface TaskPeople {
  /** Who holds tasks, by login. */
  readonly holders: ReadonlyMap<bigint, Holder>
  /** Who has a task open now, by task; a task that nobody looks at is left out. */
  readonly present: ReadonlyMap<string, readonly Present[]>
}
/** Asks for the people of lines: each task by its id, each login that holds one. */
export type AskPeople = (tasksAndHolders: Iterable<string | bigint>) => Promise<TaskPeople>

/** In one question: the names behind logins, and who has these tasks open, by name. */
export async function readPeople(
  sql: Sql,
  tasksAndHolders: readonly (string | bigint)[],
  now: string,
): Promise<TaskPeople> {
  const tasks = tasksAndHolders.filter((key) => typeof key === 'string')
  const logins = tasksAndHolders.filter((key) => typeof key === 'bigint')
  const rows = await sql.rows<Holder & Present & { readonly taskId: string | null }>(PEOPLE, [logins, tasks, now])
  const holders = new Map<bigint, Holder>()
  const present = new Map<string, Present[]>()
  for (const { taskId, userId, login, name } of rows)
    if (taskId === null) holders.set(userId, { login, name })
    else if (!present.get(taskId)?.push({ userId, name })) present.set(taskId, [{ userId, name }])
  return { holders, present }
}
const PEOPLE = prepared(
  `select p.task_id as "taskId", u.id as "userId", u.login, s.name
   from (select null::uuid as task_id, unnest($1::bigint[]) as user_id
     union all select task_id, user_id from task_presence
       where task_id = any($2::uuid[]) and not has_left and seen_at > $3::timestamptz - ${PRESENT_FOR}) p
   join users u on u.id = p.user_id join staff s on s.id = u.staff_id order by s.name`,
)
