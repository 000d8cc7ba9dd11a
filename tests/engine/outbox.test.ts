import { clearAlarms, openAlarms, raiseAlarm } from '#engine/alarms.ts'
import { dispatchNext, startDispatcher } from '#engine/dispatcher.ts'
import { currentEpoch, ensureEpoch, raiseEpoch } from '#engine/epoch.ts'
import type { EngineLog } from '#engine/log.ts'
import { enqueue, type OutboxRequest } from '#engine/outbox.ts'
import { openDatabase, type Database } from '#db/database.ts'
import { bareRun } from '#tests/support/bare-run.ts'
import { fixedClock } from '#tests/support/clock.ts'
import { cloneDatabase, type TestDatabase } from '#tests/support/database.ts'
import { fakeEngine } from '#tests/support/fake-engine.ts'
import { until } from '#tests/support/until.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

const silent: EngineLog = { info: () => undefined, warn: () => undefined, error: () => undefined }
const START = Date.parse('2026-11-13T01:00:00Z')

let base: TestDatabase
let db: Database
let clock = fixedClock('2026-11-13T01:00:00Z')
let engine = fakeEngine()
beforeAll(async () => {
  base = await cloneDatabase()
  db = openDatabase(base.appUrl)
  await ensureEpoch(db, clock)
})
beforeEach(async () => {
  await db.run(`delete from outbox`)
  await db.run(`delete from engine_heartbeat`)
  await clearAlarms(db, clock, 'exchanged')
  clock = fixedClock('2026-11-13T01:00:00Z')
  engine = fakeEngine()
})
afterAll(async () => {
  await db.close()
  await base.drop()
})

const at = (ms: number): void => clock.set(new Date(START + ms).toISOString())
const dispatch = (): Promise<boolean> => dispatchNext({ db, clock, engine: engine.port, log: silent })
const complete = async (jobKey: string, epoch?: number): Promise<void> => {
  const request: OutboxRequest = {
    kind: 'complete-job',
    dedupeKey: `complete/${jobKey}`,
    runId: null,
    epoch: epoch ?? (await currentEpoch(db)),
    payload: { jobKey, stepId: 'x/001', variables: { decision: 'ok', stepRunId: 's' } },
    clock,
  }
  await db.tx((tx) => enqueue(tx, request))
}
const row = () =>
  db.one<{ state: string; attempts: number; error: string | null; next: string }>(
    `select state, attempts, last_error as error, next_attempt_at as next from outbox`,
  )

describe('completing a job', () => {
  it('is done when the engine says so, and sent once', async () => {
    await complete('11')
    expect(await dispatch()).toBe(true)
    expect(await dispatch()).toBe(false)
    expect(engine.sent).toEqual([{ name: 'completeJob', args: ['11', { decision: 'ok', stepRunId: 's' }] }])
    expect(await row()).toMatchObject({ state: 'done', attempts: 1, error: null })
  })
  it('is done when the engine no longer knows the job', async () => {
    await complete('12')
    engine.answer({ kind: 'notFound', message: '5 NOT_FOUND: gone' })
    await dispatch()
    expect(await row()).toMatchObject({ state: 'done', error: '5 NOT_FOUND: gone' })
  })
  it('is tried again, later each time, while nobody knows what happened', async () => {
    await complete('13')
    engine.answer({ kind: 'unknown', message: 'no answer' }, { kind: 'unknown', message: 'no answer' })
    await dispatch()
    expect(await row()).toEqual({
      state: 'pending',
      attempts: 1,
      error: 'unknown: no answer',
      next: '2026-11-13T01:00:00.250Z',
    })
    expect(await dispatch()).toBe(false)
    at(250)
    await dispatch()
    expect(await row()).toMatchObject({ attempts: 2, next: '2026-11-13T01:00:00.750Z' })
    at(750)
    await dispatch()
    expect(await row()).toMatchObject({ state: 'done', attempts: 3 })
    expect(engine.sent).toHaveLength(3)
  })
  it('asked for again after it was done is sent again', async () => {
    await complete('14')
    await dispatch()
    await complete('14')
    await dispatch()
    expect(engine.sent).toHaveLength(2)
  })
  it('of an epoch that is over is dropped: its key is another job’s now', async () => {
    await complete('15', await currentEpoch(db))
    await db.tx((tx) => raiseEpoch(tx, clock, '試験'))
    await dispatch()
    expect(await row()).toMatchObject({ state: 'dropped', error: `epoch ${(await currentEpoch(db)) - 1} is over` })
    expect(engine.sent).toEqual([])
  })
  it('waits while the engine’s data are exchanged', async () => {
    await complete('16')
    await raiseAlarm(db, clock, 'exchanged', '試験')
    expect(await dispatch()).toBe(false)
    await db.tx((tx) => raiseEpoch(tx, clock, '試験'))
    expect(await dispatch()).toBe(true)
  })
  it('keeps what went wrong when our own code throws', async () => {
    await complete('17')
    engine.onCommand = () => {
      throw new Error('a defect')
    }
    await dispatch()
    expect(await row()).toMatchObject({ state: 'pending', attempts: 1, error: 'unknown: a defect' })
  })
  it('goes out once though two dispatchers look at the same time', async () => {
    await complete('18')
    const other = openDatabase(base.appUrl)
    let release = (): void => undefined
    const held = new Promise<void>((resolve) => (release = resolve))
    engine.onCommand = () => held
    const first = dispatch()
    await until('the first one is sending', () => engine.sent.length === 1)
    expect(await dispatchNext({ db: other, clock, engine: engine.port, log: silent })).toBe(false)
    release()
    await first
    expect(engine.sent).toHaveLength(1)
    await other.close()
  })
  it('refuses variables that no engine would take', async () => {
    const huge = db.tx((tx) =>
      enqueue(tx, {
        kind: 'complete-job',
        dedupeKey: 'complete/19',
        runId: null,
        epoch: 1,
        payload: { jobKey: '19', stepId: 'x/001', variables: { text: 'あ'.repeat(100_000) } },
        clock,
      }),
    )
    await expect(huge).rejects.toThrow(RangeError)
    expect(await db.rows(`select from outbox`)).toEqual([])
  })
})

