import type { PlainDate } from '#kernel/plain-date.ts'
import type { Sql } from '#db/database.ts'
import type { Role } from '../roles.ts'

/** ended: over or withdrawn · waiting: a second person has not approved · planned: not begun · inForce */
export type GrantState = 'ended' | 'waiting' | 'planned' | 'inForce'

export interface RoleGrant {
  readonly roleId: string
  readonly role: Role
  readonly validFrom: PlainDate
  readonly validTo: PlainDate | null
  readonly state: GrantState
  readonly reason: string
  /** Null: came with the installation. */
  readonly grantedBy: string | null
  readonly approvedBy: string | null
  readonly endedWhy: string | null
  /** Who asks is neither its person nor who granted it. */
  readonly isThird: boolean
}

export interface Membership {
  readonly memberId: string
  readonly unitId: string
  readonly validFrom: PlainDate
  readonly validTo: PlainDate | null
}

export interface StaffMember {
  readonly userId: string
  readonly login: string
  readonly name: string
  readonly kana: string
  /** Whether the office's identity provider knows this login (its subject is recorded). */
  readonly hasSubject: boolean
  readonly isDisabled: boolean
  readonly roles: RoleGrant[]
  readonly units: Membership[]
}

/** 職員の一覧 by kana, with every role and 係 they have had; `today` tells what is in force, `asker` is a login. */
export async function listStaff(sql: Sql, asker: bigint, today: PlainDate): Promise<StaffMember[]> {
  const users = await sql.rows<Omit<StaffMember, 'roles' | 'units'>>(
    `select u.id::text as "userId", u.login, s.name, s.kana, u.subject is not null as "hasSubject",
       u.disabled_at is not null as "isDisabled"
     from users u join staff s on s.id = u.staff_id order by u.disabled_at is not null, s.kana, u.login`,
  )
  const grants = await sql.rows<RoleGrant & { userId: string }>(
    `select r.user_id::text as "userId", r.id::text as "roleId", r.role, r.valid_from as "validFrom", r.valid_to as "validTo",
       case when r.ended_at is not null or r.valid_to < $1 then 'ended' when not r.in_force then 'waiting'
            when r.valid_from > $1 then 'planned' else 'inForce' end as state,
       r.reason, gs.name as "grantedBy", aps.name as "approvedBy", r.ended_why as "endedWhy",
       not is_one_person($2, $1, r.user_id, $1) and not is_one_person($2, $1, r.granted_by, japan_day(r.recorded_at)) as "isThird"
     from user_roles r left join users g on g.id = r.granted_by left join staff gs on gs.id = g.staff_id
     left join users a on a.id = r.approved_by left join staff aps on aps.id = a.staff_id
     order by r.valid_from desc, r.id desc`,
    [today, asker],
  )
  const members = await sql.rows<Membership & { userId: string }>(
    `select user_id::text as "userId", id::text as "memberId", unit_id::text as "unitId", valid_from as "validFrom",
       valid_to as "validTo" from unit_members order by valid_from desc, id desc`,
  )
  const mine = <T extends { readonly userId: string }>(rows: readonly T[], userId: string) =>
    rows.filter((row) => row.userId === userId).map(({ userId: _userId, ...row }) => row)
  return users.map((user) => ({ ...user, roles: mine(grants, user.userId), units: mine(members, user.userId) }))
}

export interface Unit {
  readonly unitId: string
  readonly code: string
  readonly name: string
  readonly kana: string
  readonly validFrom: PlainDate
  readonly validTo: PlainDate | null
}

/** 係, by code. */
export const listUnits = (sql: Sql): Promise<Unit[]> =>
  sql.rows<Unit>(
    `select id::text as "unitId", code, name, kana, valid_from as "validFrom", valid_to as "validTo" from units order by code`,
  )
