import { Fault } from '#kernel/faults.ts'
import type { EngineJob } from '#engine/port.ts'
import { completeJob } from './answer.ts'
import type { WorkerDeps } from './deps.ts'
import { failpoint } from './failpoints.ts'
import { recordDone } from './record-done.ts'
import { settleFailure } from './settle-failure.ts'
import { stepContext } from './step-context.ts'
import type { AutomaticStep } from './step.ts'
import { lockTurn, takeTurn, type Turn } from './turn.ts'
import { violations } from './validate.ts'

/**
 * Runs the job of an 自動 step: take the turn, stage outside, finish in one transaction, let the outbox tell the engine.
 * Never throws: what went wrong is settled with the engine, and a job that is not ours is left alone.
 */
export async function runJob(deps: WorkerDeps, job: EngineJob): Promise<void> {
  const step = deps.registry.automatic(job.type)
  let turn: Turn | null = null
  try {
    const taken = await takeTurn(deps, step, job)
    if (taken.kind !== 'run') return
    turn = taken.turn
    await runTurn(deps, step, turn)
    failpoint('after-commit', step.id)
  } catch (error) {
    await settleFailure(deps, step, job, turn, error)
  }
}

async function runTurn(deps: WorkerDeps, step: AutomaticStep, turn: Turn): Promise<void> {
  const wrong = violations(step.input, turn.input)
  if (wrong.length > 0) throw new Fault('RUN-003', { step: `${step.id}: ${wrong.join('; ')}` })
  await deps.db.tx(async (read) => {
    await read.run('set transaction isolation level repeatable read, read only')
    await read.run('set local idle_in_transaction_session_timeout = 0') // staging may take long between two reads
    const ctx = await stepContext(deps, step.id, turn, read)
    const staged = await step.stage(turn.input, ctx)
    failpoint('before-final', step.id)
    await deps.db.tx(async (tx) => {
      await lockTurn(tx, turn)
      const output = await staged.finish(tx)
      const bad = violations(step.output, output)
      if (bad.length > 0) throw new Fault('RUN-003', { step: `${step.id}: ${bad.join('; ')}` })
      await recordDone(tx, turn, output, { postingNumber: ctx.postingNumber, clock: deps.clock })
      await completeJob(tx, turn, output, deps.clock)
    })
  })
}
