import { Fault } from '#kernel/faults.ts'
import { appendEvent } from '#audit/append.ts'
import type { Tx } from '#db/database.ts'
import { checkMine, inTask, tell, type Act } from './act.ts'
import { actorOf } from './actor.ts'
import { completeJob } from './answer.ts'
import type { RuntimeDeps } from './deps.ts'
import { failpoint } from './failpoints.ts'
import { checkMayRelease } from './four-eyes.ts'
import { notifyUsers } from './notify-users.ts'
import type { HumanStep } from './step.ts'
import type { LockedTask } from './task-lock.ts'
import { violations } from './validate.ts'
import { checkPinsSeen } from './worksheet/pins.ts'
import { checkSeen, freezeReview } from './worksheet/review.ts'

/** What a person sends to decide: the decision, what was on screen, and the form's own fields. */
export interface DecisionBody {
  readonly decision: string
  /** Hash and row count of the list that was on screen; both null where the step shows no list. */
  readonly hash: string | null
  readonly count: number | null
  readonly [field: string]: unknown
}

/** 完了する: a decision that needs one person. The same decision sent again is harmless; another one is TASK-003. */
export const completeTask = (deps: RuntimeDeps, act: Decision): Promise<void> =>
  unlessDecidedSo(deps, act, async () => {
    const stepId = await inTask(deps, act, async (tx, task, step) => {
      checkMine(task, act.user)
      if (step.fourEyes?.decision === act.body.decision) throw new Fault('TASK-006', { decision: act.body.decision })
      await carryOut(deps, tx, task, step, act, null)
      return step.id
    })
    failpoint('after-commit', stepId)
  })

/** 一人目の確認: keeps the decision until a second person releases it. */
export const proposeTask = (deps: RuntimeDeps, act: Decision): Promise<void> =>
  inTask(deps, act, async (tx, task, step) => {
    checkMine(task, act.user)
    const { fourEyes } = step
    if (fourEyes === null || fourEyes.decision !== act.body.decision)
      throw new Fault('TASK-006', { decision: act.body.decision })
    if (!fourEyes.mayPropose(act.user)) throw new Fault('AUTH-002')
    await judge(deps, tx, task, step, act)
    await tx.run(
      `update tasks set proposed_by = $2, proposed_at = $3, proposal = $4, assignee = null, claimed_at = null where id = $1`,
      [task.id, act.user.userId, deps.clock.now(), JSON.stringify(act.body)],
    )
    await tell(deps, tx, task, act.user, 'task-proposed', { decision: act.body.decision, hash: act.body.hash })
  })

/** 二人目の確認: the proposed decision takes effect. Refused attempts are events of their own transaction. */
export async function releaseTask(deps: RuntimeDeps, act: Decision): Promise<void> {
  try {
    await unlessDecidedSo(deps, act, async () => {
      const stepId = await inTask(deps, act, async (tx, task, step) => {
        const { fourEyes } = step
        if (fourEyes === null || fourEyes.decision !== act.body.decision)
          throw new Fault('TASK-006', { decision: act.body.decision })
        if (!fourEyes.mayRelease(act.user)) throw new Fault('AUTH-002')
        if (task.proposedBy === null) throw new Fault('TASK-008')
        await checkMayRelease(tx, task, fourEyes, act.user, deps.clock.today())
        await carryOut(deps, tx, task, step, act, task.proposedBy)
        return step.id
      })
      failpoint('after-commit', stepId)
    })
  } catch (error) {
    if (error instanceof Fault && error.entry.kind === 'forbidden') await recordRefusal(deps, act, error)
    throw error
  }
}

type Decision = Act & { readonly body: DecisionBody }

/** 二度押し: the same person sending the same decision again gets the answer of the first, and nothing happens twice. */
async function unlessDecidedSo(deps: RuntimeDeps, act: Decision, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof Fault) || error.code !== 'TASK-003') throw error
    const same = await deps.db.maybe(
      `select 1 from tasks t join step_runs s on s.id = t.step_run_id
       where t.id = $1 and t.state in ('completing', 'completed') and t.assignee = $2 and s.input = $3::jsonb`,
      [act.taskId, act.user.userId, JSON.stringify(formOf(act.body))],
    )
    if (same === null) throw error
  }
}

