import { userBySubject } from '#access/users.ts'
import { staffFirst } from '#tools/verbs/staff-first.ts'
import type { VerbContext } from '#tools/verbs/verb.ts'
import { openTestOffice, type TestOffice } from '#tests/support/intake.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

// An office of its own begins with nobody: architecture §9, rights are of persons, two for what matters.
let office: TestOffice
let isSample = false
const said: string[] = []
beforeAll(async () => {
  office = await openTestOffice('2026-11-13T00:00:00.000Z')
})
afterAll(() => office.close())
const koki = (...words: string[]): Promise<number> =>
  staffFirst.run(words, {
    database: async () => office.db,
    clock: office.clock,
    isSample,
    print: (line: string) => void said.push(line),
  } as unknown as VerbContext) // the verb touches nothing else

describe('koki staff first', () => {
  it('registers two administrators, who may log in from today, as events without their names', async () => {
    expect(await koki('kanri1', '--subject', 's-1', '--name', '見本 太郎')).toBe(0)
    expect(await koki('kanri2', '--subject', 's-2', '--name', '見本 花子')).toBe(0)
    expect(await userBySubject(office.db, 's-1', office.clock.today())).toMatchObject({
      login: 'kanri1',
      roles: ['kanri'],
    })
    const events = await office.db.rows<{ kind: string; payload: string }>(
      `select kind, payload from audit_events order by id`,
    )
    expect(events.map(({ kind }) => kind)).toEqual(['user-added', 'role-granted', 'user-added', 'role-granted'])
    expect(events.map(({ payload }) => payload).join()).not.toContain('見本')
  })

  it('registers no third, and nobody in a sample', async () => {
    await expect(koki('kanri3', '--subject', 's-3', '--name', '見本 次郎')).rejects.toMatchObject({ code: 'USER-013' })
    isSample = true
    expect(await koki('kanri4', '--subject', 's-4', '--name', '見本 三郎')).toBe(1)
    expect(await office.db.one(`select count(*) as n from users`)).toEqual({ n: 2n })
  })

  it('needs its words', async () => {
    for (const words of [[], ['kanri1'], ['Kanri', '--subject', 's', '--name', 'n'], ['kanri1', '--other', 'x']])
      expect(await koki(...words)).toBe(2)
  })
})
