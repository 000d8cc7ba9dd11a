import type { PlainDate } from '#kernel/plain-date.ts'
import type { Sql } from '#db/database.ts'

/**
 * 本人と代理: the persons (staff ids) that a login counts as on a day. A deputy in force counts as both. In SQL the same is
 * `persons_of(user, day)`, and `is_one_person(userA, dayA, userB, dayB)` compares two acts of two days.
 */
export async function personsOf(sql: Sql, userId: bigint, on: PlainDate): Promise<readonly bigint[]> {
  const rows = await sql.rows<{ staffId: bigint }>(
    `select staff_id as "staffId" from persons_of($1, $2) as p (staff_id) order by 1`,
    [userId, on],
  )
  return rows.map(({ staffId }) => staffId)
}

/** Logins of the persons that a login counts as on a day, as SQL: whatever they did, and whenever, this person did. */
export const selvesSql = (user: string, day: string): string =>
  `select id from users where staff_id in (select persons_of(${user}, ${day}))`

/**
 * Logins that stood in for one of these persons at some time, as SQL: what they did on such a day counts as this person's too, so
 * their acts are compared one by one (`is_one_person`).
 */
export const formerDeputiesSql = (user: string, day: string): string =>
  `select other.id from users other where other.staff_id not in (select persons_of(${user}, ${day})) and other.staff_id in (
     select du.staff_id from deputies d join users au on au.id = d.absent_user_id join users du on du.id = d.deputy_user_id
     where d.approved_by is not null and au.staff_id in (select persons_of(${user}, ${day})))`

/** 代理: the logins whose tasks this login may hold on a day beside its own. In SQL: `absent_users_of(user, day)`. */
export async function absentUsersOf(sql: Sql, userId: bigint, on: PlainDate): Promise<readonly bigint[]> {
  const rows = await sql.rows<{ userId: bigint }>(
    `select user_id as "userId" from absent_users_of($1, $2) as a (user_id) order by 1`,
    [userId, on],
  )
  return rows.map(({ userId: absent }) => absent)
}

/** 係: the units that each of these logins belongs to on a day, 兼務 included; who is in none is left out. */
export async function unitsOf(
  sql: Sql,
  userIds: readonly string[],
  on: PlainDate,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await sql.rows<{ userId: string; unitIds: readonly string[] }>(
    `select m.user_id::text as "userId", array_agg(m.unit_id::text order by u.code) as "unitIds"
     from unit_members m join units u on u.id = m.unit_id
     where m.user_id = any($1::bigint[]) and m.valid_from <= $2 and (m.valid_to is null or $2 <= m.valid_to)
       and u.valid_from <= $2 and (u.valid_to is null or $2 <= u.valid_to)
     group by m.user_id`,
    [userIds, on],
  )
  return new Map(rows.map(({ userId, unitIds }) => [userId, unitIds]))
}
