import { migrate } from '#db/migrate.ts'
import { openAlarms } from '#engine/alarms.ts'
import { currentEpoch } from '#engine/epoch.ts'
import { engineAge } from '#engine/heartbeat.ts'
import type { EngineWorker } from '#engine/port.ts'
import { connectZeebe } from '#engine/zeebe/adapter.ts'
import type { WorkerDeps } from '#runtime/deps.ts'
import type { TaskUser } from '#runtime/human-context.ts'
import { bareRun } from '#tests/support/bare-run.ts'
import { serviceModel } from '#tests/support/engine-models.ts'
import { engineBench, type EngineBench } from '#tests/support/engine.ts'
import { startWorkerProcess } from '#tests/support/engine-worker.ts'
import {
  aClerk,
  decide,
  deployReceiptFlow,
  openReceiptWorkers,
  openTaskOf,
  runReaches,
  runtimeOf,
  startReceipt,
  tasksOf,
} from '#tests/support/engine-runtime.ts'
import { kokiContext } from '#tests/support/koki-context.ts'
import { temporaryFolder } from '#tests/support/temporary.ts'
import { until } from '#tests/support/until.ts'
import { shippedModels } from '#tools/launch/models.ts'
import { startPostgres, type Postgres } from '#tools/postgres.ts'
import { engineRebuild } from '#tools/verbs/engine-rebuild.ts'
import { execFileSync } from 'node:child_process'
import { rmSync, statfsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

// A durable PostgreSQL and a broker of this file's own: both are killed and restarted.
const STEP = '0-1-juryo-kakunin/001-register-receipt'
const folder = temporaryFolder()
const dataDir = join(folder, 'postgres')
let postgres: Postgres
let bench: EngineBench
let deps: WorkerDeps
let clerk: TaskUser
let workers: EngineWorker | null = null

beforeAll(async () => {
  postgres = await startPostgres({ dataDir })
  await migrate(postgres.ownerUrl())
  bench = await engineBench({ appUrl: postgres.appUrl() })
  deps = runtimeOf(bench)
  clerk = await aClerk(bench.db, 'tantou')
  await deployReceiptFlow(bench)
})
afterEach(async () => {
  await workers?.stop()
  workers = null
})
afterAll(async () => {
  await bench.close()
  await postgres.stop()
  rmSync(folder, { recursive: true, force: true })
})

const openWorkers = async (): Promise<void> => {
  workers = await openReceiptWorkers(deps, bench.log)
}
const childOptions = (failpoint: string, jobTimeoutMs = 60_000) => ({
  databaseUrl: postgres.appUrl(),
  zeebeAddress: bench.gatewayAddress,
  failpoint: `${failpoint}@${STEP}`,
  jobTimeoutMs,
})

/** Confirms the task of a run and waits for its end. */
async function finish(runId: string, withinMs?: number): Promise<void> {
  await decide(deps, clerk, await openTaskOf(deps, runId, 1, withinMs), 'ok')
  await runReaches(bench.db, runId, 'finished', withinMs)
}

/** What the steps of a run left behind. */
const traces = async (runId: string) => ({
  steps: await bench.db.rows(
    `select step_id as step, round, attempt, state from step_runs where run_id = $1 order by step_id, round`,
    [runId],
  ),
  doneEvents: (await bench.db.rows(`select from audit_events where run_id = $1 and kind = 'step-done'`, [runId]))
    .length,
  tasks: (await tasksOf(bench.db, runId)).map(({ state }) => state),
})
const undisturbed = (attempt = 1) => ({
  steps: [
    { step: STEP, round: 1, attempt, state: 'done' },
    { step: '0-1-juryo-kakunin/002-confirm-receipt', round: 1, attempt: 1, state: 'done' },
  ],
  doneEvents: 1,
  tasks: ['completed'],
})

describe('a worker is killed', () => {
  it('after its commit: the outbox of another process tells the engine', async () => {
    // given
    await bench.stopDispatcher()
    const child = await startWorkerProcess(childOptions('after-commit'))
    const { runId } = await startReceipt(deps, clerk)
    // when
    expect(await child.ended()).toBe('SIGKILL')
    expect(child.errors()).toContain(`FAILPOINT after-commit@${STEP}`)
    expect(await bench.db.one(`select state from outbox where run_id = $1 and kind = 'complete-job'`, [runId])).toEqual(
      { state: 'pending' },
    )
    await bench.startDispatcher()
    await openWorkers()
    await finish(runId)
    // then
    expect(await traces(runId)).toEqual(undisturbed())
  })

  it('after the engine said yes: the answer goes out again and is not found', async () => {
    // given
    await bench.stopDispatcher()
    const child = await startWorkerProcess(childOptions('after-complete'))
    const { runId } = await startReceipt(deps, clerk)
    // when
    expect(await child.ended()).toBe('SIGKILL')
    expect(child.errors()).toContain(`FAILPOINT after-complete@${STEP}`)
    await bench.startDispatcher()
    await openWorkers()
    // then
    const row = await until('the outbox row is done', () =>
      bench.db.maybe<{ note: string }>(
        `select last_error as note from outbox where run_id = $1 and kind = 'complete-job' and state = 'done'`,
        [runId],
      ),
    )
    expect(row.note).toContain('NOT_FOUND')
    await finish(runId)
    expect(await traces(runId)).toEqual(undisturbed())
  })

  it('before its final transaction: another one takes the job when its time is over', async () => {
    // given
    const child = await startWorkerProcess(childOptions('before-final', 3_000))
    const { runId } = await startReceipt(deps, clerk)
    // when
    expect(await child.ended()).toBe('SIGKILL')
    await openWorkers()
    await finish(runId)
    // then
    expect(await traces(runId)).toEqual(undisturbed(2))
  })
})

describe('a job that lasts longer than its time', () => {
  it('is prolonged, and handed out once', async () => {
    // given
    const patient = connectZeebe(bench.gatewayAddress, bench.log, 3_000)
    await patient.deploy([{ name: 'long.bpmn', xml: serviceModel('long') }])
    const handed: string[] = []
    const intents = (): Promise<{ intent: string }[]> =>
      bench.db.rows<{ intent: string }>(
        `select intent from engine_records where value_type = 'JOB' and key = $1 order by position`,
        [handed[0] ?? null],
      )
    const worker = patient.openWorker({
      type: 'long',
      fetchVariables: ['runId'],
      capacity: 1,
      handle: async ({ key }) => {
        handed.push(key)
        await until('prolonged for longer than its time', async () => {
          const found = await intents()
          return found.filter(({ intent }) => intent === 'TIMEOUT_UPDATED').length >= 5
        })
        await patient.completeJob(key, {})
      },
    })
    // when
    const runId = await bareRun(bench.db)
    await patient.publishStart('long/start', runId, { runId })
    await runReaches(bench.db, runId, 'finished')
    // then
    expect(handed).toHaveLength(1)
    expect((await intents()).filter(({ intent }) => intent === 'TIMED_OUT')).toEqual([])
    await worker.stop()
    await patient.close()
  })
})

describe('the broker', () => {
  it('is killed: a task decided and a run started meanwhile go on', async () => {
    // given
    await openWorkers()
    const { runId: open } = await startReceipt(deps, clerk)
    const task = await openTaskOf(deps, open)
    await bench.stopBroker('kill')
    // when
    await decide(deps, clerk, task, 'ok')
    const { runId: fresh } = await startReceipt(deps, clerk)
    await until('the outbox has tried', async () => {
      const rows = await bench.db.rows<{ attempts: number }>(
        `select attempts from outbox where run_id = $1 and kind = 'complete-job' and state = 'pending'`,
        [open],
      )
      return rows.some(({ attempts }) => attempts > 0)
    })
    expect((await tasksOf(bench.db, open)).map(({ state }) => state)).toEqual(['completing'])
    await bench.startBroker()
    // then
    await runReaches(bench.db, open, 'finished', 60_000)
    await finish(fresh, 60_000)
    expect(await traces(open)).toEqual(undisturbed())
    expect(await traces(fresh)).toEqual(undisturbed())
    expect(await bench.db.rows(`select from engine_instances where is_duplicate`)).toEqual([])
  })

  it('is stopped cleanly: it sends much again, and nothing changes', async () => {
    // given
    const before = await contents()
    const from = bench.lines.length
    // when
    await bench.stopBroker('clean')
    await bench.startBroker()
    await beatPasses()
    // then
    const repeated = bench.lines.slice(from).filter(({ message }) => message === 'ingest: records seen before')
    expect(repeated.length).toBeGreaterThan(0)
    expect(await contents(before.position)).toEqual(before)
    expect(await openAlarms(bench.db)).toEqual([])
  })

  /** A hash over everything that came of the records up to a position. */
  async function contents(upTo?: bigint) {
    const { position } = await bench.db.one<{ position: bigint }>(
      `select coalesce($1, max(position)) as position from engine_records`,
      [upTo ?? null],
    )
    const hashOf = async (query: string): Promise<string | null> =>
      (
        await bench.db.one<{ hash: string | null }>(
          `select md5(string_agg(t::text, '' order by t::text)) as hash from (${query}) t`,
        )
      ).hash
    return {
      position,
      records: await hashOf(`select epoch, position, record from engine_records where position <= ${position}`),
      tasks: await hashOf(`select * from tasks`),
      runs: await hashOf(`select * from runs`),
      elements: await hashOf(`select * from trace_elements`),
      events: await hashOf(`select id, hash from audit_events`),
    }
  }
})

describe('ingest', () => {
  it('is away: workers go on, clerks decide, the age of what we know grows; afterwards nothing is missing', async () => {
    // given
    await openWorkers()
    const { runId: open } = await startReceipt(deps, clerk)
    const task = await openTaskOf(deps, open)
    // when
    await bench.stopIngest()
    await decide(deps, clerk, task, 'ok')
    const { runId: fresh } = await startReceipt(deps, clerk)
    await until('001 is done, by the job alone', async () => (await traces(fresh)).doneEvents === 1, 60_000)
    await until('what we know grows old', async () => ((await engineAge(bench.db)) ?? 0) > 3_000, 60_000)
    expect((await traces(open)).tasks).toEqual(['completing'])
    expect((await traces(fresh)).tasks).toEqual([])
    await bench.startIngest()
    // then
    await runReaches(bench.db, open, 'finished', 60_000)
    await finish(fresh, 60_000)
    expect(await traces(open)).toEqual(undisturbed())
    expect(await traces(fresh)).toEqual(undisturbed())
    await beatPasses()
  })
})

describe('the disk of the broker', () => {
  it('is full: what is owed waits, and goes out when there is room again', async () => {
    // given: a broker that stops at a little less than what is free now
    const filler = join(folder, 'filler')
    const { bavail, bsize } = statfsSync(folder)
    const margin = Math.min(2 ** 30, Math.floor((bavail * bsize) / 8))
    await bench.stopBroker('clean')
    const least = Math.floor((bavail * bsize - margin) / 2 ** 20)
    await bench.startBroker({ ZEEBE_BROKER_DATA_DISK_FREESPACE_PROCESSING: `${least}MB` })
    await openWorkers()
    const { runId: open } = await startReceipt(deps, clerk)
    const task = await openTaskOf(deps, open, 1, 60_000)
    try {
      // when
      execFileSync('fallocate', ['-l', String(margin * 2), filler])
      await until('the engine refuses', async () => (await bench.engine().probe()).kind === 'backpressure', 60_000)
      await decide(deps, clerk, task, 'ok')
      const { runId: fresh } = await startReceipt(deps, clerk)
      const owed = await until('the outbox was refused', async () => {
        const rows = await bench.db.rows<{ error: string | null }>(
          `select last_error as error from outbox where run_id = any($1) and state = 'pending' order by id`,
          [[open, fresh]],
        )
        return rows.length === 2 && rows.every(({ error }) => error !== null) ? rows : null
      })
      expect(owed.map(({ error }) => error)).toEqual(times(2, /disk space/))
      rmSync(filler)
      // then
      await runReaches(bench.db, open, 'finished', 60_000)
      await finish(fresh, 60_000)
      expect(await traces(open)).toEqual(undisturbed())
      expect(await traces(fresh)).toEqual(undisturbed())
    } finally {
      rmSync(filler, { force: true })
    }
  })
  const times = (count: number, text: RegExp) => Array.from({ length: count }, () => expect.stringMatching(text))
})

describe('PostgreSQL', () => {
  it('is restarted while a run is on its way: the run goes on', async () => {
    // given
    await openWorkers()
    const { runId } = await startReceipt(deps, clerk)
    const { port } = postgres
    // when
    await postgres.stop()
    postgres = await startPostgres({ dataDir, port })
    // then
    await until('the database answers', () => bench.db.one(`select 1`).catch(() => null))
    await finish(runId, 60_000)
    const { steps, ...rest } = await traces(runId)
    expect(rest).toEqual({ doneEvents: 1, tasks: ['completed'] })
    expect(steps).toMatchObject([{ state: 'done' }, { state: 'done' }])
  })
})

describe('a new data directory', () => {
  it('is refused with an alarm while workers stand still, until the epoch is raised', async () => {
    // given
    await openWorkers()
    const { runId: old } = await startReceipt(deps, clerk)
    const oldTask = await openTaskOf(deps, old)
    await bench.stopBroker('clean')
    bench.folder.loseData()
    const { records } = await bench.db.one<{ records: bigint }>(`select count(*) as records from engine_records`)
    // when
    await bench.startBroker()
    // then
    const [alarm] = await until('an alarm', async () => {
      const alarms = (await openAlarms(bench.db)).filter(({ kind }) => kind === 'exchanged')
      return alarms.length > 0 ? alarms : null
    })
    expect(alarm?.detail).toMatch(/^epoch 1, partition 1, position \d+: /)
    await until('workers stand still', () =>
      bench.lines.some(({ message }) => message.startsWith('workers stand still')),
    )
    const { runId: fresh } = await startReceipt(deps, clerk)
    await decide(deps, clerk, oldTask, 'ok')
    expect(
      await bench.db.rows(`select state, attempts from outbox where run_id = any($1) and state = 'pending'`, [
        [old, fresh],
      ]),
    ).toEqual([
      { state: 'pending', attempts: 0 },
      { state: 'pending', attempts: 0 },
    ])
    expect(await bench.db.one(`select count(*) as records from engine_records`)).toEqual({ records })
    // and when
    const lines: string[] = []
    expect(
      await engineRebuild.run(['試験: 新しいデータ'], kokiContext(bench, folder, bench.gatewayAddress, lines)),
    ).toBe(0)
    const { number } = await bench.db.one<{ number: string }>(`select number from runs where id = $1`, [old])
    expect(lines).toEqual([
      '世代を2に上げました。引き継ぐ処理 1件',
      `モデルを${expectedModels()}件配備しました。`,
      `○ ${number} 受領確認 shuno-20261113.csv: 受領確認から続けます`,
    ])
    // then: what was decided in between is told to the new instance; nothing is asked twice
    await runReaches(bench.db, old, 'finished', 60_000)
    expect(await traces(old)).toEqual(undisturbed())
    await finish(fresh, 60_000)
    expect(await traces(fresh)).toEqual(undisturbed())
    expect(await bench.db.rows(`select epoch from runs where id = any($1)`, [[old, fresh]])).toEqual([
      { epoch: 2 },
      { epoch: 2 },
    ])
    expect(
      await bench.db.rows(
        `select epoch, state, last_error as note from outbox
          where run_id = $1 and kind = 'complete-job' and payload ->> 'stepId' like '%/002-%' order by id`,
        [old],
      ),
    ).toEqual([
      { epoch: 1, state: 'dropped', note: 'epoch 1 is over' },
      { epoch: 2, state: 'done', note: null },
    ])
    expect(await currentEpoch(bench.db)).toBe(2)
    expect(await openAlarms(bench.db)).toEqual([])
  })
})

// last: the engine's times stay ahead, and a directory that is exchanged is told by them
describe('the engine’s clock', () => {
  it('jumps a day ahead and a minute back: a job in hand is done once, runs go on', async () => {
    // given
    await openWorkers()
    const { runId: open } = await startReceipt(deps, clerk)
    const task = await openTaskOf(deps, open)
    await bench.engine().deploy([{ name: 'jump.bpmn', xml: serviceModel('jump') }])
    const handed: string[] = []
    const worker = bench.engine().openWorker({
      type: 'jump',
      fetchVariables: ['runId'],
      capacity: 2,
      handle: async ({ key }) => {
        handed.push(key)
        await bench.broker().setClockOffset(24 * 3_600_000)
        await until('the engine has given the job up', async () => {
          const found = await bench.db.rows(`select from engine_records where key = $1 and intent = 'TIMED_OUT'`, [key])
          return found.length > 0
        })
        await bench.broker().setClockOffset(24 * 3_600_000 - 60_000)
        await bench.engine().completeJob(key, {})
      },
    })
    // when
    const held = await bareRun(bench.db)
    await bench.engine().publishStart('jump/start', held, { runId: held })
    await runReaches(bench.db, held, 'finished', 60_000)
    await decide(deps, clerk, task, 'ok')
    const { runId: fresh } = await startReceipt(deps, clerk)
    // then
    await runReaches(bench.db, open, 'finished', 60_000)
    await finish(fresh, 60_000)
    expect(handed).toHaveLength(1)
    expect(await traces(open)).toEqual(undisturbed())
    expect(await traces(fresh)).toEqual(undisturbed())
    expect(await openAlarms(bench.db)).toEqual([])
    await worker.stop()
  })
})

const expectedModels = (): number => shippedModels().length

/** Waits until a heartbeat sent from now on has come back. */
async function beatPasses(): Promise<void> {
  const { sent } = await bench.db.one<{ sent: bigint }>(`select sent_number as sent from engine_heartbeat`)
  await until(
    'a later heartbeat came back',
    async () => {
      const { seen } = await bench.db.one<{ seen: bigint }>(`select seen_number as seen from engine_heartbeat`)
      return seen > sent
    },
    60_000,
  )
  expect(await engineAge(bench.db)).toBeLessThan(10_000)
}
