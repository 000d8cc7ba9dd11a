import { Fault } from '#kernel/faults.ts'
import { appendEvent } from '#audit/append.ts'
import { notifyChange } from '#db/notify-change.ts'
import { inTask, type Act } from '../act.ts'
import { actorOf } from '../actor.ts'
import type { RuntimeDeps } from '../deps.ts'

/**
 * 添付を取り下げる: by who added it or a 係長, while the task is open; the row and its bytes stay. The reason stays in its own table;
 * the journal names the attachment only. Throws TASK-001, TASK-003, TASK-019, TASK-020, AUTH-002.
 */
export const withdrawAttachment = (
  deps: RuntimeDeps,
  { attachmentId, reason, ...act }: Act & { readonly attachmentId: bigint; readonly reason: string },
): Promise<void> =>
  inTask(deps, act, async (tx, task) => {
    const found = await tx.maybe<{ userId: bigint; insuredId: bigint | null; isWithdrawn: boolean }>(
      `select a.user_id as "userId", a.insured_id as "insuredId", w.attachment_id is not null as "isWithdrawn"
       from task_attachments a left join task_attachment_withdrawals w on w.attachment_id = a.id
       where a.id = $1 and a.task_id = $2`,
      [attachmentId, task.id],
    )
    if (found === null) throw new Fault('TASK-019')
    if (found.userId !== act.user.userId && !act.user.roles.includes('kakaricho')) throw new Fault('AUTH-002')
    if (found.isWithdrawn) throw new Fault('TASK-020')
    await tx.run(
      `insert into task_attachment_withdrawals (attachment_id, reason, user_id, at) values ($1, $2, $3, $4)`,
      [attachmentId, reason, act.user.userId, deps.clock.now()],
    )
    await appendEvent(tx, {
      at: deps.clock.now(),
      kind: 'attachment-withdrawn',
      actor: actorOf(act.user),
      runId: task.runId,
      stepRunId: task.stepRunId,
      taskId: task.id,
      subjects: found.insuredId === null ? [] : [{ kind: 'insured', id: `${found.insuredId}` }],
      payload: { step: task.stepId, attachmentId: `${attachmentId}` },
    })
    await notifyChange(tx, { kind: 'task', taskId: task.id })
  })
