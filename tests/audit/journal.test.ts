import { appendEvent } from '#audit/append.ts'
import { SYSTEM, type AuditEvent } from '#audit/events.ts'
import { exportJournal } from '#audit/export.ts'
import { startSealer, type Sealer } from '#audit/sealer.ts'
import { verifyExport } from '#audit/verify-file.ts'
import { verifyJournal } from '#audit/verify.ts'
import { openDatabase, type Database } from '#db/database.ts'
import type { PlainDate } from '#kernel/plain-date.ts'
import { cloneDatabase, type TestDatabase } from '#tests/support/database.ts'
import { temporaryFolder } from '#tests/support/temporary.ts'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let database: TestDatabase
let app: Database
let owner: Database
let sealer: Sealer
let folder: string
const logged: string[] = []
let now = '2026-11-16T01:00:00.000Z'
const clock = {
  now: () => now,
  today: () => new Date(Date.parse(now) + 9 * 3_600_000).toISOString().slice(0, 10) as PlainDate,
}

const login = (session: string): AuditEvent => ({
  at: clock.now(),
  kind: 'login',
  actor: { userId: 7n, name: 'tantou', terminal: 'KOKI-07' },
  subjects: [{ kind: 'user', id: '7' }],
  payload: { session },
})
const write = (session: string): Promise<bigint> => app.tx((tx) => appendEvent(tx, login(session)))

beforeAll(async () => {
  database = await cloneDatabase()
  app = openDatabase(database.appUrl)
  owner = openDatabase(database.ownerUrl)
  folder = temporaryFolder()
  sealer = startSealer(app, clock, (line) => logged.push(line), { everyMs: 3_600_000 }) // passes are called by hand
})
afterAll(async () => {
  await sealer.stop()
  await app.close()
  await owner.close()
  await database.drop()
  rmSync(folder, { recursive: true })
  expect(logged).toEqual([])
})

/** As koki_owner with triggers off: what somebody with the disk in hand could do. */
const tamper = (sql: string): Promise<void> =>
  owner.tx(async (tx) => {
    const tables = ['audit_events', 'audit_seals']
    for (const table of tables) await tx.run(`alter table ${table} disable trigger user`)
    await tx.run(sql)
    for (const table of tables) await tx.run(`alter table ${table} enable trigger user`)
  })

async function exported(name: string): Promise<string> {
  const path = join(folder, name)
  let text = ''
  for await (const line of exportJournal(app, clock, { from: null, to: null })) text += line
  writeFileSync(path, text)
  return path
}