/** What the step's form took: the body without what was on screen. */
const formOf = ({ hash: _hash, count: _count, ...form }: DecisionBody): object => form

/** Checks form, list and the step's own rules; returns what writes the decision. */
async function judge(
  deps: RuntimeDeps,
  tx: Tx,
  task: LockedTask,
  step: HumanStep,
  { body, user }: Decision,
): Promise<{ readonly form: object; readonly write: () => Promise<object> }> {
  const form = formOf(body)
  const wrong = violations(step.input, form)
  if (wrong.length > 0) throw new Fault('TASK-007', { detail: wrong.join('; ') })
  await seen(tx, task, body)
  const { id: taskId, runId, stepRunId, worksheetId, variables } = task
  const options = deps.registry.flow(task.flow).options(task.options, variables)
  const ctx = { tx, runId, taskId, stepRunId, worksheetId, variables, options, user, clock: deps.clock }
  return { form, write: await step.judge(form, ctx) }
}

async function carryOut(
  deps: RuntimeDeps,
  tx: Tx,
  task: LockedTask,
  step: HumanStep,
  act: Decision,
  proposedBy: bigint | null,
): Promise<void> {
  const { form, write } = await judge(deps, tx, task, step, act)
  const { runId, stepRunId, worksheetId } = task
  const output = await write()
  const bad = violations(step.output, output)
  if (bad.length > 0) throw new Fault('RUN-003', { step: `${step.id}: ${bad.join('; ')}` })
  failpoint('before-final', step.id)
  const now = deps.clock.now()
  if (worksheetId !== null)
    await freezeReview(
      tx,
      { worksheetId, taskId: task.id, stepRunId, decision: act.body.decision, proposedBy, decidedBy: act.user.userId },
      deps.clock,
    )
  await tx.run(`update step_runs set state = 'done', output = $2, input = $3, finished_at = $4 where id = $1`, [
    stepRunId,
    JSON.stringify(output),
    JSON.stringify(form),
    now,
  ])
  await tx.run(`update runs set variables = variables || $2::jsonb where id = $1`, [runId, JSON.stringify(output)])
  await tx.run(`update tasks set state = 'completing', completing_at = $2, assignee = $3 where id = $1`, [
    task.id,
    now,
    act.user.userId,
  ])
  await tell(deps, tx, task, act.user, proposedBy === null ? 'task-completed' : 'task-released', { form, output })
  await tellProposer(deps, tx, task, act, proposedBy !== null)
  await completeJob(
    tx,
    { runId, stepRunId, stepId: step.id, epoch: task.epoch, jobKey: task.jobKey },
    output,
    deps.clock,
  )
}

/** What became of a proposal: 認めた, or another decision instead of it (差戻し). */
async function tellProposer(
  deps: RuntimeDeps,
  tx: Tx,
  task: LockedTask,
  { body, user }: Decision,
  isReleased: boolean,
): Promise<void> {
  const note = body['note'] ?? body['reason']
  await notifyUsers(tx, deps.clock, [task.proposedBy], {
    kind: isReleased ? 'released' : 'returned',
    taskId: task.id,
    runId: task.runId,
    by: user.userId,
    payload: { decision: body.decision, note: typeof note === 'string' ? note : null },
  })
}

async function seen(tx: Tx, task: LockedTask, body: DecisionBody): Promise<void> {
  if (task.worksheetId === null) return
  if (body.hash === null || body.count === null) throw new Fault('TASK-005')
  await checkSeen(tx, task.worksheetId, { hash: body.hash, count: body.count })
  if (body.decision === 'ok') await checkPinsSeen(tx, task.worksheetId)
}

/** A refused attempt is an event of its own transaction: the act's own was rolled back. */
async function recordRefusal(deps: RuntimeDeps, act: Act, fault: Fault): Promise<void> {
  await deps.db.tx(async (tx) => {
    const task = await tx.maybe<{ runId: string | null }>(`select run_id as "runId" from tasks where id = $1`, [
      act.taskId,
    ])
    await appendEvent(tx, {
      at: deps.clock.now(),
      kind: 'refused',
      actor: actorOf(act.user),
      runId: task?.runId ?? null,
      taskId: act.taskId,
      payload: { code: fault.code, act: 'release' },
    })
  })
}
