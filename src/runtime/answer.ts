import type { Clock } from '#kernel/clock.ts'
import type { Tx } from '#db/database.ts'
import { enqueue } from '#engine/outbox.ts'

/** Puts the answer to a job into the outbox; asking again after it was done puts it there again, which is harmless. */
export async function completeJob(
  tx: Tx,
  job: {
    readonly runId: string
    readonly stepRunId: string
    readonly stepId: string
    readonly epoch: number
    readonly jobKey: string
  },
  output: object,
  clock: Clock,
): Promise<void> {
  await enqueue(tx, {
    kind: 'complete-job',
    dedupeKey: `complete/${job.epoch}/${job.jobKey}`,
    runId: job.runId,
    epoch: job.epoch,
    payload: { jobKey: job.jobKey, stepId: job.stepId, variables: { ...output, stepRunId: job.stepRunId } },
    clock,
  })
}
