import { openAlarms, raiseAlarm } from '#engine/alarms.ts'
import { bindRun } from '#engine/binding.ts'
import { deployModels } from '#engine/deploy.ts'
import { dispatchNext } from '#engine/dispatcher.ts'
import { currentEpoch, ensureEpoch } from '#engine/epoch.ts'
import type { EngineLog } from '#engine/log.ts'
import { openDatabase, type Database } from '#db/database.ts'
import { openStepRun } from '#runtime/turn.ts'
import { takeOverTask } from '#runtime/take-over.ts'
import { receiptModel } from '#tests/support/engine-runtime.ts'
import { fixedClock } from '#tests/support/clock.ts'
import { cloneDatabase, type TestDatabase } from '#tests/support/database.ts'
import { fakeEngine, type FakeEngine } from '#tests/support/fake-engine.ts'
import { beginRebuild } from '#tools/rebuild/begin.ts'
import { finishRebuild } from '#tools/rebuild/finish.ts'
import { isUnderWay, takenOver } from '#tools/rebuild/progress.ts'
import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

// What PostgreSQL decides in a rebuild; the real engine is in tests/flows.
const silent: EngineLog = { info: () => undefined, warn: () => undefined, error: () => undefined }
const [FIRST, SECOND] = ['0-1-juryo-kakunin/001-register-receipt', '0-1-juryo-kakunin/002-confirm-receipt']
const OLD_KEY = '2251799813685300'
const clock = fixedClock('2026-11-13T01:00:00Z')
let base: TestDatabase
let db: Database
let engine: FakeEngine
beforeEach(async () => {
  base = await cloneDatabase()
  db = openDatabase(base.appUrl)
  engine = fakeEngine()
  await ensureEpoch(db, clock)
  await deployModels(deps(), [receiptModel])
  engine.sent.length = 0
})
afterEach(async () => {
  await db.close()
  await base.drop()
})
const deps = () => ({ db, clock, engine: engine.port })
const begin = () => beginRebuild(db, clock, '試験')
const finish = () => finishRebuild(deps(), [receiptModel])
const dispatch = () => dispatchNext({ ...deps(), log: silent })
const sent = () => engine.sent.map(({ name, args }) => [name, ...args])

/** A run whose 001 is answered, with 002 open; as the records of epoch 1 told it. */
async function aRun(elements: readonly (readonly [string, string, string])[] = WAY): Promise<string> {
  const id = randomUUID()
  await db.run(
    `insert into runs (id, number, flow, title, params, options, variables, state, epoch, process_instance_key, created_at)
     values ($1::uuid, 'R8-01-0001', '0-1-juryo-kakunin', '受領確認', '{}', '{}', $2, 'running', 1, $3, $4)`,
    [id, JSON.stringify({ runId: id, receiptNumber: 7 }), OLD_KEY, clock.now()],
  )
  await db.run(
    `insert into engine_instances (epoch, process_instance_key, run_id, is_duplicate, seen_at) values (1, $1, $2, false, $3)`,
    [OLD_KEY, id, clock.now()],
  )
  await db.run(
    `insert into trace_instances (epoch, process_instance_key, process_id, engine_version, definition_key, state, started_at)
     values (1, $1, 'p-0-1-juryo-kakunin', 1, 1000, 'active', $2)`,
    [OLD_KEY, clock.now()],
  )
  for (const [at, [elementId, type, state]] of elements.entries())
    if (type === 'FLOW')
      await db.run(
        `insert into trace_flows (epoch, partition, position, process_instance_key, flow_id, taken_at) values (1, 1, $1, $2, $3, $4)`,
        [at, OLD_KEY, elementId, clock.now()],
      )
    else
      await db.run(
        `insert into trace_elements (epoch, element_instance_key, process_instance_key, scope_key, element_id, element_type, state, position, activated_at)
         values (1, $1, $2, $2, $3, $4, $5, $1, $6)`,
        [at, OLD_KEY, elementId, type, state, clock.now()],
      )
  return id
}
const WAY = [
  ['Start', 'START_EVENT', 'completed'],
  ['Flow_Start_001', 'FLOW', ''],
  ['Step_001', 'SERVICE_TASK', 'completed'],
  ['Flow_001_002', 'FLOW', ''],
  ['Step_002', 'USER_TASK', 'active'],
] as const
const stepRun = async (runId: string, stepId: string, element: number, state: string, output: object | null) => {
  const id = randomUUID()
  await db.run(
    `insert into step_runs (id, run_id, step_id, round, epoch, element_instance_key, job_key, state, attempt, input, output, created_at)
     values ($1, $2, $3, 1, 1, $4, $4, $5, 1, '{}', $6, $7)`,
    [id, runId, stepId, element, state, output === null ? null : JSON.stringify(output), clock.now()],
  )
  return id
}
const task = async (runId: string, stepRunId: string, element: number, state: string) => {
  const id = randomUUID()
  await db.run(
    `insert into tasks (id, epoch, job_key, element_instance_key, process_instance_key, run_id, step_run_id, flow, step_id, name,
       candidate_role, state, assignee, draft, proposed_by, is_urgent, created_at)
     values ($1, 1, $2, $2, $3, $4, $5, '0-1-juryo-kakunin', $6, '受領確認', 'koki', $7, 5, '{"decision":"ok"}', 6, true, $8)`,
    [id, element, OLD_KEY, runId, stepRunId, SECOND, state, clock.now()],
  )
  return id
}

