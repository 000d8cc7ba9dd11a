import type { Clock } from '#kernel/clock.ts'
import { appendEvent } from '#audit/append.ts'
import type { Tx } from '#db/database.ts'
import { notifyChange } from '#db/notify-change.ts'
import type { Turn } from './turn.ts'

/** Writes that an 自動 step is done: output, the run's variables, and one event with its counts. */
export async function recordDone(
  tx: Tx,
  turn: Turn,
  output: object,
  at: { readonly postingNumber: bigint; readonly clock: Clock },
): Promise<void> {
  const now = at.clock.now()
  await tx.run(
    `update step_runs set state = 'done', output = $2, posting_number = $3, finished_at = $4, phase = null,
       fault_code = null, fault_message = null where id = $1`,
    [turn.stepRunId, JSON.stringify(output), at.postingNumber, now],
  )
  await tx.run(`update runs set variables = variables || $2::jsonb where id = $1`, [turn.runId, JSON.stringify(output)])
  await appendEvent(tx, {
    at: now,
    kind: 'step-done',
    actor: { userId: null, name: 'システム', terminal: '' },
    runId: turn.runId,
    stepRunId: turn.stepRunId,
    payload: { step: turn.stepId, attempt: turn.attempt, postingNumber: at.postingNumber.toString(), output },
  })
  await notifyChange(tx, { kind: 'run', runId: turn.runId })
}
