import { randomUUID } from 'node:crypto'
import { openAlarms } from '#engine/alarms.ts'
import { engineAge } from '#engine/heartbeat.ts'
import { enqueue } from '#engine/outbox.ts'
import { USER_TASK_JOB_TYPE, type EngineJob, type EngineWorker } from '#engine/port.ts'
import type { WorkerDeps } from '#runtime/deps.ts'
import { completeTask } from '#runtime/decide-task.ts'
import { claimTask } from '#runtime/human.ts'
import type { TaskUser } from '#runtime/human-context.ts'
import { runJob } from '#runtime/runner.ts'
import { bareRun } from '#tests/support/bare-run.ts'
import { engineBench, type EngineBench } from '#tests/support/engine.ts'
import { serviceModel } from '#tests/support/engine-models.ts'
import {
  aClerk,
  deployReceiptFlow,
  openTaskOf,
  runReaches,
  runtimeOf,
  startReceipt,
  tasksOf,
} from '#tests/support/engine-runtime.ts'
import { cloneDatabase, type TestDatabase } from '#tests/support/database.ts'
import { until } from '#tests/support/until.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let base: TestDatabase
let bench: EngineBench
let deps: WorkerDeps
let clerk: TaskUser
let worker: EngineWorker

beforeAll(async () => {
  base = await cloneDatabase()
  // by default the engine takes no command whose records together exceed 4 MB, so no variable of 3 MB gets in at all
  bench = await engineBench({ appUrl: base.appUrl, environment: { ZEEBE_BROKER_NETWORK_MAXMESSAGESIZE: '20MB' } })
  deps = runtimeOf(bench)
  clerk = await aClerk(bench.db, 'tantou')
  await deployReceiptFlow(bench)
  worker = bench.engine().openWorker({
    type: '0-1-juryo-kakunin/001-register-receipt',
    fetchVariables: ['runId'],
    capacity: 4,
    handle: (job) => runJob(deps, job),
  })
})
afterAll(async () => {
  await worker.stop()
  await bench.close()
  await base.drop()
})

/** Runs a worker that answers every job through the outbox, and gathers what it was handed. */
function answering(type: string, capacity: number, fetchVariables: readonly string[] = ['runId']) {
  const jobs: EngineJob[] = []
  const opened = bench.engine().openWorker({
    type,
    fetchVariables,
    capacity,
    handle: async (job) => {
      jobs.push(job)
      await bench.db.tx((tx) =>
        enqueue(tx, {
          kind: 'complete-job',
          dedupeKey: `complete/1/${job.key}`,
          runId: null,
          epoch: 1,
          payload: { jobKey: job.key, stepId: type, variables: {} },
          clock: bench.clock,
        }),
      )
    },
  })
  return { jobs, stop: () => opened.stop() }
}

const instancesOf = (runId: string) =>
  bench.db.rows<{ key: bigint; isDuplicate: boolean; state: string }>(
    `select i.process_instance_key as key, i.is_duplicate as "isDuplicate", t.state
       from engine_instances i join trace_instances t using (epoch, process_instance_key)
      where i.run_id = $1 order by key`,
    [runId],
  )

describe('受領確認 on the real engine', () => {
  it('a task appears, is claimed, sent back, confirmed, and the run ends', async () => {
    // given
    const { runId } = await startReceipt(deps, clerk)
    // when: first round, sent back
    const first = await openTaskOf(deps, runId, 1)
    await claimTask(deps, { taskId: first, user: clerk })
    await completeTask(deps, { taskId: first, user: clerk, body: { decision: 'redo', hash: null, count: null } })
    // and: second round, confirmed
    const second = await openTaskOf(deps, runId, 2)
    await claimTask(deps, { taskId: second, user: clerk })
    await completeTask(deps, { taskId: second, user: clerk, body: { decision: 'ok', hash: null, count: null } })
    await runReaches(bench.db, runId, 'finished')
    // then
    expect(await bench.db.one(`select outcome from runs where id = $1`, [runId])).toEqual({ outcome: '受領済' })
    expect((await tasksOf(bench.db, runId)).map(({ state, endReason }) => [state, endReason])).toEqual([
      ['completed', null],
      ['completed', null],
    ])
    const steps = await bench.db.rows(
      `select step_id, round, state, attempt from step_runs where run_id = $1 order by created_at`,
      [runId],
    )
    expect(steps).toEqual([
      { step_id: '0-1-juryo-kakunin/001-register-receipt', round: 1, state: 'done', attempt: 1 },
      { step_id: '0-1-juryo-kakunin/002-confirm-receipt', round: 1, state: 'done', attempt: 1 },
      { step_id: '0-1-juryo-kakunin/001-register-receipt', round: 2, state: 'done', attempt: 1 },
      { step_id: '0-1-juryo-kakunin/002-confirm-receipt', round: 2, state: 'done', attempt: 1 },
    ])
    const events = await bench.db.rows<{ kind: string }>(
      `select kind from audit_events where run_id = $1 and kind in ('run-started', 'task-completed', 'run-finished') order by id`,
      [runId],
    )
    expect(events.map(({ kind }) => kind)).toEqual(['run-started', 'task-completed', 'task-completed', 'run-finished'])
    const [{ key } = { key: 0n }] = await instancesOf(runId)
    const path = await bench.db.rows<{ elementId: string }>(
      `select element_id as "elementId" from trace_elements where process_instance_key = $1 and state = 'completed' order by position`,
      [key],
    )
    const round = ['Step_001', 'Step_002', 'G1']
    expect(path.map(({ elementId }) => elementId)).toEqual(['p-0-1-juryo-kakunin', 'Start', ...round, ...round, 'End'])
    const flows = await bench.db.rows<{ flowId: string }>(
      `select flow_id as "flowId" from trace_flows where process_instance_key = $1 order by position`,
      [key],
    )
    expect(flows.map(({ flowId }) => flowId)).toEqual([
      'Flow_Start_001',
      'Flow_001_002',
      'Flow_002_G1',
      'G1_Redo',
      'Flow_001_002',
      'Flow_002_G1',
      'G1_Ok',
    ])
  })

  it('knows how old its knowledge of the engine is', async () => {
    const age = await until('a heartbeat came back', () => engineAge(bench.db))
    expect(age).toBeLessThan(5_000)
  })
})

