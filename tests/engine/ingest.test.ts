import { openAlarms } from '#engine/alarms.ts'
import { bindingProjector } from '#engine/binding.ts'
import { ensureEpoch, raiseEpoch } from '#engine/epoch.ts'
import { engineAge, startHeartbeat } from '#engine/heartbeat.ts'
import { ingestApp } from '#engine/ingest/listener.ts'
import type { EngineLog } from '#engine/log.ts'
import type { Projector } from '#engine/projector.ts'
import { openDatabase, type Database } from '#db/database.ts'
import { tasksProjector } from '#tasklist/projector.ts'
import { endNameOf } from '#trace/queries/end-event.ts'
import { bareRun } from '#tests/support/bare-run.ts'
import { fixedClock } from '#tests/support/clock.ts'
import { cloneDatabase, type TestDatabase } from '#tests/support/database.ts'
import { bulkOf, heartbeat, recordText, runBegins, userTask, type MadeRecord } from '#tests/support/engine-records.ts'
import { fakeEngine } from '#tests/support/fake-engine.ts'
import { until } from '#tests/support/until.ts'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

const TOKEN = 'secret'
const AUTHORIZATION = `Basic ${Buffer.from(`zeebe:${TOKEN}`).toString('base64')}`
const clock = fixedClock('2026-11-13T01:00:00Z')
const silent: EngineLog = { info: () => undefined, warn: () => undefined, error: () => undefined }
/** Counts, and cannot take records of the intent 'BROKEN'. */
const fragile: Projector = {
  name: 'fragile',
  valueTypes: ['ERROR'],
  async project(record, tx) {
    await tx.run(`insert into run_counters (flow, fiscal_year, last) values ($1, 2026, 1)`, [`p${record.position}`])
    if (record.intent === 'BROKEN') throw new Error('cannot take this')
  },
}

let base: TestDatabase
let db: Database
let app: FastifyInstance
let epoch = 0
beforeAll(async () => {
  base = await cloneDatabase()
  db = openDatabase(base.appUrl, { isPipelined: true })
  await ensureEpoch(db, clock)
  const projectors = [bindingProjector(clock, endNameOf), tasksProjector(clock, (stepId) => `名 ${stepId}`), fragile]
  app = ingestApp({ db, clock, log: silent, projectors, token: TOKEN })
})
/** Each test has an epoch of its own: positions start anew. */
beforeEach(async () => {
  epoch = await db.tx((tx) => raiseEpoch(tx, clock, '試験'))
})
afterAll(async () => {
  await app.close()
  await db.close()
  await base.drop()
})

const post = (records: readonly MadeRecord[], authorization = AUTHORIZATION) =>
  app.inject({
    method: 'POST',
    url: '/_bulk',
    headers: { authorization, 'content-type': 'application/x-ndjson' },
    payload: bulkOf(records),
  })
const signal = (position: number, intent = 'BROADCASTED', more: Partial<MadeRecord> = {}): MadeRecord => ({
  position,
  valueType: 'SIGNAL',
  intent,
  value: '{}',
  ...more,
})
const stored = () =>
  db.rows<{ position: bigint; intent: string }>(
    `select position, intent from engine_records where epoch = $1 order by partition, position`,
    [epoch],
  )

describe('the dialect of the stock exporter', () => {
  it('answers a bulk item by item', async () => {
    const answer = await post([signal(1), signal(2)])
    expect(answer.statusCode).toBe(200)
    expect(answer.headers['x-elastic-product']).toBe('Elasticsearch')
    expect(answer.json()).toMatchObject({
      errors: false,
      items: [
        { index: { _index: 'zeebe-record_x', _id: '1-1', status: 201 } },
        { index: { _index: 'zeebe-record_x', _id: '1-2', status: 201 } },
      ],
    })
  })
  it.each([
    '/zeebe-record*/_settings?allow_no_indices=true',
    '/_component_template/zeebe-record',
    '/_index_template/x',
  ])('acknowledges PUT %s', async (url) => {
    const answer = await app.inject({
      method: 'PUT',
      url,
      headers: { authorization: AUTHORIZATION, 'content-type': 'application/json' },
      payload: '{"index":{}}',
    })
    expect([answer.statusCode, answer.json()]).toEqual([200, { acknowledged: true }])
  })
  it('refuses whoever does not know the token, and stores nothing', async () => {
    const wrong = `Basic ${Buffer.from('zeebe:guess').toString('base64')}`
    expect((await post([signal(1)], wrong)).statusCode).toBe(401)
    expect((await post([signal(1)], '')).statusCode).toBe(401)
    expect(await stored()).toEqual([])
  })
  it('refuses a bulk that it cannot read as a whole', async () => {
    const answer = await app.inject({
      method: 'POST',
      url: '/_bulk',
      headers: { authorization: AUTHORIZATION, 'content-type': 'application/x-ndjson' },
      payload: `${bulkOf([signal(1)])}{"delete":{"_id":"1"}}\n{}\n`,
    })
    expect(answer.statusCode).toBe(500)
    expect(await stored()).toEqual([])
  })
})

