import type { Outcome } from './port.ts'

/** What becomes of an outbox row after one look at it. */
export type Verdict =
  | { readonly kind: 'done'; readonly note?: string }
  | { readonly kind: 'dropped'; readonly reason: string }
  | { readonly kind: 'wait'; readonly forMs: number; readonly payload?: object; readonly error?: string }

const FIRST_MS = 250
/** An engine that is away comes back soon; a refused command needs a person. */
const LONGEST_MS = { unknown: 5_000, backpressure: 5_000, refused: 60_000 }

/** Success, or the engine no longer knows the job or instance: nothing more to send. Everything else is tried again. */
export function settle(outcome: Outcome<unknown>, attempts: number): Verdict {
  if (outcome.kind === 'done' || outcome.kind === 'alreadyExists') return { kind: 'done' }
  if (outcome.kind === 'notFound') return { kind: 'done', note: outcome.message }
  return afterFailure(outcome, attempts)
}

/** Try again after a while that doubles. */
export function afterFailure(outcome: Exclude<Outcome, { kind: 'done' }>, attempts: number): Verdict {
  const longest =
    outcome.kind === 'unknown' || outcome.kind === 'backpressure' ? LONGEST_MS[outcome.kind] : LONGEST_MS.refused
  return {
    kind: 'wait',
    forMs: Math.min(longest, FIRST_MS * 2 ** Math.min(attempts, 12)),
    error: `${outcome.kind}: ${outcome.message}`,
  }
}