describe('starting a run', () => {
  const start = async (state: 'running' | 'cancelled' = 'running'): Promise<string> => {
    const runId = await bareRun(db, state)
    await db.tx((tx) =>
      enqueue(tx, {
        kind: 'start-run',
        dedupeKey: `start/${runId}`,
        runId,
        payload: { messageName: '5-2-tokusoku/start', runId, variables: { runId } },
        clock,
      }),
    )
    return runId
  }
  const beat = (sent: number, seen: number): Promise<number> =>
    db.run(
      `insert into engine_heartbeat (sent_number, sent_at, seen_number) values ($1, $3, $2)
       on conflict (one) do update set sent_number = $1, seen_number = $2`,
      [sent, seen, clock.now()],
    )

  it('is done when the run is bound, however it came about', async () => {
    const runId = await start()
    await db.run(`update runs set epoch = 1, process_instance_key = 77 where id = $1`, [runId])
    await dispatch()
    expect(engine.sent).toEqual([])
    expect(await row()).toMatchObject({ state: 'done' })
  })
  it('is dropped when the run was cancelled before', async () => {
    await start('cancelled')
    await dispatch()
    expect(engine.sent).toEqual([])
    expect(await row()).toMatchObject({ state: 'dropped' })
  })
  it('is published again only when the run is unbound and a heartbeat sent after the attempt has come back', async () => {
    // given
    await beat(5, 5)
    const runId = await start()
    await dispatch()
    expect(engine.sent).toEqual([{ name: 'publishStart', args: ['5-2-tokusoku/start', runId, { runId }] }])
    // when: only heartbeats from before have come back
    await beat(6, 5)
    at(1_000)
    await dispatch()
    expect(engine.sent).toHaveLength(1)
    // and when: a later one has, and the run is still unbound
    await beat(6, 6)
    at(2_000)
    await dispatch()
    expect(engine.sent).toHaveLength(2)
    // then: the second attempt waits for its own heartbeat
    at(3_000)
    await dispatch()
    expect(engine.sent).toHaveLength(2)
  })
  it('without an answer waits until the command has surely happened or never will', async () => {
    await beat(5, 5)
    await start()
    engine.answer({ kind: 'unknown', message: 'no answer' })
    await dispatch()
    await beat(9, 9)
    at(19_999)
    expect(await dispatch()).toBe(false)
    at(20_000)
    await dispatch()
    expect(engine.sent).toHaveLength(1)
    await beat(10, 10)
    at(21_000)
    await dispatch()
    expect(engine.sent).toHaveLength(2)
  })
})

describe('the dispatcher', () => {
  it('wakes for a new row, and tells when something is old', async () => {
    const running = await startDispatcher({ db, clock, engine: engine.port, log: silent })
    await complete('21')
    await until('sent', () => engine.sent.length === 1, 900)
    await until('done', async () => (await row()).state === 'done')
    await running.stop()
    // given: an old row that was refused several times
    await complete('22')
    await db.run(
      `update outbox set attempts = 3, next_attempt_at = next_attempt_at + interval '1 day' where state = 'pending'`,
    )
    at(61_000)
    const again = await startDispatcher({ db, clock, engine: engine.port, log: silent })
    await until('an alarm', async () => (await openAlarms(db)).some(({ kind }) => kind === 'outbox-late'))
    await again.stop()
    await db.run(`delete from outbox`)
    const third = await startDispatcher({ db, clock, engine: engine.port, log: silent })
    await until('no alarm', async () => (await openAlarms(db)).length === 0)
    await third.stop()
    expect(engine.sent.map(({ args }) => args[0])).toEqual(['21'])
  })
})
