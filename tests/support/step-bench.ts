import { randomUUID } from 'node:crypto'
import type { EngineJob, EnginePort, Outcome } from '#engine/port.ts'
import type { WorkerDeps } from '#runtime/deps.ts'
import type { TaskUser } from '#runtime/human-context.ts'
import { prepareWaitingTasks } from './prepare-waiting-tasks.ts'
import { registryOf } from '#runtime/registry.ts'
import { runJob } from '#runtime/runner.ts'
import { startRun, type StartedRun } from '#runtime/runs.ts'
import type { FlowDefinition } from '#runtime/flow.ts'
import type { Clock } from '#kernel/clock.ts'

/** What the steps need of an office: a test's, or that of a measurement. */
export type Workplace = Pick<WorkerDeps, 'db'> & { readonly clock: Clock; readonly store: WorkerDeps['files'] }

/** What a step told the engine at once (results go through the outbox and are read from `step_runs`). */
export interface Told {
  readonly kind: 'fail' | 'error'
  readonly code: string
  readonly retries: number
}

/** Runs steps one by one, as the engine would, on a real database: for the odd case, and fast. */
export interface StepBench {
  readonly deps: WorkerDeps
  readonly told: Told[]
  start(user: TaskUser, params: object): Promise<StartedRun>
  /** Gives an 自動 step its job with the run's variables; the same job again with `again`. Returns the stored output. */
  run(
    runId: string,
    stepId: string,
    again?: EngineJob,
  ): Promise<{ readonly output: Record<string, unknown>; readonly job: EngineJob }>
  /** Announces a human step, opens it, and returns its task. */
  open(runId: string, stepId: string): Promise<string>
}

const done: Outcome = { kind: 'done', value: null }

export async function stepBench(office: Workplace, flows: readonly FlowDefinition[]): Promise<StepBench> {
  const told: Told[] = []
  const engine = {
    failJob: (_: string, retries: number, __: number, message: string) => {
      told.push({ kind: 'fail', code: message.split(' ')[0] ?? '', retries })
      return Promise.resolve(done)
    },
    throwError: (_: string, code: string) => {
      told.push({ kind: 'error', code, retries: 0 })
      return Promise.resolve(done)
    },
  } as unknown as EnginePort // the runner calls nothing else
  const deps: WorkerDeps = {
    db: office.db,
    clock: office.clock,
    registry: registryOf(flows),
    files: office.store,
    engine,
    log: () => undefined,
  }
  await office.db.run(
    `insert into engine_epochs (epoch, started_at, note) values (1, $1, 'test') on conflict do nothing`,
    [office.clock.now()],
  )
  // a bench opened on a copy of a database goes on where the former stood
  const { last } = await office.db.one<{ last: bigint }>(
    `select greatest(1000, (select max(greatest(element_instance_key, job_key)) from step_runs),
       (select max(greatest(element_instance_key, job_key, process_instance_key)) from tasks)) as last`,
  )
  let key = Number(last)
  const bound = await office.db.rows<{ id: string; key: bigint }>(
    `select id, process_instance_key as key from runs where process_instance_key is not null`,
  )
  const instanceOf = new Map(bound.map((run) => [run.id, String(run.key)]))
  const instance = (runId: string): string => {
    const known = instanceOf.get(runId) ?? String(++key)
    instanceOf.set(runId, known)
    return known
  }
  const variablesOf = async (runId: string): Promise<Record<string, unknown>> =>
    (await office.db.one<{ variables: Record<string, unknown> }>(`select variables from runs where id = $1`, [runId]))
      .variables
  return {
    deps,
    told,
    start: (user, params) => startRun(deps, { flow: flows[0]?.flow ?? '', params, user }),
    async run(runId, stepId, again) {
      const step = deps.registry.automatic(stepId)
      const variables = await variablesOf(runId)
      const wanted = Object.keys(step.input.properties)
      const job: EngineJob = again ?? {
        key: String(++key),
        type: stepId,
        elementInstanceKey: String(++key),
        processInstanceKey: instance(runId),
        elementId: 'x',
        variables: Object.fromEntries(wanted.map((name) => [name, variables[name]])) as EngineJob['variables'],
        retries: 3,
        deadline: 0,
        customHeaders: {},
      }
      await runJob(deps, job)
      const row = await office.db.one<{ output: Record<string, unknown>; state: string; code: string | null }>(
        `select output, state, fault_code as code from step_runs where element_instance_key = $1`,
        [job.elementInstanceKey],
      )
      if (row.state !== 'done') throw new Error(`${stepId}: ${row.state} ${row.code ?? ''} ${JSON.stringify(told)}`)
      return { output: row.output, job }
    },
    async open(runId, stepId) {
      const id = randomUUID()
      await office.db.run(
        `insert into tasks (id, epoch, job_key, element_instance_key, process_instance_key, run_id, flow, step_id, name, candidate_role, state, created_at)
         values ($1, 1, $2, $3, $4, $5, $6, $7, $8, 'koki', 'preparing', $9)`,
        [
          id,
          String(++key),
          String(++key),
          instance(runId),
          runId,
          flows[0]?.flow ?? '',
          stepId,
          deps.registry.human(stepId).officialName,
          office.clock.now(),
        ],
      )
      await prepareWaitingTasks(deps)
      return id
    },
  }
}

/** A person of the office with roles. */
export async function aUser(
  office: Pick<Workplace, 'db' | 'clock'>,
  login: string,
  roles: readonly string[],
  staff?: bigint,
): Promise<TaskUser> {
  const staffId =
    staff ??
    (await office.db.one<{ id: bigint }>(`insert into staff (name) values ($1) returning id`, [`見本 ${login}`])).id
  const { id } = await office.db.one<{ id: bigint }>(
    `insert into users (staff_id, login, created_at) values ($1, $2, $3) returning id`,
    [staffId, login, office.clock.now()],
  )
  return { userId: id, staffId, login, name: `見本 ${login}`, roles, terminal: 'test' }
}
