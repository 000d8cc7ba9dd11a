import type { Tx } from '#db/database.ts'
import { asVariables, payloadOf, type OutboxEntry, type StartRun } from './outbox.ts'
import type { EnginePort } from './port.ts'
import { sendUntilBound, type SentStart } from './until-bound.ts'
import type { Verdict } from './verdict.ts'

/** Publishes a run's start message until an instance is bound to the run. */
export async function sendStart(tx: Tx, engine: EnginePort, entry: OutboxEntry): Promise<Verdict> {
  const start = payloadOf<StartRun & SentStart>(entry)
  return sendUntilBound(tx, entry, start, () =>
    engine.publishStart(start.messageName, start.runId, asVariables(start.variables)),
  )
}
