import type { Clock } from '#kernel/clock.ts'
import type { Tx } from '#db/database.ts'
import type { Json, Variables } from './port.ts'

/** Listeners of this channel look at the outbox at once. */
export const OUTBOX_CHANNEL = 'outbox'

interface Common {
  /** One row a key: asking again while it waits changes nothing; asking again after it was done sends it again. */
  readonly dedupeKey: string
  readonly runId: string | null
  readonly clock: Clock
}
/** Keys of jobs and instances mean something in one epoch only; in a later one the row is dropped. */
type Keyed<Payload> = Common & { readonly epoch: number; readonly payload: Payload }
type Unkeyed<Payload> = Common & { readonly payload: Payload }

export type StartRun = { readonly messageName: string; readonly runId: string; readonly variables: object }
export type RestartRun = { readonly runId: string; readonly processId: string; readonly elements: readonly string[] }
export type CompleteJob = { readonly jobKey: string; readonly stepId: string; readonly variables: object }
export type CancelInstance = { readonly processInstanceKey: string }
export type PublishMessage = {
  readonly name: string
  readonly correlationKey: string
  readonly messageId: string
  readonly ttlMs: number
  readonly variables: object
}

/** What we owe the engine. */
export type OutboxRequest =
  | ({ readonly kind: 'start-run' } & Unkeyed<StartRun>)
  | ({ readonly kind: 'restart-run' } & Keyed<RestartRun>)
  | ({ readonly kind: 'complete-job' } & Keyed<CompleteJob>)
  | ({ readonly kind: 'cancel-instance' } & Keyed<CancelInstance>)
  | ({ readonly kind: 'publish-message' } & Unkeyed<PublishMessage>)

/**
 * The engine loses commands of more than about 1 MB without saying so (its limit of 4 MB counts a variable several
 * times). Variables are ids, dates, counts and decisions: this much is a mistake of a step.
 */
const MOST_BYTES = 256_000

/**
 * Puts a command to the engine into the outbox; it is sent after this transaction commits, and until it succeeds.
 * Throws `RangeError` for a payload that no engine would take.
 */
export async function enqueue(tx: Tx, request: OutboxRequest): Promise<void> {
  const payload = JSON.stringify(request.payload)
  if (Buffer.byteLength(payload) > MOST_BYTES)
    throw new RangeError(
      `${request.dedupeKey}: ${Buffer.byteLength(payload)} bytes of variables, at most ${MOST_BYTES}`,
    )
  await tx.run(
    `insert into outbox (kind, dedupe_key, run_id, epoch, payload, created_at, next_attempt_at)
     values ($1, $2, $3, $4, $5, $6, $6)
     on conflict (dedupe_key) do update
        set state = 'pending', payload = excluded.payload, next_attempt_at = excluded.next_attempt_at, done_at = null
      where outbox.state = 'done'`,
    [
      request.kind,
      request.dedupeKey,
      request.runId,
      'epoch' in request ? request.epoch : null,
      payload,
      request.clock.now(),
    ],
  )
  await tx.run(`select pg_notify('${OUTBOX_CHANNEL}', '')`)
}

/** A row that waits to be sent. */
export interface OutboxEntry {
  readonly id: bigint
  readonly kind: OutboxRequest['kind']
  readonly dedupeKey: string
  readonly runId: string | null
  readonly epoch: number | null
  readonly payload: Readonly<Record<string, Json>>
  readonly attempts: number
}

/** Payloads are ours and were typed when they were written; this reads them back. */
export const payloadOf = <T extends object>(entry: OutboxEntry): T => entry.payload as unknown as T

/** The engine's JSON type for what a step gave out. */
export const asVariables = (value: object): Variables => value as Variables