describe('the journal', () => {
  it('stores the canonical text of an event with its hash', async () => {
    const id = await write('s-1')
    const row = await app.one<{ payload: string; hash: string; subject_id: string }>(
      'select payload, hash, subject_id from audit_events where id = $1',
      [id],
    )
    expect(row.payload).toBe(
      '{"actor":{"name":"tantou","terminal":"KOKI-07","userId":"7"},"at":"2026-11-16T01:00:00.000Z","kind":"login",' +
        '"payload":{"session":"s-1"},"runId":null,"stepRunId":null,"subjects":[{"id":"7","kind":"user"}],"taskId":null}',
    )
    // sha256 of the text above, computed with `sha256sum`
    expect(row.hash).toBe('21c6877e78d7449f30aa536fa94b0a4f08111ec763f886e12829ff35aa867d58')
    expect(row.subject_id).toBe('7')
  })

  it('writes no event when the business transaction rolls back', async () => {
    const before = await app.one<{ n: bigint }>('select count(*) as n from audit_events')
    const failing = app.tx(async (tx) => {
      await appendEvent(tx, login('never'))
      throw new Error('business failed')
    })
    await expect(failing).rejects.toThrow('business failed')
    expect(await app.one('select count(*) as n from audit_events')).toEqual(before)
    expect(await app.rows(`select from audit_unsealed where event_id > 1`)).toEqual([])
  })

  it('seals what commits later although its number is lower', async () => {
    // given a transaction that took its event number first and commits last
    let release: () => void = () => undefined
    const held = new Promise<void>((resolve) => (release = resolve))
    let early = 0n
    let taken: () => void = () => undefined
    const isTaken = new Promise<void>((resolve) => (taken = resolve))
    const slow = app.tx(async (tx) => {
      early = await appendEvent(tx, login('slow'))
      taken()
      await held
    })
    await isTaken
    const late = await write('fast')
    // when the sealer passes before and after its commit
    await sealer.sealNow()
    release()
    await slow
    await sealer.sealNow()
    // then both are sealed, in the order in which they became visible
    expect(early < late).toBe(true)
    const seals = await app.rows<{ id: bigint }>('select event_id as id from audit_seals order by number')
    expect(seals.map(({ id }) => id).slice(-2)).toEqual([late, early])
    expect(await verifyJournal(app)).toEqual({ checked: 3n, unsealed: 0n, firstBad: null })
  })

  it('lets one process seal at a time and chains without a gap', async () => {
    const other = startSealer(app, clock, (line) => logged.push(line), { everyMs: 3_600_000 })
    await Promise.all(Array.from({ length: 40 }, (_, n) => write(`many-${n}`)))
    await Promise.all([sealer.sealNow(), other.sealNow(), sealer.sealNow(), other.sealNow()])
    await sealer.sealNow()
    await other.stop()
    const { first, last, count } = await app.one<{ first: bigint; last: bigint; count: bigint }>(
      'select min(number) as first, max(number) as last, count(*) as count from audit_seals',
    )
    expect({ first, last, count }).toEqual({ first: 1n, last: 43n, count: 43n })
    expect((await verifyJournal(app)).firstBad).toBeNull()
  })

  it('writes the head of a finished day', async () => {
    now = '2026-11-16T15:00:01.000Z' // 2026-11-17 00:00:01 in Tokyo
    await write('next day')
    await sealer.sealNow()
    const head = await app.one('select day, last_number from audit_day_heads')
    expect(head).toEqual({ day: '2026-11-16', last_number: 43n })
  })

  it('names the first bad row of a database: changed text, changed column, cut chain, cut tail', async () => {
    await tamper(`update audit_events set payload = replace(payload, 'KOKI-07', 'KOKI-99') where id = 1`)
    expect((await verifyJournal(app)).firstBad).toEqual({
      number: 1n,
      eventId: 1n,
      message: '記録の内容が封印したときと違います。',
    })
    await tamper(`update audit_events set payload = replace(payload, 'KOKI-99', 'KOKI-07') where id = 1`)
    await tamper(`update audit_events set actor = 'kakaricho' where id = 1`)
    expect((await verifyJournal(app)).firstBad).toMatchObject({
      number: 1n,
      message: '記録の欄が封印した内容と違います。',
    })
    await tamper(`update audit_events set actor = 'tantou' where id = 1`)
    await tamper(`create table kept as select * from audit_seals; delete from audit_seals where number = 20`)
    expect((await verifyJournal(app)).firstBad).toMatchObject({ number: 21n, message: '封印 20 がありません。' })
    await tamper(`insert into audit_seals select * from kept where number = 20`)
    expect((await verifyJournal(app)).firstBad).toBeNull()
    await tamper(`delete from audit_seals where number >= 43`)
    expect((await verifyJournal(app)).firstBad).toMatchObject({
      number: 43n,
      message: '2026-11-16 の終わりの封印が日の記録と違います。',
    })
    await tamper(`insert into audit_seals select * from kept where number >= 43`)
    expect((await verifyJournal(app)).firstBad).toBeNull()
  })

  it('exports what verifies without the server, and finds one changed letter', async () => {
    const path = await exported('sound.jsonl')
    expect(await verifyExport(path)).toEqual({ exportedAt: now, checked: 44n, firstBad: null })
    const lines = readFileSync(path, 'utf8').split('\n')
    writeFileSync(path, lines.map((line, n) => (n === 12 ? line.replace('tantou', 'tantoo') : line)).join('\n'))
    const found = await verifyExport(path)
    expect(found.checked).toBe(11n)
    expect(found.firstBad).toMatchObject({ number: 12n, message: '記録の内容が封印したときと違います。' })
    writeFileSync(path, lines.filter((_, n) => n !== 30).join('\n'))
    expect((await verifyExport(path)).firstBad).toMatchObject({ number: 31n, message: '封印 30 がありません。' })
    writeFileSync(path, 'no export')
    await expect(verifyExport(path)).rejects.toThrow('書き出した記録として読めません(1行目)')
  })

  it('refuses change and removal by the product itself', async () => {
    await expect(app.run(`update audit_events set actor = 'x'`)).rejects.toThrow('permission denied')
    await expect(app.run('delete from audit_seals')).rejects.toThrow('permission denied')
    await expect(app.run('delete from audit_event_subjects')).rejects.toThrow('permission denied')
    await expect(owner.run(`update audit_events set actor = 'x'`)).rejects.toThrow('rows of audit_events never change')
  })

  it('is written by the system too', async () => {
    const id = await app.tx((tx) =>
      appendEvent(tx, {
        at: now,
        kind: 'clock-moved',
        actor: SYSTEM,
        payload: { from: '2026-11-13', to: '2026-11-16' },
      }),
    )
    const { actor } = await app.one<{ actor: string }>('select actor from audit_events where id = $1', [id])
    expect(actor).toBe('システム')
  })
})
