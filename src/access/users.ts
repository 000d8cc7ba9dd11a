import type { PlainDate } from '#kernel/plain-date.ts'
import type { Sql } from '#db/database.ts'
import { prepared, type Prepared } from '#db/prepared.ts'
import type { Role } from './roles.ts'

/** Who acts. `staffId` is the person: four-eyes compares persons, never logins. */
export interface CurrentUser {
  readonly userId: bigint
  readonly staffId: bigint
  readonly login: string
  readonly name: string
  /** Roles in force today. */
  readonly roles: readonly string[]
  readonly terminal: string
}

/** What the database knows of a login. */
export interface UserRow {
  readonly userId: bigint
  readonly staffId: bigint
  readonly login: string
  readonly name: string
  readonly roles: readonly string[]
}

/** `UserRow` of a login in force on the day $2, as SQL. `u` is its row of `users`. */
const COLUMNS = `u.id as "userId", u.staff_id as "staffId", u.login, s.name,
    coalesce((select array_agg(distinct r.role order by r.role) from user_roles r where r.user_id = u.id
               and r.in_force and r.valid_from <= $2 and (r.valid_to is null or $2 <= r.valid_to)), '{}') as roles`
const IN_FORCE = `join staff s on s.id = u.staff_id where u.disabled_at is null and`
const SELECT = `select ${COLUMNS} from users u ${IN_FORCE} `

/**
 * The logins behind `door`s (a table with `user_id`: sessions, tokens) and their roles of the day $2, in one question: it is
 * asked with every request. `columns` are the door's own.
 */
export const userBehind = (door: string, columns: readonly string[], where: string): Prepared =>
  prepared(
    `select ${[COLUMNS, ...columns].join(', ')} from ${door} d join users u on u.id = d.user_id ${IN_FORCE} ${where}`,
  )

/** A login in force with its roles of a day, or null. */
export const userByLogin = (sql: Sql, login: string, day: PlainDate): Promise<UserRow | null> =>
  sql.maybe<UserRow>(`${SELECT} u.login = $1`, [login, day])

/** The login that the identity provider's subject belongs to, or null. */
export const userBySubject = (sql: Sql, subject: string, day: PlainDate): Promise<UserRow | null> =>
  sql.maybe<UserRow>(`${SELECT} u.subject = $1`, [subject, day])

export const userById = (sql: Sql, id: bigint, day: PlainDate): Promise<UserRow | null> =>
  sql.maybe<UserRow>(`${SELECT} u.id = $1`, [id, day])

/** The logins in force that hold a role on a day. */
export async function loginsHolding(sql: Sql, role: Role, day: PlainDate): Promise<ReadonlySet<string>> {
  const rows = await sql.rows<{ userId: string }>(
    `select distinct u.id::text as "userId" from users u join user_roles r on r.user_id = u.id
     where u.disabled_at is null and r.role = $1 and r.in_force and r.valid_from <= $2
       and (r.valid_to is null or $2 <= r.valid_to)`,
    [role, day],
  )
  return new Set(rows.map(({ userId }) => userId))
}
