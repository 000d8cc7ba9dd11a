import { Fault } from '#kernel/faults.ts'
import { isCandidate } from './candidate-groups.ts'
import type { TaskUser } from './human-context.ts'

/** Who holds a task, as the rules of 担当 see it. */
export interface HeldTask {
  readonly state: string
  readonly candidateRole: string
  readonly assignee: bigint | null
  readonly assigneeName: string | null
}

/** Who acts, and for whom they stand in today (代理). */
export interface Holder {
  readonly user: TaskUser
  readonly absent: readonly bigint[]
}

const isLead = (user: TaskUser): boolean => user.roles.includes('kakaricho')
const mayActFor = ({ user, absent }: Holder, assignee: bigint): boolean =>
  assignee === user.userId || absent.includes(assignee)

/** Throws TASK-003 for a task that is over or not yet ready, AUTH-002 for a person outside the lane. */
function checkOpen(task: HeldTask, { user }: Holder): void {
  if (task.state !== 'open') throw new Fault('TASK-003')
  if (!isCandidate(task.candidateRole, user.roles)) throw new Fault('AUTH-002')
}

/** 担当する: what nobody holds, what is one's own, and as a deputy what the absent person holds. Throws TASK-002. */
export function checkMayClaim(task: HeldTask, holder: Holder): void {
  checkOpen(task, holder)
  if (task.assignee !== null && !mayActFor(holder, task.assignee))
    throw new Fault('TASK-002', { by: task.assigneeName ?? '別の人' })
}

/** 手放す: one's own, as a deputy the absent person's, and as 係長 anybody's. */
export function checkMayRelinquish(task: HeldTask, holder: Holder): void {
  if (task.state !== 'open') throw new Fault('TASK-003')
  if (task.assignee !== null && !mayActFor(holder, task.assignee) && !isLead(holder.user)) throw new Fault('AUTH-002')
}

/** 担当を替える: a 係長 any task, everybody else what they hold; only to a person of the lane (TASK-012). */
export function checkMayReassign(task: HeldTask, holder: Holder, to: { readonly roles: readonly string[] }): void {
  checkOpen(task, holder)
  const isOwn = task.assignee !== null && mayActFor(holder, task.assignee)
  if (!isOwn && !isLead(holder.user)) throw new Fault('AUTH-002')
  if (!isCandidate(task.candidateRole, to.roles)) throw new Fault('TASK-012')
}

/** 再開日を決める: what nobody or oneself holds, as 係長 any. */
export function checkMayPostpone(task: HeldTask, holder: Holder): void {
  checkOpen(task, holder)
  if (task.assignee !== null && !mayActFor(holder, task.assignee) && !isLead(holder.user))
    throw new Fault('TASK-002', { by: task.assigneeName ?? '別の人' })
}