describe('records', () => {
  it('are stored once, however often they come', async () => {
    expect((await post([signal(1), signal(2)])).statusCode).toBe(200)
    expect((await post([signal(1), signal(2)])).statusCode).toBe(200)
    expect((await post([signal(2), signal(3), signal(3)])).statusCode).toBe(200)
    expect((await stored()).map(({ position }) => position)).toEqual([1n, 2n, 3n])
    expect(await openAlarms(db)).toEqual([])
  })
  it('are stored once when two bulks of the same come at the same time', async () => {
    const answers = await Promise.all(Array.from({ length: 6 }, () => post([signal(1), signal(2), signal(3)])))
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 200, 200, 200])
    expect(await stored()).toHaveLength(3)
  })
  it('keep keys beyond 2^53 exact, and their text as it came', async () => {
    const record = signal(1, 'BROADCASTED', {
      key: '9007199254740993',
      partition: 4,
      value: '{"processInstanceKey":9223372036854775807}',
    })
    await post([record])
    expect(
      await db.one(
        `select key, process_instance_key as instance, partition, record from engine_records where epoch = $1`,
        [epoch],
      ),
    ).toEqual({ key: 9007199254740993n, instance: 9223372036854775807n, partition: 4, record: recordText(record) })
  })
  it('with a NUL are stored as text', async () => {
    const text = String.raw`{"errorMessage":"before\u0000after","elementId":"a\u0000b"}`
    expect((await post([signal(1, 'CREATED', { value: text })])).statusCode).toBe(200)
    const row = await db.one<{ record: string; element: string }>(
      `select record, element_id as element from engine_records where epoch = $1`,
      [epoch],
    )
    expect(row.record).toContain(String.raw`before\u0000after`)
    expect(row.element).toBe('a␀b')
  })
  it('that do not continue what we know raise an alarm; everything is refused until the epoch is raised', async () => {
    await post([signal(1), signal(2)])
    // when: another data directory uses position 2 again
    const refused = await post([signal(2, 'OTHER'), signal(3)])
    // then
    expect(refused.statusCode).toBe(503)
    expect((await openAlarms(db)).map(({ kind, detail }) => [kind, detail])).toEqual([
      [
        'exchanged',
        `epoch ${epoch}, partition 1, position 2: SIGNAL OTHER 2 2026-11-13T00:00:00.002Z instead of SIGNAL BROADCASTED 2 2026-11-13T00:00:00.002Z`,
      ],
    ])
    expect((await post([signal(3)])).statusCode).toBe(503)
    expect(await stored()).toHaveLength(2)
    epoch = await db.tx((tx) => raiseEpoch(tx, clock, '試験: 新しいデータ'))
    expect((await post([signal(2, 'OTHER'), signal(3)])).statusCode).toBe(200)
    expect(await openAlarms(db)).toEqual([])
  })
  it('that were not stored before are no alarm when they are as old as what we know', async () => {
    // a heartbeat is never stored; a kind of record may be recorded since today only
    await post([heartbeat(1, 1, '2026-11-13T00:59:59.000Z'), signal(3)])
    expect((await post([heartbeat(1, 1, '2026-11-13T00:59:59.000Z'), signal(2), signal(3)])).statusCode).toBe(200)
    expect((await stored()).map(({ position }) => position)).toEqual([3n])
  })
  it('that were not stored before and are newer than what we know come from another data directory', async () => {
    await post([heartbeat(1, 1, '2026-11-13T00:59:59.000Z'), signal(3)])
    const later = Date.parse('2026-11-14T00:00:00Z')
    expect((await post([signal(1, 'CREATED', { at: later })])).statusCode).toBe(503)
    epoch = await db.tx((tx) => raiseEpoch(tx, clock, '試験'))
    await post([signal(3)])
    expect((await post([{ ...heartbeat(2, 1, '2026-11-14T00:00:00.000Z'), at: later }])).statusCode).toBe(503)
    await db.tx((tx) => raiseEpoch(tx, clock, '試験'))
  })
})

