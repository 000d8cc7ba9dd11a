import { appendEvent } from '#audit/append.ts'
import type { Tx } from '#db/database.ts'
import { notifyChange } from '#db/notify-change.ts'
import type { RuntimeDeps } from './deps.ts'
import { notifyUsers } from './notify-users.ts'
import { stepContext } from './step-context.ts'
import type { HumanStep, Staged, StepContext } from './step.ts'
import { openStepRun, type Turn } from './turn.ts'
import { packWorksheet } from './worksheet/pack.ts'

/** 作業 that the engine has announced and nobody can see yet. */
export interface WaitingTask {
  readonly id: string
  readonly run_id: string
  readonly step_id: string
  readonly epoch: number
  readonly job_key: bigint
  readonly element_instance_key: bigint
}

/** 準備中の作業 of running runs, oldest first. */
export const waitingTasks = ({ db }: RuntimeDeps): Promise<WaitingTask[]> =>
  db.rows<WaitingTask>(
    `select t.id, t.run_id, t.step_id, t.epoch, t.job_key, t.element_instance_key
     from tasks t join runs r on r.id = t.run_id where t.state = 'preparing' and r.state = 'running' order by t.created_at, t.id`,
  )

/**
 * Opens one of them: makes its step run, builds its list where the step has one of its own, sets 期限. Safe to run in several
 * processes: the task is taken under its run's lock, and nothing is done when somebody else has opened it.
 */
export async function prepareTask(deps: RuntimeDeps, task: WaitingTask): Promise<void> {
  const step = deps.registry.human(task.step_id)
  const turn = await deps.db.tx((tx) => takeHumanTurn(tx, task, deps.clock.now()))
  if (turn === null) return
  await withPrepared(deps, step, turn, async (tx, staged) => {
    const still = await tx.maybe<{ state: string }>(`select state from tasks where id = $1 for no key update`, [
      task.id,
    ])
    if (still?.state !== 'preparing') return
    await staged?.finish(tx)
    await openTask(deps, tx, step, task)
  })
}

async function takeHumanTurn(tx: Tx, task: WaitingTask, now: string): Promise<Turn | null> {
  const run = await tx.one<{ state: string; options: unknown; variables: Record<string, unknown> }>(
    `select state, options, variables from runs where id = $1 for no key update`,
    [task.run_id],
  )
  const still = await tx.maybe<{ state: string }>(`select state from tasks where id = $1`, [task.id])
  if (run.state !== 'running' || still?.state !== 'preparing') return null
  const job = { key: task.job_key.toString(), elementInstanceKey: task.element_instance_key.toString() }
  const { run_id: runId, step_id: stepId, epoch } = task
  const stepRun = await openStepRun(tx, { runId, stepId, epoch, job, input: {} }, now)
  await tx.run(`update tasks set step_run_id = $2 where id = $1`, [task.id, stepRun.id])
  return {
    runId,
    stepRunId: stepRun.id,
    stepId,
    epoch,
    jobKey: job.key,
    attempt: stepRun.attempt,
    input: {},
    options: run.options,
    variables: run.variables,
  }
}

/** Stages the step's own list, if it has one, and hands it to `finish` in one transaction. */
export async function withPrepared(
  deps: RuntimeDeps,
  step: HumanStep,
  turn: Turn,
  finish: (tx: Tx, staged: Staged | null) => Promise<void>,
): Promise<void> {
  const { prepare } = step
  if (prepare === null) return deps.db.tx((tx) => finish(tx, null))
  await deps.db.tx(async (read) => {
    await read.run('set transaction isolation level repeatable read, read only')
    const ctx: StepContext = await stepContext(deps, step.id, turn, read)
    const staged = await prepare(ctx)
    await deps.db.tx((tx) => finish(tx, staged))
  })
}

interface Started {
  readonly variables: Record<string, unknown>
  readonly flow: string
  readonly startedBy: bigint | null
}

async function openTask(deps: RuntimeDeps, tx: Tx, step: HumanStep, task: WaitingTask): Promise<void> {
  const { variables, flow, startedBy } = await tx.one<Started>(
    `select variables, flow, started_by as "startedBy" from runs where id = $1`,
    [task.run_id],
  )
  const { worksheetId } = await tx.one<{ worksheetId: bigint | null }>(
    `update tasks set state = 'open', due_on = $2,
       worksheet_id = (select id from worksheets where run_id = $3 and kind = $4 and state = 'ready' order by version desc limit 1)
     where id = $1 returning worksheet_id as "worksheetId"`,
    [task.id, deps.registry.flow(flow).dueOn(step.id, variables), task.run_id, step.worksheet],
  )
  if (step.worksheet !== null && worksheetId !== null)
    await packWorksheet(tx, deps.registry.worksheet(flow, step.worksheet), worksheetId)
  await appendEvent(tx, {
    at: deps.clock.now(),
    kind: 'task-opened',
    actor: { userId: null, name: 'システム', terminal: '' },
    runId: task.run_id,
    taskId: task.id,
    payload: { step: step.id },
  })
  await notifyUsers(tx, deps.clock, [startedBy], {
    kind: 'ready',
    taskId: task.id,
    runId: task.run_id,
    by: null,
    payload: {},
    dedupeKey: `ready/${task.id}`,
  })
  await notifyChange(tx, { kind: 'task', taskId: task.id }, { kind: 'run', runId: task.run_id })
}
