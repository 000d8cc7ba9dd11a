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

type Beside = Omit<Viewer, 'user' | 'groups'>

/** The viewer of a day; `beside` is what `readViewers` says of them. */
export const viewerOf = (user: CurrentUser, beside: Beside): Viewer => ({
  user,
  groups: groupsOf(user.roles),
  ...beside,
})

/** What makes logins viewers on a day, by login. */
export async function readViewers(
  sql: Sql,
  users: readonly bigint[],
  today: PlainDate,
): Promise<ReadonlyMap<bigint, Beside>> {
  const rows = await sql.rows<Beside & { readonly userId: bigint }>(VIEWERS, [users, today])
  return new Map(rows.map(({ userId, ...beside }) => [userId, beside]))
}

const VIEWERS = prepared(
  `select u.id as "userId", array(select absent_users_of(u.id, $2)) as absent,
       array(${selvesSql('u.id', '$2')}) as selves,
       array(${formerDeputiesSql('u.id', '$2')}) as "formerDeputies",
       array(select unit_id from unit_members where user_id = u.id and valid_from <= $2
             and (valid_to is null or $2 <= valid_to)) as units
   from unnest($1::bigint[]) u (id)`,
)
