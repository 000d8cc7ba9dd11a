import type { Clock } from '#kernel/clock.ts'
import type { Tx } from '#db/database.ts'
import { completeJob } from './answer.ts'

/** A job of the new epoch, by the keys that the engine gave it. */
export interface NewJob {
  readonly runId: string
  readonly stepId: string
  readonly epoch: number
  readonly jobKey: string
  readonly elementInstanceKey: string
}

/**
 * 引継ぎ: gives the oldest step run that waits for a job of its step to this one; what was staged, done or answered under
 * it stays as it is. Answers whether there was one. The run is locked by the caller.
 */
export async function takeOverStepRun(tx: Tx, job: NewJob): Promise<boolean> {
  const moved = await tx.run(
    `update step_runs set epoch = $3, job_key = $4, element_instance_key = $5, awaits_job = false
      where id = (select id from step_runs where run_id = $1 and step_id = $2 and awaits_job order by round limit 1)`,
    [job.runId, job.stepId, job.epoch, job.jobKey, job.elementInstanceKey],
  )
  return moved > 0
}

/**
 * 引継ぎ of a 作業: the task row moves to the new job with its draft, claim, marks, comments and proposal, so that a clerk
 * goes on where they were. One that was decided meanwhile is told to the engine again. Answers the task's id, or null when
 * this job is a task of its own. The run is locked by the caller.
 */
export async function takeOverTask(
  tx: Tx,
  job: NewJob & { readonly processInstanceKey: string },
  clock: Clock,
): Promise<string | null> {
  const { runId, stepId, epoch, jobKey } = job
  const task = await tx.maybe<{ id: string; stepRunId: string | null; isDone: boolean; output: object | null }>(
    `select t.id, t.step_run_id as "stepRunId", coalesce(s.state = 'done', false) as "isDone", s.output
       from tasks t left join step_runs s on s.id = t.step_run_id
      where t.run_id = $1 and t.step_id = $2 and t.epoch < $3
        and (t.state in ('preparing', 'open', 'completing') or s.awaits_job)
      order by t.created_at, t.id limit 1 for no key update of t`,
    [runId, stepId, epoch],
  )
  if (task === null) return null
  await tx.run(
    `update tasks set epoch = $2, job_key = $3, element_instance_key = $4, process_instance_key = $5 where id = $1`,
    [task.id, epoch, jobKey, job.elementInstanceKey, job.processInstanceKey],
  )
  if (task.stepRunId === null) return task.id
  await tx.run(
    `update step_runs set epoch = $2, job_key = $3, element_instance_key = $4, awaits_job = false where id = $1`,
    [task.stepRunId, epoch, jobKey, job.elementInstanceKey],
  )
  if (task.isDone)
    await completeJob(tx, { runId, stepRunId: task.stepRunId, stepId, epoch, jobKey }, task.output ?? {}, clock)
  return task.id
}