describe('a lost engine', () => {
  it('an open task moves to the job of the new instance with draft, claim, proposal and its warning', async () => {
    // given
    const runId = await aRun()
    await stepRun(runId, FIRST, 2, 'done', { receiptNumber: 7 })
    const open = await stepRun(runId, SECOND, 4, 'open', null)
    const taskId = await task(runId, open, 4, 'open')
    // when
    expect(await begin()).toEqual({ epoch: 2, moved: 1, stuck: [] })
    engine.answer({ kind: 'notFound', message: 'gone' })
    await finish()
    while (await dispatch());
    // then
    expect(sent()).toMatchObject([
      ['cancelInstance', OLD_KEY],
      ['deploy', [{ name: 'p-0-1-juryo-kakunin.bpmn' }]],
      ['createWithStart', 'p-0-1-juryo-kakunin', { runId, receiptNumber: 7 }, ['Step_002']],
    ])
    expect(await takenOver(db)).toMatchObject([{ number: 'R8-01-0001', elements: ['Step_002'], isBound: true }])
    expect(await db.one(`select epoch, process_instance_key as key from runs`)).toEqual({ epoch: 2, key: 1n })
    // and when
    const job = { runId, stepId: SECOND, epoch: 2, jobKey: '71', elementInstanceKey: '72', processInstanceKey: '1' }
    expect(await db.tx((tx) => takeOverTask(tx, job, clock))).toBe(taskId)
    expect(
      await db.one(
        `select t.epoch, t.job_key as job, t.process_instance_key as instance, t.state, t.assignee, t.draft, t.proposed_by as by,
           t.is_urgent as urgent, s.id, s.epoch as "stepEpoch", s.job_key as "stepJob", s.round, s.attempt, s.awaits_job as awaits
         from tasks t join step_runs s on s.id = t.step_run_id`,
      ),
    ).toEqual({
      epoch: 2,
      job: 71n,
      instance: 1n,
      state: 'open',
      assignee: 5n,
      draft: { decision: 'ok' },
      by: 6n,
      urgent: true,
      id: open,
      stepEpoch: 2,
      stepJob: 71n,
      round: 1,
      attempt: 1,
      awaits: false,
    })
    // a task that comes again for the same step is one of its own
    expect(await db.tx((tx) => takeOverTask(tx, { ...job, jobKey: '73' }, clock))).toBeNull()
  })

  it('what PostgreSQL has done and the engine never heard is answered again, not done again', async () => {
    // given: 001 was answered, but its end has not come back
    const runId = await aRun([...WAY.slice(0, 2), ['Step_001', 'SERVICE_TASK', 'active']])
    const done = await stepRun(runId, FIRST, 2, 'done', { receiptNumber: 7 })
    await begin()
    // when
    const job = { key: '81', elementInstanceKey: '82' }
    const wanted = { runId, stepId: FIRST, epoch: 2, job, input: {} }
    const first = await db.tx((tx) => openStepRun(tx, wanted, clock.now()))
    // then
    expect(first).toEqual({ id: done, state: 'done', attempt: 1, output: { receiptNumber: 7 } })
    // and the next job of the step is a round of its own
    const next = await db.tx((tx) =>
      openStepRun(tx, { ...wanted, job: { key: '83', elementInstanceKey: '84' } }, clock.now()),
    )
    expect(next).toMatchObject({ state: 'open', attempt: 1 })
    expect(next.id).not.toBe(done)
  })

  it('a task decided while there is no engine is told to the new instance', async () => {
    // given
    const runId = await aRun()
    const open = await stepRun(runId, SECOND, 4, 'open', null)
    await task(runId, open, 4, 'open')
    await begin()
    await db.run(`update step_runs set state = 'done', output = '{"decision":"ok"}'`)
    await db.run(`update tasks set state = 'completing'`)
    // when
    const job = { runId, stepId: SECOND, epoch: 2, jobKey: '71', elementInstanceKey: '72', processInstanceKey: '1' }
    await db.tx((tx) => takeOverTask(tx, job, clock))
    // then
    expect(await db.rows(`select kind, epoch, payload from outbox`)).toEqual([
      {
        kind: 'complete-job',
        epoch: 2,
        payload: { jobKey: '71', stepId: SECOND, variables: { decision: 'ok', stepRunId: open } },
      },
    ])
  })

  it('killed anywhere and called again: one instance', async () => {
    // given
    await aRun()
    await begin()
    expect(await isUnderWay(db)).toBe(true)
    engine.answer({ kind: 'unknown', message: 'killed here' })
    await expect(finish()).rejects.toThrow('エンジンが応答しません')
    // when
    engine.answer({ kind: 'notFound', message: 'gone' })
    await finish()
    await finish()
    while (await dispatch());
    // then
    expect(sent().filter(([name]) => name === 'createWithStart')).toHaveLength(1)
    expect(await isUnderWay(db)).toBe(false)
    expect(await currentEpoch(db)).toBe(2)
  })

  it('lost again before the new instance was there: the run goes on where it was', async () => {
    // given
    const runId = await aRun()
    await begin()
    await raiseAlarm(db, clock, 'exchanged', '試験')
    expect(await isUnderWay(db)).toBe(false)
    // when
    await begin()
    await finish()
    while (await dispatch());
    // then
    expect(await takenOver(db)).toMatchObject([{ elements: ['Step_002'], isBound: true }])
    expect(await db.one(`select epoch from runs where id = $1`, [runId])).toEqual({ epoch: 3 })
  })

  it('a run of which nothing is known but its instance starts by its message, with what it was given', async () => {
    const runId = await aRun()
    await db.run(`delete from trace_instances`)
    await db.run(
      `insert into outbox (kind, dedupe_key, run_id, payload, state, created_at, next_attempt_at)
       values ('start-run', $1, $2, $3, 'done', $4, $4)`,
      [
        `start/${runId}`,
        runId,
        JSON.stringify({ messageName: '0-1-juryo-kakunin/start', runId, variables: { runId } }),
        clock.now(),
      ],
    )
    await begin()
    await finish()
    await dispatch()
    expect(sent().at(-1)).toEqual(['publishStart', '0-1-juryo-kakunin/start', runId, { runId }])
  })
})

