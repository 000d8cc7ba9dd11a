import { openDatabase, type Database } from '#db/database.ts'
import { cloneDatabase, type TestDatabase } from '#tests/support/database.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let base: TestDatabase
let db: Database
beforeAll(async () => {
  base = await cloneDatabase()
  db = openDatabase(base.appUrl, { isPipelined: true, max: 2 })
})
afterAll(async () => {
  await db.close()
  await base.drop()
})

const counters = () => db.rows<{ flow: string }>(`select flow from run_counters order by flow`)
const insert = `insert into run_counters (flow, fiscal_year, last) values ($1, 2026, 1)`

describe('a pipelined transaction', () => {
  it('commits statements that were sent together', async () => {
    const counts = await db.tx((tx) => Promise.all(['a', 'b', 'c'].map((flow) => tx.run(insert, [flow]))))
    expect(counts).toEqual([1, 1, 1])
    expect(await counters()).toEqual([{ flow: 'a' }, { flow: 'b' }, { flow: 'c' }])
  })
  it('undoes all of them when one fails, and tells that one', async () => {
    const failing = db.tx((tx) => Promise.all([tx.run(insert, ['d']), tx.run(insert, ['a']), tx.run(insert, ['e'])]))
    await expect(failing).rejects.toMatchObject({ code: '23505' }) // unique_violation
    expect(await counters()).toHaveLength(3)
    expect(await db.tx((tx) => tx.run(insert, ['d']))).toBe(1) // the connection is of use again
  })
  it('tells the lock that was not given, not what could not be done without it', async () => {
    const holds = Promise.withResolvers<undefined>()
    const held = Promise.withResolvers<undefined>()
    const holder = db.tx(async (tx) => {
      await tx.run('select pg_advisory_xact_lock(4711)')
      held.resolve(undefined)
      await holds.promise
    })
    await held.promise
    const waiter = db.tx(
      (tx) => tx.run(insert, ['f']),
      `set local lock_timeout = '50ms'; select pg_advisory_xact_lock(4711)`,
    )
    await expect(waiter).rejects.toMatchObject({ code: '55P03' }) // lock_not_available
    holds.resolve(undefined)
    await holder
    expect((await counters()).map(({ flow }) => flow)).not.toContain('f')
  })
})