describe('start', () => {
  it('published twice before the end starts one instance', async () => {
    // given
    const { runId } = await startReceipt(deps, clerk)
    await openTaskOf(deps, runId)
    // when
    await bench.engine().publishStart('0-1-juryo-kakunin/start', runId, { runId })
    await passed()
    // then
    expect(await instancesOf(runId)).toMatchObject([{ isDuplicate: false, state: 'active' }])
  })

  it('published again after the end starts an instance that does no work, is cancelled and audited', async () => {
    // given
    const { runId } = await startReceipt(deps, clerk)
    const task = await openTaskOf(deps, runId)
    await claimTask(deps, { taskId: task, user: clerk })
    await completeTask(deps, { taskId: task, user: clerk, body: { decision: 'ok', hash: null, count: null } })
    await runReaches(bench.db, runId, 'finished')
    // when
    await bench.engine().publishStart('0-1-juryo-kakunin/start', runId, { runId })
    // then
    const instances = await until('the second instance is cancelled', async () => {
      const found = await instancesOf(runId)
      return found[1]?.state === 'terminated' ? found : null
    })
    expect(instances.map(({ isDuplicate, state }) => [isDuplicate, state])).toEqual([
      [false, 'completed'],
      [true, 'terminated'],
    ])
    expect(await tasksOf(bench.db, runId)).toHaveLength(1)
    expect(
      await bench.db.rows(`select step_id, round from step_runs where run_id = $1 order by step_id`, [runId]),
    ).toHaveLength(2)
    expect(
      await bench.db.rows(`select kind from audit_events where run_id = $1 and kind like 'engine.%'`, [runId]),
    ).toEqual([{ kind: 'engine.duplicate-start' }])
    expect((await openAlarms(bench.db)).map(({ kind }) => kind)).toEqual([])
  })

  /** Waits until a heartbeat sent from now on has come back: every record before it has been stored. */
  async function passed(): Promise<void> {
    const { sent } = await bench.db.one<{ sent: bigint }>(`select sent_number as sent from engine_heartbeat`)
    await until('a later heartbeat came back', async () => {
      const { seen } = await bench.db.one<{ seen: bigint }>(`select seen_number as seen from engine_heartbeat`)
      return seen > sent
    })
  }
})

describe('jobs', () => {
  it('of user tasks are handed to nobody', () => {
    expect(() =>
      bench.engine().openWorker({ type: USER_TASK_JOB_TYPE, fetchVariables: [], capacity: 1, handle: async () => {} }),
    ).toThrow(USER_TASK_JOB_TYPE)
  })

  it('fetch only the variables that were asked for', async () => {
    await bench.engine().deploy([{ name: 'few.bpmn', xml: serviceModel('few') }])
    const few = answering('few', 1)
    const runId = await bareRun(bench.db)
    await bench.engine().publishStart('few/start', runId, { runId, dueOn: '2026-10-31' })
    await runReaches(bench.db, runId, 'finished')
    expect(few.jobs.map(({ variables }) => variables)).toEqual([{ runId }])
    await few.stop()
  })

  it('a handler that throws fails its job with one retry less, then an incident tells', async () => {
    await bench.engine().deploy([{ name: 'throws.bpmn', xml: serviceModel('throws', 1) }])
    const runId = await bareRun(bench.db)
    const thrower = bench.engine().openWorker({
      type: 'throws',
      fetchVariables: [],
      capacity: 1,
      handle: () => Promise.reject(new Error('deliberate')),
    })
    await bench.engine().publishStart('throws/start', runId, { runId })
    const incident = await until('an incident', () =>
      bench.db.maybe<{ errorType: string }>(
        `select error_type as "errorType" from trace_incidents n join runs r using (epoch, process_instance_key) where r.id = $1`,
        [runId],
      ),
    )
    expect(incident.errorType).toBe('JOB_NO_RETRIES')
    expect(bench.lines.filter(({ message }) => message === 'job handler threw')).toHaveLength(1)
    await thrower.stop()
  })
})

