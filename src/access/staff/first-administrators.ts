import type { Clock } from '#kernel/clock.ts'
import { Fault } from '#kernel/faults.ts'
import { appendEvent } from '#audit/append.ts'
import { SYSTEM } from '#audit/events.ts'
import type { Database } from '#db/database.ts'

/** So many can then grant and approve each other's successors; further ones come by two persons as everybody else. */
const AT_MOST = 2

export interface FirstAdministrator {
  readonly login: string
  readonly name: string
  /** `sub` of the office's identity provider. */
  readonly subject: string
}

/**
 * 最初の管理者: an office that nobody works in yet has nobody who could register anybody. By command line only, and while
 * fewer than two persons have ever been 管理者. Faults: USER-013 there are two, USER-004 login or subject are taken.
 */
export async function addFirstAdministrator(db: Database, clock: Clock, staff: FirstAdministrator): Promise<void> {
  const { login, name, subject } = staff
  await db.tx(async (tx) => {
    await tx.run(`select pg_advisory_xact_lock(hashtextextended('koki first administrators', 0))`)
    const { persons } = await tx.one<{ persons: number }>(
      `select count(distinct u.staff_id)::int as persons from user_roles r join users u on u.id = r.user_id where r.role = 'kanri'`,
    )
    if (persons >= AT_MOST) throw new Fault('USER-013')
    const taken = await tx.maybe(`select 1 from users where login = $1 or subject = $2 limit 1`, [login, subject])
    if (taken !== null) throw new Fault('USER-004', { login })
    const { id } = await tx.one<{ id: bigint }>(
      `with person as (insert into staff (name) values ($1) returning id),
            login as (insert into users (staff_id, login, subject, created_at)
                      select id, $2, $3, $4::timestamptz from person returning id)
       insert into user_roles (user_id, role, valid_from, recorded_at, reason)
       select id, 'kanri', $5, $4::timestamptz, '最初の管理者' from login returning user_id as id`,
      [name, login, subject, clock.now(), clock.today()],
    )
    const envelope = {
      at: clock.now(),
      actor: { ...SYSTEM, terminal: 'koki' },
      subjects: [{ kind: 'user', id: `${id}` }],
    } as const
    await appendEvent(tx, {
      ...envelope,
      kind: 'user-added',
      payload: { login, before: null, after: { login, hasSubject: true } },
    })
    await appendEvent(tx, {
      ...envelope,
      kind: 'role-granted',
      payload: { login, before: null, after: { role: 'kanri', validFrom: clock.today() }, reason: '最初の管理者' },
    })
  })
}
