import type { Tx } from '#db/database.ts'
import { asVariables, payloadOf, type OutboxEntry, type StartRun } from './outbox.ts'
import type { EnginePort } from './port.ts'
import { afterFailure, type Verdict } from './verdict.ts'

/** `afterBeat`: the last heartbeat sent before we knew that the message was out; null: we do not know yet. */
type Sent = StartRun & { readonly afterBeat?: number | null }
const LOOK_AGAIN_MS = 500
/** Longer than a gateway keeps a command alive: after it an unanswered publish has happened or never will. */
const SETTLED_MS = 20_000

/**
 * Publishes a run's start message. The message does not decide whether the run has started: the binding does. It is
 * published again only while the run is unbound and ingest has passed the attempt (a later heartbeat was seen).
 */
export async function sendStart(tx: Tx, engine: EnginePort, entry: OutboxEntry): Promise<Verdict> {
  const start = payloadOf<Sent>(entry)
  const run = await tx.maybe<{ state: string; isBound: boolean }>(
    `select state, process_instance_key is not null as "isBound" from runs where id = $1`,
    [start.runId],
  )
  if (run === null) return { kind: 'dropped', reason: 'no such run' }
  if (run.isBound) return { kind: 'done' }
  if (run.state !== 'running') return { kind: 'dropped', reason: `run is ${run.state}` }
  const beat = await tx.maybe<{ sent: bigint; seen: bigint }>(
    `select sent_number as sent, seen_number as seen from engine_heartbeat`,
  )
  const sent = Number(beat?.sent ?? 0n)
  if (start.afterBeat === null) return waitForBeat(start, sent)
  if (start.afterBeat !== undefined && Number(beat?.seen ?? 0n) <= start.afterBeat)
    return { kind: 'wait', forMs: LOOK_AGAIN_MS }
  const outcome = await engine.publishStart(start.messageName, start.runId, asVariables(start.variables))
  if (outcome.kind === 'done' || outcome.kind === 'alreadyExists') return waitForBeat(start, await latestBeat(tx))
  if (outcome.kind === 'unknown')
    return { kind: 'wait', forMs: SETTLED_MS, payload: { ...start, afterBeat: null }, error: outcome.message }
  return afterFailure(outcome, entry.attempts)
}

const waitForBeat = (start: Sent, afterBeat: number): Verdict => ({
  kind: 'wait',
  forMs: LOOK_AGAIN_MS,
  payload: { ...start, afterBeat },
})

async function latestBeat(tx: Tx): Promise<number> {
  const beat = await tx.maybe<{ sent: bigint }>(`select sent_number as sent from engine_heartbeat`)
  return Number(beat?.sent ?? 0n)
}
