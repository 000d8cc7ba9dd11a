import { Fault } from '#kernel/faults.ts'
import { addDays, type PlainDate } from '#kernel/plain-date.ts'
import type { Sql } from '#db/database.ts'
import { ROLES, type Role } from '../roles.ts'
import { endOpenSessions } from '../sessions.ts'
import { userById } from '../users.ts'
import { checkSpan, lockUser, tellStaff, type LockedUser, type StaffAct } from './act.ts'

/** 二人目が要る役割; the table's own rule (`user_roles.in_force`) names the same. */
const NEEDS_SECOND: readonly Role[] = ['kakaricho', 'kansa', 'kanri']
export const needsSecond = (role: Role): boolean => NEEDS_SECOND.includes(role)

interface Grant {
  readonly userId: string
  readonly role: Role
  readonly validFrom: PlainDate
  readonly validTo: PlainDate | null
  readonly reason: string
}

/**
 * 役割を与える, from one day to another. 係長, 監査 and 管理者 hold only after `approveRole` by another person. Throws USER-001
 * for oneself, USER-005 for days before today or a bad span, USER-006 when the same role is there already.
 */
export async function grantRole(act: StaffAct, grant: Grant): Promise<string> {
  const { tx, user, clock } = act
  const target = await lockUser(tx, grant.userId)
  if (target.staffId === user.staffId) throw new Fault('USER-001')
  if (target.isDisabled) throw new Fault('USER-007')
  checkSpan(grant.validFrom, grant.validTo)
  if (grant.validFrom < clock.today()) throw new Fault('USER-005', { detail: '始めの日は今日からにしてください' })
  const same = await tx.maybe(
    `select 1 from user_roles where user_id = $1 and role = $2 and ended_at is null
       and ($4::date is null or valid_from <= $4) and (valid_to is null or $3 <= valid_to) limit 1`,
    [target.userId, grant.role, grant.validFrom, grant.validTo],
  )
  if (same !== null) throw new Fault('USER-006')
  const { id } = await tx.one<{ id: string }>(
    `insert into user_roles (user_id, role, valid_from, valid_to, granted_by, recorded_at, reason)
     values ($1, $2, $3, $4, $5, $6, $7) returning id::text as id`,
    [target.userId, grant.role, grant.validFrom, grant.validTo, user.userId, clock.now(), grant.reason],
  )
  const { role, validFrom, validTo, reason } = grant
  await tellStaff(act, 'role-granted', target, {
    before: null,
    after: { role, validFrom, validTo, needsSecond: needsSecond(role) },
    reason,
  })
  return id
}

interface RoleRow {
  readonly id: string
  readonly userId: string
  readonly role: Role
  readonly validFrom: PlainDate
  readonly validTo: PlainDate | null
  readonly grantedBy: bigint | null
  readonly recordedAt: string
  readonly inForce: boolean
  readonly isEnded: boolean
}

async function lockRole({ tx }: StaffAct, roleId: string): Promise<{ row: RoleRow; target: LockedUser }> {
  const row = await tx.maybe<RoleRow>(
    `select id::text, user_id::text as "userId", role, valid_from as "validFrom", valid_to as "validTo",
       granted_by as "grantedBy", recorded_at as "recordedAt", in_force as "inForce", ended_at is not null as "isEnded"
     from user_roles where id = $1 for update`,
    [roleId],
  )
  if (row === null) throw new Fault('USER-003')
  return { row, target: await lockUser(tx, row.userId) }
}

/** 役割を認める, by a second person. Throws USER-001 for one's own role, USER-002 for who granted it, USER-008 when nothing waits. */
export async function approveRole(act: StaffAct, roleId: string): Promise<void> {
  const { tx, user, clock } = act
  const { row, target } = await lockRole(act, roleId)
  if (row.isEnded || row.inForce || row.grantedBy === null) throw new Fault('USER-008')
  if (await isSame(tx, user.userId, clock.today(), target.userId, clock.today())) throw new Fault('USER-001')
  const { day } = await tx.one<{ day: PlainDate }>(`select japan_day($1) as day`, [row.recordedAt])
  if (await isSame(tx, user.userId, clock.today(), row.grantedBy, day)) throw new Fault('USER-002')
  await tx.run(`update user_roles set approved_by = $2, approved_at = $3 where id = $1`, [
    roleId,
    user.userId,
    clock.now(),
  ])
  const { role, validFrom, validTo } = row
  const says = (isApproved: boolean) => ({ role, validFrom, validTo, isApproved })
  await tellStaff(act, 'role-approved', target, { before: says(false), after: says(true) })
}

