import { ZBClient } from 'zeebe-node'
import type { Outcome } from '../port.ts'
import { limiter } from './limiter.ts'
import { failureOf, GRPC, grpcCode, isBroken, NoAnswer } from './outcome.ts'

/**
 * - repeatable: sending it again does no harm, so an unknown outcome is tried again within the deadline
 * - once: an unknown outcome stays unknown; only what the engine has surely not done is tried again
 */
export type Repeat = 'repeatable' | 'once'

/** The command side of the client: our own deadline and bounded retry, and a new client when the broker went away. */
export interface Commands {
  send<T>(repeat: Repeat, command: (client: ZBClient) => Promise<T>, deadlineMs?: number): Promise<Outcome<T>>
  /** The client in use, for its workers. */
  client(): ZBClient
  /** Makes a new client, at most every two seconds. Workers of the old one are theirs to replace. */
  renew(): void
  /** Calls back whenever there is a new client; answers how to stop that. */
  onRenewed(listener: () => void): () => void
  close(): Promise<void>
}

const DEADLINE_MS = 10_000
const ONE_TRY_MS = 5_000
const FIRST_PAUSE_MS = 100
const LONGEST_PAUSE_MS = 1_000
const RENEW_EVERY_MS = 2_000

/** The library's own retry hides outcomes and its log writes to the console: both are off. */
const openClient = (address: string): ZBClient =>
  new ZBClient(address, { retry: false, loglevel: 'NONE', eagerConnection: false })

export function openCommands(address: string): Commands {
  let client = openClient(address)
  let renewedAt = performance.now()
  let isClosed = false
  const closing = new Set<Promise<unknown>>()
  const listeners = new Set<() => void>()
  const flow = limiter()

  const retire = (old: ZBClient): void => {
    const ended: Promise<unknown> = old
      .close()
      .catch(() => undefined) // its channel was broken: nothing is left to close
      .finally(() => closing.delete(ended))
    closing.add(ended)
  }
  const renew = (): void => {
    if (isClosed || performance.now() - renewedAt < RENEW_EVERY_MS) return
    renewedAt = performance.now()
    const old = client
    client = openClient(address)
    retire(old)
    for (const listener of listeners) listener()
  }
  const tryOnce = async <T>(command: (client: ZBClient) => Promise<T>, ms: number): Promise<Outcome<T>> => {
    await flow.enter()
    try {
      const value = await within(ms, command(client))
      flow.succeeded()
      return { kind: 'done', value }
    } catch (error) {
      const failure = failureOf(error)
      if (grpcCode(error) === GRPC.resourceExhausted) flow.pushedBack()
      if (isBroken(error)) renew()
      return failure
    } finally {
      flow.leave()
    }
  }
  return {
    client: () => client,
    renew,
    onRenewed(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    async send(repeat, command, deadlineMs = DEADLINE_MS) {
      const until = performance.now() + deadlineMs
      for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(LONGEST_PAUSE_MS, pause * 2)) {
        const left = until - performance.now()
        const oneTry = repeat === 'once' ? left : Math.min(ONE_TRY_MS, left)
        const outcome = await tryOnce(command, Math.max(1, oneTry))
        const again = outcome.kind === 'backpressure' || (outcome.kind === 'unknown' && repeat === 'repeatable')
        if (!again || isClosed || performance.now() + pause >= until) return outcome
        await new Promise((resolve) => setTimeout(resolve, pause))
      }
    },
    async close() {
      isClosed = true
      retire(client)
      await Promise.all(closing)
    },
  }
}

/** Unary calls of the library have no deadline. */
async function within<T>(ms: number, answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new NoAnswer(ms)), ms)
  })
  try {
    return await Promise.race([answer, late])
  } finally {
    clearTimeout(timer)
  }
}
