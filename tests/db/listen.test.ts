import { openDatabase, type Database } from '#db/database.ts'
import { cloneDatabase, type TestDatabase } from '#tests/support/database.ts'
import { until } from '#tests/support/until.ts'
import { wireTo, type Wire } from '#tests/support/wire.ts'
import { afterEach, beforeEach, expect, it } from 'vitest'

// A server that is away for a while, behind a wire that can be cut.
let base: TestDatabase
let db: Database
let wire: Wire

beforeEach(async () => {
  base = await cloneDatabase()
  db = openDatabase(base.appUrl)
  wire = await wireTo(base.appUrl)
})
afterEach(async () => {
  await wire.close()
  await db.close()
  await base.drop()
})

it('after a long outage one connection listens, and each message comes once', async () => {
  // given
  const behind = openDatabase(wire.url)
  const heard: string[] = []
  const listener = await behind.listen('news', (message) => void heard.push(message))
  // when: nobody answers for ten attempts
  wire.cut()
  const startedAt = performance.now()
  await until('ten attempts', () => wire.attempts() >= 10, 30_000)
  const seconds = (performance.now() - startedAt) / 1000
  wire.join()
  // then: they came one after the other, not twice as many each time
  expect(seconds).toBeGreaterThan(2)
  const listening = () =>
    db.rows(`select pid from pg_stat_activity where application_name = 'koki-listen' and datname = current_database()`)
  await until('it listens again', async () => (await listening()).length > 0)
  await until('a message is heard', async () => {
    await db.run(`select pg_notify('news', 'first')`)
    return heard.length > 0
  })
  heard.length = 0
  await db.run(`select pg_notify('news', 'second')`)
  await until('it is heard', () => heard.includes('second'))
  expect(heard.filter((message) => message === 'second')).toEqual(['second'])
  expect(await listening()).toHaveLength(1)
  await listener.stop()
  await behind.close()
})
