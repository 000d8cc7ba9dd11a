import { deployModels } from '#engine/deploy.ts'
import { openWorkersBehindGate } from '#engine/gate.ts'
import type { EngineLog } from '#engine/log.ts'
import type { EngineWorker } from '#engine/port.ts'
import type { Database } from '#db/database.ts'
import type { WorkerDeps } from '#runtime/deps.ts'
import { openFileStore } from '#runtime/file-store.ts'
import { completeTask } from '#runtime/decide-task.ts'
import { claimTask } from '#runtime/human.ts'
import type { TaskUser } from '#runtime/human-context.ts'
import { prepareWaitingTasks } from './prepare-waiting-tasks.ts'
import { runJob } from '#runtime/runner.ts'
import { registryOf } from '#runtime/registry.ts'
import { startRun, type StartedRun } from '#runtime/runs.ts'
import { juryoKakunin } from '#workers/0-1-juryo-kakunin/index.ts'
import { readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { EngineBench } from './engine.ts'
import { until } from './until.ts'

export const FLOW = '0-1-juryo-kakunin'
const MODEL = new URL('../../processes/0-1-juryo-kakunin/juryo-kakunin.bpmn', import.meta.url)
export const receiptModel = { processId: 'p-0-1-juryo-kakunin', xml: readFileSync(MODEL, 'utf8') }

/** The runtime of the internal flow on a bench. */
export const runtimeOf = (bench: Pick<EngineBench, 'db' | 'clock' | 'engine' | 'log'>): WorkerDeps => ({
  db: bench.db,
  clock: bench.clock,
  engine: bench.engine(),
  registry: registryOf([juryoKakunin]),
  files: openFileStore(join(tmpdir(), 'koki-test-files')), // this flow stores none
  log: (line) => bench.log.info({}, line),
})

/** Puts the flow's model in force. */
export const deployReceiptFlow = (bench: EngineBench): Promise<unknown> =>
  deployModels({ db: bench.db, engine: bench.engine(), clock: bench.clock }, [receiptModel])

/** Workers of every automatic step of the flow, as a worker process opens them. */
export const openReceiptWorkers = (deps: WorkerDeps, log: EngineLog): Promise<EngineWorker> =>
  openWorkersBehindGate({
    db: deps.db,
    log,
    open: () =>
      juryoKakunin.steps
        .filter(({ shape }) => shape !== 'human')
        .map((step) =>
          deps.engine.openWorker({
            type: step.id,
            fetchVariables: Object.keys(step.input.properties),
            capacity: 4,
            handle: (job) => runJob(deps, job),
          }),
        ),
  })

/** A made-up clerk. */
export async function aClerk(db: Database, login: string): Promise<TaskUser> {
  const { staffId } = await db.one<{ staffId: bigint }>(
    `insert into staff (name) values ($1) returning id as "staffId"`,
    [`試験 ${login}`],
  )
  const { userId } = await db.one<{ userId: bigint }>(
    `insert into users (staff_id, login, created_at) values ($1, $2, '2026-11-13T00:00:00Z') returning id as "userId"`,
    [staffId, login],
  )
  return { userId, staffId, login, name: `試験 ${login}`, roles: ['tantou'], terminal: 'test' }
}

export const startReceipt = (deps: WorkerDeps, user: TaskUser): Promise<StartedRun> =>
  startRun(deps, { flow: FLOW, params: { fileName: 'shuno-20261113.csv' }, user })

export interface TaskRow {
  readonly id: string
  readonly state: string
  readonly stepRunId: string | null
  readonly endReason: string | null
}

/** Tasks of a run in the order in which they appeared. */
export const tasksOf = (db: Database, runId: string): Promise<TaskRow[]> =>
  db.rows<TaskRow>(
    `select id, state, step_run_id as "stepRunId", end_reason as "endReason" from tasks where run_id = $1
      order by created_at, job_key`,
    [runId],
  )

/** Waits until the n-th task of a run has appeared, opens it, and answers its id. */
export async function openTaskOf(deps: WorkerDeps, runId: string, nth = 1, withinMs = 30_000): Promise<string> {
  return until(
    `task ${nth} of run ${runId}`,
    async () => {
      await prepareWaitingTasks(deps)
      const task = (await tasksOf(deps.db, runId))[nth - 1]
      return task?.state === 'open' ? task.id : null
    },
    withinMs,
  )
}

/** Claims the open task and decides. */
export async function decide(deps: WorkerDeps, user: TaskUser, taskId: string, decision: 'ok' | 'redo'): Promise<void> {
  await claimTask(deps, { taskId, user })
  await completeTask(deps, { taskId, user, body: { decision, hash: null, count: null } })
}

export const runState = async (db: Database, runId: string): Promise<string> =>
  (await db.one<{ state: string }>(`select state from runs where id = $1`, [runId])).state

/** Waits until the run has reached a state. */
export const runReaches = (db: Database, runId: string, state: string, withinMs = 30_000): Promise<true> =>
  until(`run ${runId} is ${state}`, async () => (await runState(db, runId)) === state, withinMs)