describe('a projector that fails', () => {
  it('loses only its own rows of that record; the record goes to quarantine with an alarm', async () => {
    await post(
      [11, 12, 13].map((position) => signal(position, position === 12 ? 'BROKEN' : 'CREATED', { valueType: 'ERROR' })),
    )
    expect(await stored()).toHaveLength(3)
    expect(
      (await db.rows<{ flow: string }>(`select flow from run_counters order by flow`)).map(({ flow }) => flow),
    ).toEqual(['p11', 'p13'])
    expect(await db.rows(`select position, projector, error from engine_quarantine where epoch = $1`, [epoch])).toEqual(
      [{ position: 12n, projector: 'fragile', error: 'cannot take this' }],
    )
    expect((await openAlarms(db)).map(({ kind, detail }) => [kind, detail])).toEqual([
      ['quarantine', `${epoch}/1/12 fragile`],
    ])
  })
})

describe('heartbeats', () => {
  const machine = (): number => Date.parse('2026-11-13T01:00:00.000Z')
  it('tell the age of our knowledge and are not stored', async () => {
    await db.run(`insert into engine_heartbeat (sent_number, sent_at, seen_number) values (7, $1, 0)`, [clock.now()])
    expect(await engineAge(db, machine)).toBeNull()
    await post([heartbeat(1, 7, '2026-11-13T00:59:57.500Z'), heartbeat(2, 6, '2026-11-13T00:59:55.500Z')])
    expect(await engineAge(db, machine)).toBe(4_500)
    await post([heartbeat(3, 7, '2026-11-13T00:59:57.500Z')])
    expect(await engineAge(db, machine)).toBe(2_500)
    expect(await stored()).toEqual([])
    expect(await db.one(`select position from engine_positions where epoch = $1`, [epoch])).toEqual({ position: 3n })
  })
  it('are measured by the machine, not by a day that was moved ahead', async () => {
    clock.set('2026-11-20T00:00:00.000Z')
    expect(await engineAge(db, machine)).toBe(2_500)
    clock.set('2026-11-13T01:00:00.000Z')
  })
})

describe('heartbeats of several partitions', () => {
  const machine = (): number => Date.parse(clock.now())
  it('tell the age of the one that lags, and nothing while one has never come back', async () => {
    // given: a cluster of two partitions
    await db.run(`delete from engine_heartbeat`)
    await db.run(`delete from engine_heartbeats_seen`)
    const engine = fakeEngine()
    engine.port.topology = async () => ({ kind: 'done', value: { version: 'x', partitions: 2, brokers: 2 } })
    const beats = startHeartbeat({ db, engine: engine.port, log: silent, everyMs: 60_000 })
    const sent = await until('both are sent', () => (engine.sent.length === 2 ? engine.sent : null))
    await beats.stop()
    // the engine counts by the hash of the key: these two are on partition 1 and 2 of two (Java's String hash of the bytes)
    expect(sent.map(({ args }) => (args[0] as { correlationKey: string }).correlationKey)).toEqual(['koki-1', 'koki-0'])
    await db.run(`update engine_heartbeat set sent_number = 2`)
    const beat = (partition: number, position: number, number: number, secondsAgo: number) => ({
      ...heartbeat(position, number, new Date(Date.parse(clock.now()) - secondsAgo * 1_000).toISOString()),
      partition,
    })
    // when, then
    await post([beat(1, 1, 1, 9), beat(1, 2, 2, 7)])
    expect(await engineAge(db, machine)).toBeNull()
    await post([beat(2, 1, 1, 9)])
    expect(await engineAge(db, machine)).toBe(9_000)
    await post([beat(2, 2, 2, 7)])
    expect(await engineAge(db, machine)).toBe(7_000)
  })
})

