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
  /** Who has a task open now, by task. */
  readonly present: ReadonlyMap<string, readonly Present[]>
}
/** Asks for the people of tasks that are held by these logins. */
export type AskPeople = (tasks: readonly string[], holders: readonly bigint[]) => Promise<TaskPeople>

/** Logins with the names behind them. */
export async function readHolders(sql: Sql, users: readonly bigint[]): Promise<ReadonlyMap<bigint, Holder>> {
  const rows = await sql.rows<Holder & { readonly userId: bigint }>(HOLDERS, [users])
  return new Map(rows.map(({ userId, ...holder }) => [userId, holder]))
}
const HOLDERS = prepared(
  `select u.id as "userId", u.login, s.name from users u join staff s on s.id = u.staff_id where u.id = any($1::bigint[])`,
)

/** Who has each of these tasks open, by name; a task that nobody looks at is left out. */
export async function readPresent(
  sql: Sql,
  tasks: readonly string[],
  now: string,
): Promise<ReadonlyMap<string, readonly Present[]>> {
  const rows = await sql.rows<Present & { readonly taskId: string }>(PRESENT, [tasks, now])
  return Map.groupBy(rows, ({ taskId }) => taskId)
}
const PRESENT = prepared(
  `select p.task_id as "taskId", p.user_id as "userId", s.name from task_presence p
   join users u on u.id = p.user_id join staff s on s.id = u.staff_id
   where p.task_id = any($1::uuid[]) and not p.has_left and p.seen_at > $2::timestamptz - ${PRESENT_FOR} order by s.name`,
)
