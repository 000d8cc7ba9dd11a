import { Fault } from '#kernel/faults.ts'
import type { PlainDate } from '#kernel/plain-date.ts'
import type { Tx } from '#db/database.ts'
import type { TaskUser } from './human-context.ts'
import type { FourEyes } from './step.ts'
import type { LockedTask } from './task-lock.ts'

/**
 * 二人の確認, on every road: the releasing person is not who proposed, not who marked a row of this list (accepting the
 * system's own proposal is no such mark), and not who completed a step that this one names, in its version in force.
 * Compares persons, not logins; a deputy counts as both persons, on the day of the act and `today`. Throws the step's
 * fault.
 */
export async function checkMayRelease(
  tx: Tx,
  task: LockedTask,
  rule: FourEyes,
  user: TaskUser,
  today: PlainDate,
): Promise<void> {
  const { hit } = await tx.one<{ hit: boolean }>(
    `select exists (
       select from (
         select t.proposed_by, japan_day(t.proposed_at) from tasks t where t.id = $2 and t.proposed_by is not null
         union
         select m.user_id, japan_day(m.at) from worksheet_marks m
         where m.worksheet_id = $3 and not m.is_accepted_proposal and not m.is_carried_over
         union
         select m.user_id, japan_day(m.at) from worksheet_marks m join worksheets w on w.id = m.worksheet_id
         where w.run_id = $4 and w.step_run_id = $6 and not m.is_accepted_proposal
         union
         select t.assignee, japan_day(t.completing_at) from tasks t
         where t.run_id = $4 and t.step_id = any($5::text[]) and t.assignee is not null
           and t.id = (select l.id from tasks l where l.run_id = $4 and l.step_id = t.step_id
                       and l.state in ('completing', 'completed') and l.completing_at is not null
                       order by l.completing_at desc limit 1)
       ) as act (who, day) where is_one_person($1, $7, act.who, act.day)
     ) as hit`,
    [user.userId, task.id, task.worksheetId, task.runId, rule.notCompleterOf, task.stepRunId, today],
  )
  if (hit) throw new Fault(rule.fault)
}
