import type { PlainDate } from '#kernel/plain-date.ts'
import { formerDeputiesSql, selvesSql } from '#access/persons.ts'
import type { CurrentUser } from '#access/users.ts'
import type { Sql } from '#db/database.ts'
import { prepared } from '#db/prepared.ts'
import { groupsOf } from '#runtime/candidate-groups.ts'

/** Whose eyes: roles, and whom a person stands in for today, decide which tasks they may take. */
export interface Viewer {
  readonly user: CurrentUser
  /** Candidate groups of their roles. */
  readonly groups: readonly string[]
  /** 代理: logins whose tasks they may hold today beside their own. */
  readonly absent: readonly bigint[]
  /** Logins that count as this person in 二人の確認: their own, and those of whom they stand in for. */
  readonly selves: readonly bigint[]
  /** Logins that stood in for one of these at some time: what they proposed on such a day counts as this person's, too. */
  readonly formerDeputies: readonly bigint[]
  /** 係 they belong to today. */
  readonly units: readonly bigint[]
}

/** The viewer of a day. */
export async function viewerOf(sql: Sql, user: CurrentUser, today: PlainDate): Promise<Viewer> {
  const more = await sql.one<Omit<Viewer, 'user' | 'groups'>>(VIEWER, [user.userId, today])
  return { user, groups: groupsOf(user.roles), ...more }
}

const VIEWER = prepared(
  `select array(select absent_users_of($1, $2)) as absent,
       array(${selvesSql('$1', '$2')}) as selves,
       array(${formerDeputiesSql('$1', '$2')}) as "formerDeputies",
       array(select unit_id from unit_members where user_id = $1 and valid_from <= $2
             and (valid_to is null or $2 <= valid_to)) as units`,
)
