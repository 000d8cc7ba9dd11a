import { Fault } from '#kernel/faults.ts'
import { appendEvent } from '#audit/append.ts'
import type { Tx } from '#db/database.ts'
import { notifyChange } from '#db/notify-change.ts'
import { actorOf } from './actor.ts'
import { isCandidate } from './candidate-groups.ts'
import type { RuntimeDeps } from './deps.ts'
import type { TaskUser } from './human-context.ts'
import type { HumanStep } from './step.ts'
import { notifyUsers } from './notify-users.ts'
import { lockOpenTask, type LockedTask } from './task-lock.ts'

/** A person acts on a task. */
export interface Act {
  readonly taskId: string
  readonly user: TaskUser
}

/** An act on rows of the task's list: `version` is the 版 they were read from, where the caller knows it. */
export interface OnList extends Act {
  readonly version?: number | null
}

/** Row numbers mean other people once a list was made anew. Throws TASK-005 when they were read from another 版. */
export async function checkSameList(tx: Tx, worksheetId: bigint | null, version: number | null = null): Promise<void> {
  if (version === null) return
  const same = await tx.maybe(`select 1 from worksheets where id = $1 and version = $2`, [worksheetId, version])
  if (same === null) throw new Fault('TASK-005')
}

/** Runs an act with run and task locked, in one transaction. */
export async function inTask<T>(
  deps: RuntimeDeps,
  act: Act,
  work: (tx: Tx, task: LockedTask, step: HumanStep) => Promise<T>,
): Promise<T> {
  return deps.db.tx(async (tx) => {
    const task = await lockOpenTask(tx, act.taskId)
    return work(tx, task, deps.registry.human(task.stepId))
  })
}

/** The event of an act with the people it was about, and the sign to every open page. */
export async function tell(
  deps: RuntimeDeps,
  tx: Tx,
  task: LockedTask,
  user: TaskUser,
  kind: TaskEventKind,
  payload: object,
  insuredIds: readonly bigint[] = [],
): Promise<void> {
  await appendEvent(tx, {
    at: deps.clock.now(),
    kind,
    actor: actorOf(user),
    runId: task.runId,
    stepRunId: task.stepRunId,
    taskId: task.id,
    subjects: insuredIds.map((id) => ({ kind: 'insured' as const, id: `${id}` })),
    payload: { step: task.stepId, ...payload },
  })
  await notifyChange(tx, { kind: 'task', taskId: task.id }, { kind: 'run', runId: task.runId })
}

/** Throws AUTH-002 for a person outside the lane. */
function checkRole(task: LockedTask, user: TaskUser): void {
  if (!isCandidate(task.candidateRole, user.roles)) throw new Fault('AUTH-002')
}

/** Throws TASK-004 when nobody, TASK-002 when somebody else has claimed the task. */
export function checkMine(task: LockedTask, user: TaskUser): void {
  checkRole(task, user)
  if (task.assignee === null) throw new Fault('TASK-004')
  if (task.assignee !== user.userId) throw new Fault('TASK-002', { by: task.assigneeName ?? '別の人' })
}

/**
 * 一人目の確認 falls as soon as anything changes: the second must see what the first saw. The first is told, when another
 * person changed it.
 */
export async function dropProposal(deps: RuntimeDeps, tx: Tx, task: LockedTask, user: TaskUser): Promise<void> {
  if (task.proposedBy === null) return
  await tx.run(`update tasks set proposed_by = null, proposed_at = null, proposal = null where id = $1`, [task.id])
  await notifyUsers(tx, deps.clock, [task.proposedBy], {
    kind: 'returned',
    taskId: task.id,
    runId: task.runId,
    by: user.userId,
    payload: { isChanged: true },
  })
}

export type TaskEventKind =
  | 'task-claimed'
  | 'task-unclaimed'
  | 'rows-marked'
  | 'proposals-accepted'
  | 'letters-made'
  | 'task-completed'
  | 'task-proposed'
  | 'task-released'
  | 'task-reassigned'
  | 'task-postponed'
  | 'task-commented'
