import { openDatabase, type Database } from '#db/database.ts'
import { cloneDatabase, type TestDatabase } from '#tests/support/database.ts'
import { until } from '#tests/support/until.ts'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { afterEach, beforeEach, expect, it } from 'vitest'

// A server that is away for a while, behind a wire that can be cut.
let base: TestDatabase
let db: Database
let wire: Server
let isCut = false
let attempts = 0
const sockets = new Set<Socket>()

beforeEach(async () => {
  base = await cloneDatabase()
  db = openDatabase(base.appUrl)
  const target = new URL(base.appUrl)
  wire = createServer((from) => {
    attempts += 1
    if (isCut) return void from.destroy()
    const to = connect(Number(target.port), target.hostname)
    for (const [socket, other] of [
      [from, to],
      [to, from],
    ] as const) {
      sockets.add(socket)
      socket.on('error', () => undefined).on('close', () => other.destroy())
      socket.pipe(other)
    }
  })
  await new Promise<void>((ready) => wire.listen(0, '127.0.0.1', ready))
})
afterEach(async () => {
  for (const socket of sockets) socket.destroy()
  await new Promise((closed) => wire.close(closed))
  await db.close()
  await base.drop()
})

it('after a long outage one connection listens, and each message comes once', async () => {
  // given
  const address = wire.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const url = new URL(base.appUrl)
  url.port = String(address.port)
  const behind = openDatabase(url.href)
  const heard: string[] = []
  const listener = await behind.listen('news', (message) => void heard.push(message))
  // when: nobody answers for ten attempts
  isCut = true
  attempts = 0
  for (const socket of sockets) socket.destroy()
  const startedAt = performance.now()
  await until('ten attempts', () => attempts >= 10, 30_000)
  const seconds = (performance.now() - startedAt) / 1000
  isCut = false
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
