import { Fault } from '#kernel/faults.ts'
import { notifyChange } from '#db/notify-change.ts'
import { appendEvent } from '#audit/append.ts'
import { dropProposal } from './act.ts'
import { actorOf } from './actor.ts'
import type { RuntimeDeps } from './deps.ts'
import type { TaskUser } from './human-context.ts'
import { withPrepared } from './prepare-task.ts'
import { lockOpenTask } from './task-lock.ts'
import type { Turn } from './turn.ts'
import { packWorksheet } from './worksheet/pack.ts'

/**
 * 最新の収納を反映: builds the task's own list anew from the books as they are now. Marks whose row and proposal did not
 * change stay. A proposal of a first person falls: the second must see what the first saw.
 */
export async function refreshTask(
  deps: RuntimeDeps,
  act: { readonly taskId: string; readonly user: TaskUser },
): Promise<void> {
  const turn = await deps.db.tx(async (tx): Promise<Turn> => {
    const task = await lockOpenTask(tx, act.taskId)
    if (deps.registry.human(task.stepId).prepare === null) throw new Fault('TASK-006', { decision: '最新の収納を反映' })
    const { attempt } = await tx.one<{ attempt: number }>(
      `update step_runs set attempt = attempt + 1 where id = $1 returning attempt`,
      [task.stepRunId],
    )
    const { runId, stepRunId, stepId, epoch, jobKey, variables, options } = task
    return { runId, stepRunId, stepId, epoch, jobKey, attempt, input: {}, options, variables }
  })
  const step = deps.registry.human(turn.stepId)
  await withPrepared(deps, step, turn, async (tx, staged) => {
    const task = await lockOpenTask(tx, act.taskId)
    const { attempt } = await tx.one<{ attempt: number }>(`select attempt from step_runs where id = $1`, [
      turn.stepRunId,
    ])
    if (attempt !== turn.attempt) throw new Fault('RUN-004')
    await staged?.finish(tx)
    await dropProposal(deps, tx, task, act.user)
    const { worksheetId } = await tx.one<{ worksheetId: bigint | null }>(
      `update tasks set worksheet_id = (select id from worksheets where run_id = $2 and kind = $3 and state = 'ready' order by version desc limit 1)
       where id = $1 returning worksheet_id as "worksheetId"`,
      [task.id, task.runId, step.worksheet],
    )
    if (step.worksheet !== null && worksheetId !== null)
      await packWorksheet(tx, deps.registry.worksheet(task.flow, step.worksheet), worksheetId)
    await appendEvent(tx, {
      at: deps.clock.now(),
      kind: 'task-refreshed',
      actor: actorOf(act.user),
      runId: task.runId,
      taskId: task.id,
      payload: { step: step.id },
    })
    await notifyChange(tx, { kind: 'task', taskId: task.id })
  })
}