describe('what an office must survive', () => {
  it('a NUL in an error message becomes an incident, is repaired and goes on', async () => {
    // given
    await bench.engine().deploy([{ name: 'nul.bpmn', xml: serviceModel('nul', 1) }])
    const runId = await bareRun(bench.db)
    let failed: EngineJob | null = null
    const failing = bench.engine().openWorker({
      type: 'nul',
      fetchVariables: [],
      capacity: 1,
      handle: async (job) => {
        failed = job
        await bench.engine().failJob(job.key, 0, 0, 'before\0after')
      },
    })
    await bench.engine().publishStart('nul/start', runId, { runId })
    // when
    const incident = await until('an incident', () =>
      bench.db.maybe<{ key: bigint; message: string; record: string }>(
        `select n.incident_key as key, n.message, e.record
           from trace_incidents n join runs r using (epoch, process_instance_key)
           join engine_records e on e.key = n.incident_key and e.value_type = 'INCIDENT' and e.intent = 'CREATED'
          where r.id = $1`,
        [runId],
      ),
    )
    await failing.stop()
    // then
    expect(incident.message).toBe('before␀after')
    expect(incident.record).toContain(String.raw`before\u0000after`)
    const repaired = answering('nul', 1)
    expect(await bench.engine().updateRetries((failed as unknown as EngineJob).key, 1)).toMatchObject({ kind: 'done' })
    expect(await bench.engine().resolveIncident(incident.key.toString())).toMatchObject({ kind: 'done' })
    await runReaches(bench.db, runId, 'finished')
    expect(
      await bench.db.one(`select resolved_at is not null as resolved from trace_incidents where incident_key = $1`, [
        incident.key,
      ]),
    ).toEqual({ resolved: true })
    await repaired.stop()
  })

  it('a variable of 3 MB passes and is stored', async () => {
    await bench.engine().deploy([{ name: 'big.bpmn', xml: serviceModel('big') }])
    const big = answering('big', 1)
    const runId = await bareRun(bench.db)
    const text = '督'.repeat(1_000_000) // 3 bytes each
    expect(await bench.engine().publishStart('big/start', runId, { runId, text })).toMatchObject({ kind: 'done' })
    await runReaches(bench.db, runId, 'finished')
    const { size } = await bench.db.one<{ size: bigint }>(
      `select max(octet_length(e.record))::bigint as size from engine_records e join runs r using (process_instance_key)
        where r.id = $1 and e.value_type = 'MESSAGE_START_EVENT_SUBSCRIPTION'`,
      [runId],
    )
    expect(size).toBeGreaterThan(3_000_000n)
    expect(await bench.db.rows(`select from engine_quarantine`)).toEqual([])
    await big.stop()
  })

  it('a message larger than the engine takes is refused at once, not tried for ever', async () => {
    const runId = randomUUID()
    const outcome = await bench.engine().publishStart('big/start', runId, { runId, text: 'x'.repeat(21_000_000) })
    expect(outcome.kind).toBe('invalid')
  })
})

describe('commands about what is gone', () => {
  it('are answered with notFound', async () => {
    const engine = bench.engine()
    expect((await engine.completeJob('4503599627370494', {})).kind).toBe('notFound')
    expect((await engine.failJob('4503599627370494', 1, 0, 'x')).kind).toBe('notFound')
    expect((await engine.cancelInstance('4503599627370494')).kind).toBe('notFound')
    expect((await engine.resolveIncident('4503599627370494')).kind).toBe('notFound')
  })
})

// last, since its records come in for a while after
describe('many jobs', () => {
  it('500 of them pass one worker of capacity 8', async () => {
    // given
    await bench.engine().deploy([{ name: 'many.bpmn', xml: serviceModel('many') }])
    const many = answering('many', 8)
    // when
    const runs = await Promise.all(Array.from({ length: 500 }, () => bareRun(bench.db)))
    for (let at = 0; at < runs.length; at += 25)
      await Promise.all(
        runs.slice(at, at + 25).map((runId) => bench.engine().publishStart('many/start', runId, { runId })),
      )
    // then
    await until(
      '500 jobs were answered',
      async () => {
        const { n } = await bench.db.one<{ n: bigint }>(
          `select count(*) as n from outbox where state = 'done' and payload ->> 'stepId' = 'many'`,
        )
        return n === 500n
      },
      60_000,
    )
    expect(new Set(many.jobs.map(({ key }) => key)).size).toBe(500)
    await many.stop()
  })
})
