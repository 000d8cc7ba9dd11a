import { Fault } from '#kernel/faults.ts'
import type { Tx } from '#db/database.ts'
import type { TaskUser } from './human-context.ts'
import type { FourEyes } from './step.ts'
import type { LockedTask } from './task-lock.ts'

/**
 * 二人の確認, on every road: the releasing person is not who proposed, not who marked a row of this list (accepting the
 * system's own proposal is no such mark), and not who completed a step that this one names, in its version in force.
 * Compares persons, not logins. Throws the step's fault.
 */
export async function checkMayRelease(tx: Tx, task: LockedTask, rule: FourEyes, user: TaskUser): Promise<void> {
  const { hit } = await tx.one<{ hit: boolean }>(
    `select exists (
       select from users u where u.staff_id = $1 and (
         u.id = $2
         or exists (select from worksheet_marks m where m.worksheet_id = $3 and m.user_id = u.id
                    and not m.is_accepted_proposal and not m.is_carried_over)
         or exists (select from worksheet_marks m join worksheets w on w.id = m.worksheet_id
                    where w.run_id = $4 and w.step_run_id = $6 and m.user_id = u.id
                      and not m.is_accepted_proposal)
         or exists (select from tasks t where t.run_id = $4 and t.step_id = any($5::text[]) and t.assignee = u.id
                    and t.id = (select l.id from tasks l where l.run_id = $4 and l.step_id = t.step_id
                                and l.state in ('completing', 'completed') and l.completing_at is not null
                                order by l.completing_at desc limit 1))
       )) as hit`,
    [user.staffId, task.proposedBy, task.worksheetId, task.runId, rule.notCompleterOf, task.stepRunId],
  )
  if (hit) throw new Fault(rule.fault)
}
