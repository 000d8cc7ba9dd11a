import { Fault } from '#kernel/faults.ts'
import { appendEvent } from '#audit/append.ts'
import { notifyChange } from '#db/notify-change.ts'
import { actorOf } from './actor.ts'
import type { RuntimeDeps } from './deps.ts'
import type { TaskUser } from './human-context.ts'
import { notifyUsers } from './notify-users.ts'

/**
 * コメントを書く: kept for ever beside the task, whatever its state. The text stays in its own table; the journal names the
 * comment only. Told to whom the task concerns: 担当, the first person of a proposal, and who commented before. Throws TASK-001.
 */
export function addComment(
  deps: RuntimeDeps,
  { taskId, text, user }: { readonly taskId: string; readonly text: string; readonly user: TaskUser },
): Promise<bigint> {
  return deps.db.tx(async (tx) => {
    const task = await tx.maybe<{
      runId: string | null
      stepId: string
      assignee: bigint | null
      proposedBy: bigint | null
      writers: bigint[]
    }>(
      `select run_id as "runId", step_id as "stepId", assignee, proposed_by as "proposedBy",
         array(select distinct user_id from task_comments where task_id = $1) as writers
       from tasks where id = $1`,
      [taskId],
    )
    if (task === null) throw new Fault('TASK-001')
    const { id } = await tx.one<{ id: bigint }>(
      `insert into task_comments (task_id, user_id, text, at) values ($1, $2, $3, $4) returning id`,
      [taskId, user.userId, text, deps.clock.now()],
    )
    await appendEvent(tx, {
      at: deps.clock.now(),
      kind: 'task-commented',
      actor: actorOf(user),
      runId: task.runId,
      taskId,
      payload: { step: task.stepId, commentId: `${id}` },
    })
    await notifyUsers(tx, deps.clock, [task.assignee, task.proposedBy, ...task.writers], {
      kind: 'comment',
      taskId,
      runId: task.runId,
      by: user.userId,
      payload: { commentId: `${id}` },
    })
    await notifyChange(tx, { kind: 'task', taskId })
    return id
  })
}
