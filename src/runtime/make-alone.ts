import { Fault } from '#kernel/faults.ts'
import { checkMine, checkSameList, dropProposal, inTask, tell, type OnList } from './act.ts'
import type { RuntimeDeps } from './deps.ts'
import { refreshTask } from './refresh-task.ts'
import type { MadeAlone } from './step.ts'

/** Memo that makes whoever did 個別作成 one who worked on the list: four-eyes counts it. */
const MEMO = '個別作成'

/**
 * 個別作成: makes the letters of these rows after their 発行不能 was repaired, then builds the list again, in which they wait for
 * a decision. A first person's 確認 falls. Throws the step's refusals, and TASK-006 where a step has no such rows.
 */
export async function makeAlone(
  deps: RuntimeDeps,
  act: OnList & { readonly rowNos: readonly number[] },
): Promise<MadeAlone> {
  const done = await inTask(deps, act, async (tx, task, step) => {
    checkMine(task, act.user)
    if (step.makeAlone === null) throw new Fault('TASK-006', { decision: '個別作成' })
    const { id: taskId, runId, stepRunId, worksheetId, variables } = task
    await checkSameList(tx, worksheetId, act.version)
    const options = deps.registry.flow(task.flow).options(task.options, variables)
    const ctx = { tx, runId, taskId, stepRunId, worksheetId, variables, options, user: act.user, clock: deps.clock }
    const result = await step.makeAlone(act.rowNos, ctx)
    await tx.run(
      `insert into worksheet_marks (worksheet_id, row_no, action, note, task_id, user_id, at)
       select $1, unnest($2::int[]), 'note', $3, $4, $5, $6`,
      [worksheetId, result.made.map(({ rowNo }) => rowNo), MEMO, taskId, act.user.userId, deps.clock.now()],
    )
    await dropProposal(deps, tx, task, act.user)
    await tell(deps, tx, task, act.user, 'letters-made', { count: result.made.length, ...result })
    return result
  })
  await refreshTask(deps, act)
  return done
}
