import type { Tx } from '#db/database.ts'
import type { OutboxEntry } from './outbox.ts'
import type { Outcome } from './port.ts'
import { afterFailure, type Verdict } from './verdict.ts'

/** `afterBeat`: the last heartbeat sent before we knew that the command was out; null: we do not know yet. */
export type SentStart = { readonly runId: string; readonly afterBeat?: number | null }
const LOOK_AGAIN_MS = 500
/** Longer than a gateway keeps a command alive: after it an unanswered command has happened or never will. */
const SETTLED_MS = 20_000

/**
 * Sends a command that makes an instance of a run. The command does not decide whether the run has started: the binding
 * does. It is sent again only while the run is unbound and ingest has passed the attempt (a later heartbeat was seen).
 */
export async function sendUntilBound<T>(
  tx: Tx,
  entry: OutboxEntry,
  payload: SentStart,
  send: () => Promise<Outcome<T>>,
): Promise<Verdict> {
  const run = await tx.maybe<{ state: string; isBound: boolean }>(
    `select state, process_instance_key is not null as "isBound" from runs where id = $1`,
    [payload.runId],
  )
  if (run === null) return { kind: 'dropped', reason: 'no such run' }
  if (run.isBound) return { kind: 'done' }
  if (run.state !== 'running') return { kind: 'dropped', reason: `run is ${run.state}` }
  const beat = await tx.maybe<{ sent: bigint; seen: bigint }>(
    `select sent_number as sent, seen_number as seen from engine_heartbeat`,
  )
  const sent = Number(beat?.sent ?? 0n)
  if (payload.afterBeat === null) return waitForBeat(payload, sent)
  if (payload.afterBeat !== undefined && Number(beat?.seen ?? 0n) <= payload.afterBeat)
    return { kind: 'wait', forMs: LOOK_AGAIN_MS }
  const outcome = await send()
  if (outcome.kind === 'done' || outcome.kind === 'alreadyExists') return waitForBeat(payload, await latestBeat(tx))
  if (outcome.kind === 'unknown')
    return { kind: 'wait', forMs: SETTLED_MS, payload: { ...payload, afterBeat: null }, error: outcome.message }
  return afterFailure(outcome, entry.attempts)
}

const waitForBeat = (payload: SentStart, afterBeat: number): Verdict => ({
  kind: 'wait',
  forMs: LOOK_AGAIN_MS,
  payload: { ...payload, afterBeat },
})

async function latestBeat(tx: Tx): Promise<number> {
  const beat = await tx.maybe<{ sent: bigint }>(`select sent_number as sent from engine_heartbeat`)
  return Number(beat?.sent ?? 0n)
}
