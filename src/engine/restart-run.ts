import type { Clock } from '#kernel/clock.ts'
import type { Tx } from '#db/database.ts'
import { bindRun } from './binding.ts'
import { asVariables, payloadOf, type OutboxEntry, type RestartRun } from './outbox.ts'
import type { EnginePort } from './port.ts'
import { sendUntilBound, type SentStart } from './until-bound.ts'
import type { Verdict } from './verdict.ts'

/**
 * 引継ぎ: makes an instance of a run that an older epoch left behind, at its open elements, with the run's variables as
 * PostgreSQL has them now. An answer binds the run at once; without one the records bind it, and another instance that
 * the same command may have made does no work.
 */
export async function sendRestart(tx: Tx, engine: EnginePort, clock: Clock, entry: OutboxEntry): Promise<Verdict> {
  const restart = payloadOf<RestartRun & SentStart>(entry)
  const { runId, processId, elements } = restart
  const made: { key: string | null } = { key: null }
  const verdict = await sendUntilBound(tx, entry, restart, async () => {
    const { variables } = await tx.one<{ variables: object }>(`select variables from runs where id = $1`, [runId])
    const outcome = await engine.createWithStart(processId, asVariables(variables), elements)
    if (outcome.kind === 'done') made.key = outcome.value
    return outcome
  })
  if (made.key === null || entry.epoch === null) return verdict
  await bindRun(tx, { runId, epoch: entry.epoch, processInstanceKey: made.key }, clock)
  return { kind: 'done' }
}