describe('tasks', () => {
  const taskOf = (runId: string) =>
    db.rows(
      `select state, name, flow, step_id as step, candidate_role as role, end_reason as "endReason" from tasks where run_id = $1`,
      [runId],
    )

  it('appear from the record of their job and end by the record that ends it', async () => {
    const runId = await bareRun(db)
    await post([runBegins(1, runId), userTask(2, 'CREATED')])
    const task = {
      name: '名 5-2-tokusoku/002-confirm-delinquents',
      flow: '5-2-tokusoku',
      step: '5-2-tokusoku/002-confirm-delinquents',
      role: 'koki',
      endReason: null,
    }
    expect(await taskOf(runId)).toEqual([{ ...task, state: 'preparing' }])
    await db.run(`update tasks set state = 'open' where run_id = $1`, [runId])
    await post([userTask(3, 'CANCELED')])
    expect(await taskOf(runId)).toEqual([{ ...task, state: 'cancelled', endReason: 'エンジン側で取り消された' }])
    // states only move forward
    await post([userTask(4, 'COMPLETED')])
    expect(await taskOf(runId)).toMatchObject([{ state: 'cancelled' }])
  })
  it('that somebody completed in the engine say so', async () => {
    const runId = await bareRun(db)
    await post([runBegins(1, runId), userTask(2, 'CREATED')])
    await post([userTask(3, 'COMPLETED', undefined, '{"decision":"ok"}')])
    expect(await taskOf(runId)).toMatchObject([{ state: 'completed', endReason: 'エンジン側で完了された' }])
  })
  it('appear for an instance that a command began, too: a run that was taken over', async () => {
    const runId = await bareRun(db)
    const made = { valueType: 'PROCESS_INSTANCE_CREATION', intent: 'CREATED' }
    const key = '2251799813685300'
    const of = (variables: object) =>
      `{"bpmnProcessId":"p-5-2-tokusoku","processInstanceKey":${key},"variables":${JSON.stringify(variables)}}`
    await post([{ position: 1, ...made, value: of({ runId }) }, userTask(2, 'CREATED')])
    expect(await taskOf(runId)).toHaveLength(1)
    // an instance that is not ours names no run, and a subscription that only came to be begins nothing
    const before = await db.rows(`select run_id from engine_instances`)
    await post([
      { position: 3, ...made, value: of({}).replace(key, '2251799813685900') },
      { ...runBegins(4, await bareRun(db), '2251799813685901'), intent: 'CREATED' },
    ])
    expect(await db.rows(`select run_id from engine_instances`)).toEqual(before)
  })
  it('of an instance that belongs to no run go to quarantine', async () => {
    await post([userTask(2, 'CREATED', '2251799813685999')])
    expect(await db.rows(`select projector from engine_quarantine where epoch = $1`, [epoch])).toEqual([
      { projector: 'tasks' },
    ])
  })
  it('of a duplicate instance do not appear; it is cancelled and audited', async () => {
    const runId = await bareRun(db)
    await post([runBegins(1, runId), userTask(2, 'CREATED')])
    await post([
      runBegins(3, runId, '2251799813685700'),
      { ...userTask(4, 'CREATED', '2251799813685700'), key: '2251799813685701' },
    ])
    expect(await taskOf(runId)).toHaveLength(1)
    expect(await db.rows(`select kind, epoch, payload from outbox where run_id = $1`, [runId])).toEqual([
      { kind: 'cancel-instance', epoch, payload: { processInstanceKey: '2251799813685700' } },
    ])
    expect(await db.rows(`select kind from audit_events where run_id = $1`, [runId])).toEqual([
      { kind: 'engine.duplicate-start' },
    ])
  })
  it('of a run that was cancelled before it was bound do not open; its instance is cancelled', async () => {
    const runId = await bareRun(db, 'cancelled')
    await post([runBegins(1, runId), userTask(2, 'CREATED')])
    expect(await taskOf(runId)).toMatchObject([{ state: 'cancelled' }])
    expect(await db.rows(`select kind from outbox where run_id = $1`, [runId])).toEqual([{ kind: 'cancel-instance' }])
    expect(await db.rows(`select kind from audit_events where run_id = $1`, [runId])).toEqual([
      { kind: 'engine.instance-of-closed-run' },
    ])
  })
})

describe('the end of an instance', () => {
  const ended = (position: number, intent: string, key = '2251799813685300'): MadeRecord => ({
    position,
    valueType: 'PROCESS_INSTANCE',
    intent,
    key,
    value: `{"bpmnElementType":"PROCESS","elementId":"p","processInstanceKey":${key}}`,
  })
  it('ends its run', async () => {
    const runId = await bareRun(db)
    await post([runBegins(1, runId), ended(2, 'ELEMENT_COMPLETED')])
    expect(await db.one(`select state, outcome, finished_at as at from runs where id = $1`, [runId])).toEqual({
      state: 'finished',
      outcome: '完了',
      at: '2026-11-13T01:00:00.000Z',
    })
  })
  it('that nobody of ours asked for cancels the run with an alarm', async () => {
    const runId = await bareRun(db)
    await post([runBegins(1, runId), ended(2, 'ELEMENT_TERMINATED')])
    expect(await db.one(`select state, cancel_reason as reason from runs where id = $1`, [runId])).toEqual({
      state: 'cancelled',
      reason: 'エンジン側で中止された',
    })
    expect((await openAlarms(db)).filter(({ kind }) => kind === 'run-lost')).toHaveLength(1)
  })
})
