import { Fault } from '#kernel/faults.ts'
import { lockUser, tellStaff, type StaffAct } from './act.ts'
import { endAllRoles } from './roles.ts'

interface NewStaff {
  readonly login: string
  readonly name: string
  readonly kana: string
  /** `sub` of the office's identity provider; null until it is known. */
  readonly subject: string | null
}

/** 職員を登録する: a person with a login and no role yet. Throws USER-004 when login or subject are taken. */
export async function addStaff(act: StaffAct, staff: NewStaff): Promise<string> {
  const { tx, clock } = act
  const taken = await tx.maybe(`select 1 from users where login = $1 or subject = $2 limit 1`, [
    staff.login,
    staff.subject,
  ])
  if (taken !== null) throw new Fault('USER-004', { login: staff.login })
  const { id } = await tx.one<{ id: bigint }>(
    `with person as (insert into staff (name, kana) values ($1, $2) returning id)
     insert into users (staff_id, login, subject, created_at) select id, $3, $4, $5 from person returning id`,
    [staff.name, staff.kana, staff.login, staff.subject, clock.now()],
  )
  await tellStaff(
    act,
    'user-added',
    { userId: id, login: staff.login },
    { before: null, after: { login: staff.login, hasSubject: staff.subject !== null } },
  )
  return `${id}`
}

/**
 * ログインを止める: nobody logs in with it, every role ends at once. Throws USER-008 when it is stopped already, USER-009
 * when nobody would be 管理者.
 */
export async function disableLogin(act: StaffAct, userId: string, reason: string): Promise<void> {
  const { tx, user, clock } = act
  const target = await lockUser(tx, userId)
  if (target.isDisabled) throw new Fault('USER-008')
  const roles = await endAllRoles(act, target, reason)
  await tx.run(`update users set disabled_at = $2, disabled_by = $3 where id = $1`, [
    target.userId,
    clock.now(),
    user.userId,
  ])
  await tellStaff(act, 'user-disabled', target, {
    before: { isDisabled: false, roles },
    after: { isDisabled: true, roles: [] },
    reason,
  })
}

/** ログインを戻す: without any role; each is granted anew. Throws USER-008 when it is not stopped, USER-001 for one's own. */
export async function enableLogin(act: StaffAct, userId: string, reason: string): Promise<void> {
  const { tx, user } = act
  const target = await lockUser(tx, userId)
  if (!target.isDisabled) throw new Fault('USER-008')
  if (target.staffId === user.staffId) throw new Fault('USER-001')
  await tx.run(`update users set disabled_at = null, disabled_by = null where id = $1`, [target.userId])
  await tellStaff(act, 'user-enabled', target, { before: { isDisabled: true }, after: { isDisabled: false }, reason })
}
