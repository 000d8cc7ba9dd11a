import type { Clock } from '#kernel/clock.ts'
import { Fault } from '#kernel/faults.ts'
import type { PlainDate } from '#kernel/plain-date.ts'
import { appendEvent } from '#audit/append.ts'
import type { Change, StaffEventKind } from '#audit/events.ts'
import type { Tx } from '#db/database.ts'
import { actorOf } from '#runtime/actor.ts'
import type { CurrentUser } from '../users.ts'

/** Who changes something about the staff, inside the transaction of the change. */
export interface StaffAct {
  readonly tx: Tx
  readonly user: CurrentUser
  readonly clock: Clock
}

export interface LockedUser {
  readonly userId: bigint
  readonly staffId: bigint
  readonly login: string
  readonly isDisabled: boolean
}

/** The login, locked until the transaction ends. Throws USER-003. */
export async function lockUser(tx: Tx, userId: string): Promise<LockedUser> {
  const user = await tx.maybe<LockedUser>(
    `select id as "userId", staff_id as "staffId", login, disabled_at is not null as "isDisabled" from users
     where id = $1 for update`,
    [userId],
  )
  if (user === null) throw new Fault('USER-003')
  return user
}

/** 記録: what was before and what is after. Names of persons stay out; the login says who. */
export const tellStaff = (
  { tx, user, clock }: StaffAct,
  kind: StaffEventKind,
  about: { readonly userId: bigint; readonly login: string } | null,
  change: Change,
): Promise<bigint> =>
  appendEvent(tx, {
    at: clock.now(),
    kind,
    actor: actorOf(user),
    subjects: about === null ? [] : [{ kind: 'user', id: `${about.userId}` }],
    payload: { login: about?.login ?? null, ...change },
  })

/** A span of days that begins before it ends. Throws USER-005. */
export function checkSpan(from: PlainDate, to: PlainDate | null): void {
  if (to !== null && to < from) throw new Fault('USER-005', { detail: '終わりの日が始めの日より前です' })
}
