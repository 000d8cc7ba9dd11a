import { Fault } from '#kernel/faults.ts'
import type { Sql } from '#db/database.ts'
import type { LockedTask } from '#runtime/task-lock.ts'

/** A task with its run as the work screen needs them; nothing is locked. */
export interface TaskFacts extends LockedTask {
  readonly params: Readonly<Record<string, unknown>>
  readonly proposedAt: string | null
  readonly proposerName: string | null
  readonly proposerStaffId: bigint | null
  readonly draft: Readonly<Record<string, unknown>> | null
  readonly draftSavedAt: string | null
  readonly drafterName: string | null
  readonly drafterStaffId: bigint | null
}

/** Throws TASK-001. */
export async function taskFacts(sql: Sql, taskId: string): Promise<TaskFacts> {
  const facts = await sql.maybe<TaskFacts>(
    `select t.id, t.run_id as "runId", t.flow, t.step_id as "stepId", t.step_run_id as "stepRunId", t.epoch,
       t.job_key::text as "jobKey", t.state, t.candidate_role as "candidateRole", t.assignee, s.name as "assigneeName",
       t.worksheet_id as "worksheetId", t.proposed_by as "proposedBy", t.proposal, r.variables, r.options, r.params,
       t.proposed_at as "proposedAt", ps.name as "proposerName", pu.staff_id as "proposerStaffId", t.draft,
       t.draft_saved_at as "draftSavedAt", ds.name as "drafterName", du.staff_id as "drafterStaffId"
     from tasks t join runs r on r.id = t.run_id
     left join users u on u.id = t.assignee left join staff s on s.id = u.staff_id
     left join users pu on pu.id = t.proposed_by left join staff ps on ps.id = pu.staff_id
     left join users du on du.id = t.draft_by left join staff ds on ds.id = du.staff_id
     where t.id = $1`,
    [taskId],
  )
  if (facts === null) throw new Fault('TASK-001')
  return facts
}