const isSame = async (sql: Sql, a: bigint, dayA: PlainDate, b: bigint, dayB: PlainDate): Promise<boolean> =>
  (await sql.one<{ yes: boolean }>(`select is_one_person($1, $2, $3, $4) as yes`, [a, dayA, b, dayB])).yes

/**
 * 役割を終える: on a last day, or at once (`on` null): the next request of the person has it no more. Throws USER-005 for a
 * past day, USER-008 for a role that is over, USER-009 when nobody would be 管理者.
 */
export async function endRole(
  act: StaffAct,
  roleId: string,
  { on, reason }: { readonly on: PlainDate | null; readonly reason: string },
): Promise<void> {
  const { tx, user, clock } = act
  const today = clock.today()
  const { row, target } = await lockRole(act, roleId)
  if (row.isEnded || (row.validTo !== null && row.validTo < today)) throw new Fault('USER-008')
  if (row.role === 'kanri' && row.inForce) await keepOneKanri(tx, target, on ?? today)
  if (on === null) {
    await tx.run(`update user_roles set ended_by = $2, ended_at = $3, ended_why = $4 where id = $1`, [
      roleId,
      user.userId,
      clock.now(),
      reason,
    ])
    await leaveNobodyIn(act, target)
  } else {
    if (on < today || on < row.validFrom) throw new Fault('USER-005', { detail: '最後の日は今日からにしてください' })
    await tx.run(`update user_roles set valid_to = $2 where id = $1`, [roleId, on])
  }
  const { role, validFrom, validTo } = row
  await tellStaff(act, 'role-ended', target, {
    before: { role, validFrom, validTo },
    after: { role, validFrom, validTo: on ?? validTo, isEndedAtOnce: on === null },
    reason,
  })
}

/** Somebody else must be 管理者 after `day`. Throws USER-009. */
async function keepOneKanri(sql: Sql, target: LockedUser, day: PlainDate): Promise<void> {
  const { others } = await sql.one<{ others: number }>(
    `select count(*)::int as others from user_roles r join users u on u.id = r.user_id
     where r.role = 'kanri' and r.in_force and u.disabled_at is null and u.staff_id <> $1
       and r.valid_from <= $2 and (r.valid_to is null or $2 <= r.valid_to)`,
    [target.staffId, addDays(day, 1)],
  )
  if (others === 0) throw new Fault('USER-009')
}

/** Who has no role left is logged out everywhere: pages, live updates, programs. */
async function leaveNobodyIn({ tx, clock }: StaffAct, target: LockedUser): Promise<void> {
  const left = await userById(tx, target.userId, clock.today())
  if (left !== null && left.roles.length > 0) return
  await endOpenSessions(tx, target.userId, clock.now())
}

/** Every role of a login ends at once. Throws USER-009 when nobody would be 管理者. */
export async function endAllRoles(act: StaffAct, target: LockedUser, reason: string): Promise<readonly string[]> {
  const { tx, user, clock } = act
  const open = await tx.rows<{ role: Role }>(
    `select role from user_roles where user_id = $1 and ended_at is null and (valid_to is null or $2 <= valid_to)`,
    [target.userId, clock.today()],
  )
  if (open.some(({ role }) => role === 'kanri')) await keepOneKanri(tx, target, clock.today())
  await tx.run(
    `update user_roles set ended_by = $2, ended_at = $3, ended_why = $4
     where user_id = $1 and ended_at is null and (valid_to is null or $5 <= valid_to)`,
    [target.userId, user.userId, clock.now(), reason, clock.today()],
  )
  await endOpenSessions(tx, target.userId, clock.now())
  return ROLES.filter((role) => open.some((one) => one.role === role))
}
