import { Fault } from '#kernel/faults.ts'
import { appendEvent } from '#audit/append.ts'
import type { Tx } from '#db/database.ts'
import { actorOf } from './actor.ts'
import { completeJob } from './answer.ts'
import { isCandidate } from './candidate-groups.ts'
import type { RuntimeDeps } from './deps.ts'
import { checkMayRelease } from './four-eyes.ts'
import type { Mark, TaskUser } from './human-context.ts'
import type { HumanStep } from './step.ts'
import { lockOpenTask, type LockedTask } from './task-lock.ts'
import { violations } from './validate.ts'
import { acceptProposals, addMarks, type MarkTarget } from './worksheet/marks.ts'
import { checkSeen, freezeReview } from './worksheet/review.ts'

/** What a person sends to decide: the decision, what was on screen, and the form's own fields. */
export interface DecisionBody {
  readonly decision: string
  /** Hash and row count of the list that was on screen; both null where the step shows no list. */
  readonly hash: string | null
  readonly count: number | null
  readonly [field: string]: unknown
}

interface Act {
  readonly taskId: string
  readonly user: TaskUser
}

/** 担当する. Throws TASK-002 when somebody else has it. Claiming one's own again is harmless. */
export const claimTask = (deps: RuntimeDeps, act: Act): Promise<void> =>
  inTask(deps, act, async (tx, task) => {
    checkRole(task, act.user)
    if (task.assignee === act.user.userId) return
    if (task.assignee !== null) throw new Fault('TASK-002', { by: task.assigneeName ?? '別の人' })
    await tx.run(`update tasks set assignee = $2, claimed_at = $3 where id = $1`, [
      task.id,
      act.user.userId,
      deps.clock.now(),
    ])
    await tell(deps, tx, task, act.user, 'task-claimed', {})
  })

/** 手放す. Only the assignee, or a 係長 for somebody who is away. */
export const unclaimTask = (deps: RuntimeDeps, act: Act): Promise<void> =>
  inTask(deps, act, async (tx, task) => {
    if (task.assignee === null) return
    if (task.assignee !== act.user.userId && !act.user.roles.includes('kakaricho')) throw new Fault('AUTH-002')
    await tx.run(`update tasks set assignee = null, claimed_at = null where id = $1`, [task.id])
    await tell(deps, tx, task, act.user, 'task-unclaimed', {})
  })

/** 下書き: kept for the assignee, never judged. */
export const saveDraft = (deps: RuntimeDeps, act: Act & { readonly draft: object }): Promise<void> =>
  inTask(deps, act, async (tx, task) => {
    checkMine(task, act.user)
    await tx.run(`update tasks set draft = $2, draft_saved_at = $3 where id = $1`, [
      task.id,
      JSON.stringify(act.draft),
      deps.clock.now(),
    ])
  })

/** Marks rows of the task's list. Returns how many. */
export async function markRows(
  deps: RuntimeDeps,
  act: Act & { readonly target: MarkTarget; readonly mark: Mark },
): Promise<number> {
  let count = 0
  await inTask(deps, act, async (tx, task) => {
    checkMine(task, act.user)
    const { kind, rules, worksheetId } = listOf(deps, task)
    count = await addMarks(
      tx,
      kind,
      rules,
      { worksheetId, taskId: task.id, target: act.target, mark: act.mark },
      act.user,
      deps.clock,
    )
    await dropProposal(tx, task)
    await tell(deps, tx, task, act.user, 'rows-marked', {
      action: act.mark.action,
      reason: act.mark.reason,
      note: act.mark.note,
      followUpOn: act.mark.followUpOn,
      count,
      rows: 'rows' in act.target ? act.target.rows : null,
      filter:
        'filter' in act.target
          ? { ...act.target.filter, text: act.target.filter.text === undefined ? undefined : '(あり)' }
          : null,
    })
  })
  return count
}

/** 提案をすべて受け入れる. Returns how many rows still waited for a decision. */
export async function acceptAllProposals(deps: RuntimeDeps, act: Act): Promise<number> {
  let count = 0
  await inTask(deps, act, async (tx, task) => {
    checkMine(task, act.user)
    const { worksheetId } = listOf(deps, task)
    count = await acceptProposals(tx, { worksheetId, taskId: task.id }, act.user, deps.clock)
    await dropProposal(tx, task)
    await tell(deps, tx, task, act.user, 'proposals-accepted', { count })
  })
  return count
}

/** 完了する: a decision that needs one person. The same decision again after success answers TASK-003, never twice. */
export const completeTask = (deps: RuntimeDeps, act: Act & { readonly body: DecisionBody }): Promise<void> =>
  inTask(deps, act, async (tx, task, step) => {
    checkMine(task, act.user)
    if (step.fourEyes?.decision === act.body.decision) throw new Fault('TASK-006', { decision: act.body.decision })
    await decide(deps, tx, task, step, act, null)
  })

/** 一人目の確認: keeps the decision until a second person releases it. */
export const proposeTask = (deps: RuntimeDeps, act: Act & { readonly body: DecisionBody }): Promise<void> =>
  inTask(deps, act, async (tx, task, step) => {
    checkMine(task, act.user)
    const { fourEyes } = step
    if (fourEyes === null || fourEyes.decision !== act.body.decision)
      throw new Fault('TASK-006', { decision: act.body.decision })
    if (!fourEyes.mayPropose(act.user)) throw new Fault('AUTH-002')
    await seen(tx, task, act.body)
    await tx.run(
      `update tasks set proposed_by = $2, proposed_at = $3, proposal = $4, assignee = null, claimed_at = null where id = $1`,
      [task.id, act.user.userId, deps.clock.now(), JSON.stringify(act.body)],
    )
    await tell(deps, tx, task, act.user, 'task-proposed', { decision: act.body.decision, hash: act.body.hash })
  })

