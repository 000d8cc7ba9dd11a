import { ensureDemoUsers } from '#access/demo-users.ts'
import { absentUsersOf, personsOf, unitsOf } from '#access/persons.ts'
import { openDatabase, type Database } from '#db/database.ts'
import { plainDateOf } from '#kernel/plain-date.ts'
import { fixedClock } from '#tests/support/clock.ts'
import { cloneDatabase, type TestDatabase } from '#tests/support/database.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

// 2026-08-14 is a Friday: the sample's deputy stands in from Monday 8/17 to Friday 8/21.
let base: TestDatabase
let app: Database
const idOf = async (login: string): Promise<bigint> =>
  (await app.one<{ id: bigint }>(`select id from users where login = $1`, [login])).id
const staffOf = async (login: string): Promise<bigint> =>
  (await app.one<{ id: bigint }>(`select staff_id as id from users where login = $1`, [login])).id
const day = plainDateOf

beforeAll(async () => {
  base = await cloneDatabase()
  app = openDatabase(base.appUrl)
  const clock = fixedClock('2026-08-14T01:00:00.000Z')
  await ensureDemoUsers(app, clock)
  await ensureDemoUsers(app, clock)
})
afterAll(async () => {
  await app.close()
  await base.drop()
})

describe('a deputy', () => {
  it('counts as both persons on the days of the 代理 and as one on the days beside it', async () => {
    const [me, absent] = [await staffOf('tantou2'), await staffOf('tantou')]
    const both = [me, absent].toSorted((a, b) => Number(a - b))
    const deputy = await idOf('tantou2')
    expect(await personsOf(app, deputy, day('2026-08-16'))).toEqual([me])
    expect(await personsOf(app, deputy, day('2026-08-17'))).toEqual(both)
    expect(await personsOf(app, deputy, day('2026-08-21'))).toEqual(both)
    expect(await personsOf(app, deputy, day('2026-08-22'))).toEqual([me])
    expect(await personsOf(app, await idOf('tantou'), day('2026-08-17'))).toEqual([absent])
  })
  it('may hold the tasks of the absent person on those days', async () => {
    expect(await absentUsersOf(app, await idOf('tantou2'), day('2026-08-17'))).toEqual([await idOf('tantou')])
    expect(await absentUsersOf(app, await idOf('tantou2'), day('2026-08-22'))).toEqual([])
  })
  it('is compared by the days of the two acts', async () => {
    const same = async (dayA: string, dayB: string): Promise<boolean> =>
      (
        await app.one<{ same: boolean }>(`select is_one_person($1, $2, $3, $4) as same`, [
          await idOf('tantou'),
          dayA,
          await idOf('tantou2'),
          dayB,
        ])
      ).same
    expect(await same('2026-08-14', '2026-08-18')).toBe(true)
    expect(await same('2026-08-18', '2026-08-14')).toBe(false)
  })
})

describe('係', () => {
  it('of a login with 兼務 are two', async () => {
    const [one, two] = [`${await idOf('tantou')}`, `${await idOf('kakaricho2')}`]
    const units = await unitsOf(app, [one, two], day('2026-08-14'))
    expect([units.get(one)?.length, units.get(two)?.length]).toEqual([1, 2])
    expect((await unitsOf(app, [one], day('2025-12-31'))).size).toBe(0)
  })
})

describe('the books refuse', () => {
  it('a deputy approved by one of the two', async () => {
    await expect(
      app.run(
        `insert into deputies (absent_user_id, deputy_user_id, from_on, to_on, reason, recorded_by, recorded_at, approved_by, approved_at)
         values ($1, $2, '2026-09-01', '2026-09-02', '休暇', $1, '2026-08-14T01:00:00Z', $2, '2026-08-14T01:00:00Z')`,
        [await idOf('kakaricho'), await idOf('kakaricho2')],
      ),
    ).rejects.toThrow(/approved by a third|deputies_check/)
  })
  it('a role that somebody grants themselves, and one that a single person grants and approves', async () => {
    const insert = async (user: string, granted: string, approved: string): Promise<number> =>
      app.run(
        `insert into user_roles (user_id, role, valid_from, granted_by, recorded_at, approved_by, approved_at)
         values ($1, 'kansa', '2026-09-01', $2, '2026-08-14T01:00:00Z', $3, '2026-08-14T01:00:00Z')`,
        [await idOf(user), await idOf(granted), await idOf(approved)],
      )
    await expect(insert('kanri', 'kanri', 'kakaricho')).rejects.toThrow('nobody grants themselves')
    await expect(insert('tantou', 'kanri', 'kanri')).rejects.toThrow('granted and approved by one person')
    expect(await insert('tantou', 'kanri', 'kakaricho')).toBe(1)
  })
  it('a change of what is recorded, and its removal', async () => {
    await expect(app.run(`update deputies set reason = '出張'`)).rejects.toThrow('never changes')
    await expect(app.run(`delete from deputies`)).rejects.toThrow('permission denied')
    await expect(app.run(`update user_roles set role = 'kanri'`)).rejects.toThrow('never changes')
    expect(await app.run(`update user_roles set valid_to = '2026-12-31' where role = 'kansa'`)).toBe(2)
  })
})
