import type { Tx } from '#db/database.ts'
import { notifyChange } from '#db/notify-change.ts'
import type { StepId } from '#processes/contracts.generated.ts'
import type { RuntimeDeps } from './deps.ts'
import type { StepContext } from './step.ts'
import type { Turn } from './turn.ts'

const TELL_EVERY_MS = 400

/** The context of one attempt: a snapshot to read from, and the posting number N that its balances are "as of". */
export async function stepContext(deps: RuntimeDeps, stepId: StepId, turn: Turn, read: Tx): Promise<StepContext> {
  const { number } = await read.one<{ number: bigint }>(
    `select coalesce(max(number), 0)::bigint as number from postings`,
  )
  let told: { readonly phase: string; readonly at: number } | null = null
  return {
    runId: turn.runId,
    stepRunId: turn.stepRunId,
    stepId,
    attempt: turn.attempt,
    read,
    db: deps.db,
    postingNumber: number,
    options: deps.registry.flowOfStep(stepId).options(turn.options, turn.variables),
    clock: deps.clock,
    files: deps.files,
    async progress(phase, done, total, failed = 0) {
      // hundreds of pages, but nobody watches faster than this; the end of a phase is always told
      if (told?.phase === phase && done !== total && performance.now() - told.at < TELL_EVERY_MS) return
      told = { phase, at: performance.now() }
      await deps.db.run(
        `update step_runs set phase = $3, progress_done = $4, progress_total = coalesce($5, progress_total), progress_failed = $6
         where id = $1 and attempt = $2`,
        [turn.stepRunId, turn.attempt, phase, done, total ?? null, failed],
      )
      await notifyChange(deps.db, { kind: 'run', runId: turn.runId })
    },
  }
}