/** 二人目の確認: the proposed decision takes effect. Refused attempts are events of their own transaction. */
export async function releaseTask(deps: RuntimeDeps, act: Act & { readonly body: DecisionBody }): Promise<void> {
  try {
    await inTask(deps, act, async (tx, task, step) => {
      const { fourEyes } = step
      if (fourEyes === null || fourEyes.decision !== act.body.decision)
        throw new Fault('TASK-006', { decision: act.body.decision })
      if (!fourEyes.mayRelease(act.user)) throw new Fault('AUTH-002')
      if (task.proposedBy === null) throw new Fault('TASK-008')
      await checkMayRelease(tx, task, fourEyes, act.user)
      await decide(deps, tx, task, step, act, task.proposedBy)
    })
  } catch (error) {
    if (error instanceof Fault && error.entry.kind === 'forbidden') await recordRefusal(deps, act, error)
    throw error
  }
}

async function decide(
  deps: RuntimeDeps,
  tx: Tx,
  task: LockedTask,
  step: HumanStep,
  act: Act & { readonly body: DecisionBody },
  proposedBy: bigint | null,
): Promise<void> {
  const { hash: _hash, count: _count, ...form } = act.body
  const wrong = violations(step.input, form)
  if (wrong.length > 0) throw new Fault('TASK-007', { detail: wrong.join('; ') })
  await seen(tx, task, act.body)
  const { runId, stepRunId, worksheetId, variables } = task
  const options = deps.registry.flow(task.flow).options(task.options, variables)
  const output = await step.decide(form, {
    tx,
    runId,
    taskId: task.id,
    stepRunId,
    worksheetId,
    variables,
    options,
    user: act.user,
    clock: deps.clock,
  })
  const bad = violations(step.output, output)
  if (bad.length > 0) throw new Fault('RUN-003', { step: `${step.id}: ${bad.join('; ')}` })
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
  await completeJob(
    tx,
    { runId, stepRunId, stepId: step.id, epoch: task.epoch, jobKey: task.jobKey },
    output,
    deps.clock,
  )
}

async function seen(tx: Tx, task: LockedTask, body: DecisionBody): Promise<void> {
  if (task.worksheetId === null) return
  if (body.hash === null || body.count === null) throw new Fault('TASK-005')
  await checkSeen(tx, task.worksheetId, { hash: body.hash, count: body.count })
}

const dropProposal = (tx: Tx, task: LockedTask): Promise<number> =>
  tx.run(`update tasks set proposed_by = null, proposed_at = null, proposal = null where id = $1`, [task.id])

function listOf(deps: RuntimeDeps, task: LockedTask) {
  const step = deps.registry.human(task.stepId)
  if (step.worksheet === null || step.marks === null || task.worksheetId === null)
    throw new Fault('TASK-006', { decision: '印' })
  return { kind: deps.registry.worksheet(task.flow, step.worksheet), rules: step.marks, worksheetId: task.worksheetId }
}

function checkRole(task: LockedTask, user: TaskUser): void {
  if (!isCandidate(task.candidateRole, user.roles)) throw new Fault('AUTH-002')
}

function checkMine(task: LockedTask, user: TaskUser): void {
  checkRole(task, user)
  if (task.assignee === null) throw new Fault('TASK-004')
  if (task.assignee !== user.userId) throw new Fault('TASK-002', { by: task.assigneeName ?? '別の人' })
}

async function inTask(
  deps: RuntimeDeps,
  act: Act,
  work: (tx: Tx, task: LockedTask, step: HumanStep) => Promise<void>,
): Promise<void> {
  await deps.db.tx(async (tx) => {
    const task = await lockOpenTask(tx, act.taskId)
    await work(tx, task, deps.registry.human(task.stepId))
  })
}

async function tell(
  deps: RuntimeDeps,
  tx: Tx,
  task: LockedTask,
  user: TaskUser,
  kind: TaskEventKind,
  payload: object,
): Promise<void> {
  await appendEvent(tx, {
    at: deps.clock.now(),
    kind,
    actor: actorOf(user),
    runId: task.runId,
    stepRunId: task.stepRunId,
    taskId: task.id,
    payload: { step: task.stepId, ...payload },
  })
  await tx.run(`select pg_notify('koki_changes', $1)`, [JSON.stringify({ kind: 'task', taskId: task.id })])
}

type TaskEventKind =
  | 'task-claimed'
  | 'task-unclaimed'
  | 'rows-marked'
  | 'proposals-accepted'
  | 'task-completed'
  | 'task-proposed'
  | 'task-released'

async function recordRefusal(deps: RuntimeDeps, act: Act, fault: Fault): Promise<void> {
  await deps.db.tx((tx) =>
    appendEvent(tx, {
      at: deps.clock.now(),
      kind: 'refused',
      actor: actorOf(act.user),
      taskId: act.taskId,
      payload: { code: fault.code, act: 'release' },
    }),
  )
}
