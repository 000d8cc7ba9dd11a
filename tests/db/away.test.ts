import { DatabaseAway, isDatabaseAway } from '#db/away.ts'
import { openDatabase, type Database, type Tx } from '#db/database.ts'
import { cloneDatabase, type TestDatabase } from '#tests/support/database.ts'
import { wireTo, type Wire } from '#tests/support/wire.ts'
import { setTimeout as rest } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

let base: TestDatabase
let wire: Wire
let db: Database

beforeAll(async () => {
  base = await cloneDatabase()
  wire = await wireTo(base.ownerUrl)
  db = openDatabase(wire.url)
})
afterEach(() => wire.join())
afterAll(async () => {
  await db.close()
  await wire.close()
  await base.drop()
})
const failureOf = (work: (tx: Tx) => Promise<unknown>): Promise<unknown> =>
  db.tx(work).then(
    () => null,
    (error: unknown) => error,
  )
async function* endless(): AsyncGenerator<readonly [number]> {
  for (let n = 0; ; n++) {
    if (n === 1_000) wire.cut()
    if (n % 1_000 === 0) await rest(1)
    yield [n]
  }
}

describe('given a transaction whose connection breaks, then the failure says that the database is away', () => {
  it.each<[string, (tx: Tx) => Promise<unknown>]>([
    ['while a statement is at work', (tx) => Promise.all([tx.rows('select pg_sleep(5)'), rest(50).then(wireCut)])],
    [
      'between two statements',
      async (tx) => {
        wireCut()
        await rest(50)
        await tx.rows('select 1')
      },
    ],
    [
      'before the commit',
      async () => {
        wireCut()
        await rest(50)
      },
    ],
    [
      'while rows are copied in',
      async (tx) => {
        await tx.run('create temporary table numbers (n integer)')
        await tx.copyIn('numbers', ['n'], endless())
      },
    ],
  ])('%s', async (_, work) => {
    const error = await failureOf(work)
    expect(error).toBeInstanceOf(DatabaseAway)
    expect(isDatabaseAway(error)).toBe(true)
  })
  const wireCut = (): void => wire.cut()
})

describe('given other failures, then it does not', () => {
  it.each<[string, (tx: Tx) => Promise<unknown>]>([
    ['a mistake of ours', () => Promise.reject(new TypeError('x is not a function'))],
    ['a statement that the server refuses', (tx) => tx.rows('select 1/0')],
  ])('%s', async (_, work) => {
    expect(isDatabaseAway(await failureOf(work))).toBe(false)
  })
})

it('given no connection at all, then the failure says so too', async () => {
  wire.cut()
  expect(isDatabaseAway(await failureOf((tx) => tx.rows('select 1')))).toBe(true)
})