describe('an engine that has kept its data', () => {
  it('the former instance is cancelled, and can never be bound again', async () => {
    // given
    const runId = await aRun()
    const former = { runId, epoch: 2, processInstanceKey: OLD_KEY }
    await begin()
    // when, then: a job or a record of it comes before the engine has been asked
    expect(await db.tx((tx) => bindRun(tx, former, clock))).toBe('foreign')
    await finish()
    expect(sent()[0]).toEqual(['cancelInstance', OLD_KEY])
    expect(await db.tx((tx) => bindRun(tx, former, clock))).toBe('foreign')
    while (await dispatch());
    expect(await db.one(`select process_instance_key as key from runs`)).toEqual({ key: 1n })
  })

  it('a lost one may give the same key to the new instance', async () => {
    const runId = await aRun()
    await begin()
    engine.answer({ kind: 'notFound', message: 'gone' })
    await finish()
    expect(await db.tx((tx) => bindRun(tx, { runId, epoch: 2, processInstanceKey: OLD_KEY }, clock))).toBe('bound')
  })
})

describe('a model in force without the element', () => {
  it('leaves the run where it is, with an alarm, and holds up no other', async () => {
    const runId = await aRun()
    await db.run(`update models set xml = replace(xml, 'Step_002', 'Step_009')`)
    await db.run(
      `insert into models (process_id, version, origin, xml, sha256) values ('p-0-1-juryo-kakunin', 2, 'office', $1, 'x')`,
      [receiptModel.xml],
    )
    await db.run(`update model_deployments set model_id = (select id from models where version = 2)`)
    expect(await begin()).toEqual({
      epoch: 2,
      moved: 0,
      stuck: [{ number: 'R8-01-0001', why: '施行中のモデルに Step_002 がありません' }],
    })
    expect(await openAlarms(db)).toMatchObject([{ kind: 'run-lost', detail: 'R8-01-0001' }])
    expect(await db.one(`select epoch, state from runs where id = $1`, [runId])).toEqual({ epoch: 1, state: 'running' })
  })
})
