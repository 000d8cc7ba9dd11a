import { Fault } from '#kernel/faults.ts'
import type { Tx } from '#db/database.ts'

/** A task with its run, both locked until the transaction ends. */
export interface LockedTask {
  readonly id: string
  readonly runId: string
  readonly flow: string
  readonly stepId: string
  readonly stepRunId: string
  readonly epoch: number
  readonly jobKey: string
  readonly state: string
  readonly candidateRole: string
  readonly assignee: bigint | null
  readonly assigneeName: string | null
  readonly worksheetId: bigint | null
  readonly proposedBy: bigint | null
  readonly proposal: Readonly<Record<string, unknown>> | null
  readonly variables: Readonly<Record<string, unknown>>
  readonly options: unknown
}

/** Locks run and task. Throws TASK-001 for an unknown task, TASK-003 for one that is over, RUN-002 for a closed run. */
export async function lockOpenTask(tx: Tx, taskId: string): Promise<LockedTask> {
  const known = await tx.maybe<{ run_id: string | null }>(`select run_id from tasks where id = $1`, [taskId])
  if (known === null || known.run_id === null) throw new Fault('TASK-001')
  const run = await tx.one<{ state: string; variables: Record<string, unknown>; options: unknown }>(
    `select state, variables, options from runs where id = $1 for no key update`,
    [known.run_id],
  )
  const task = await tx.one<Omit<LockedTask, 'variables' | 'options'>>(
    `select t.id, t.run_id as "runId", t.flow, t.step_id as "stepId", t.step_run_id as "stepRunId", t.epoch,
       t.job_key::text as "jobKey", t.state, t.candidate_role as "candidateRole", t.assignee, s.name as "assigneeName",
       t.worksheet_id as "worksheetId", t.proposed_by as "proposedBy", t.proposal
     from tasks t left join users u on u.id = t.assignee left join staff s on s.id = u.staff_id
     where t.id = $1 for no key update of t`,
    [taskId],
  )
  if (task.state !== 'open') throw new Fault('TASK-003')
  if (run.state !== 'running') throw new Fault('RUN-002')
  return { ...task, variables: run.variables, options: run.options }
}
