import { errorText, type EngineLog } from '../log.ts'
import type { EngineJob, Outcome } from '../port.ts'

const FAILED_BACKOFF_MS = 5_000

export interface JobPool {
  /** Resolves when the job has ended, whichever way; never rejects. A job that is in hand already is not taken twice. */
  take(job: EngineJob): Promise<void>
  /** True when the pushed stream should pause. */
  isFull(): boolean
  onRoom(listener: () => void): void
  /** Resolves when no job is in hand; those in line and new ones are given back. */
  drain(): Promise<void>
}

interface PoolOptions {
  readonly capacity: number
  readonly handle: (job: EngineJob) => Promise<void>
  readonly prolong: (jobKey: string, ms: number) => Promise<Outcome>
  readonly fail: (jobKey: string, retries: number, backoffMs: number, message: string) => Promise<Outcome>
  readonly log: EngineLog
  /** For how long a job is ours; while we hold it, we ask for as long again after every third of it. */
  readonly timeoutMs: number
}

/** Jobs in hand: some at work, some in line. All are kept ours until they have ended. */
export function jobPool(options: PoolOptions): JobPool {
  const held = new Map<string, { isGone: boolean }>()
  const line: (() => void)[] = []
  const roomListeners: (() => void)[] = []
  const emptyListeners: (() => void)[] = []
  let working = 0
  let isDraining = false

  const turn = (): Promise<void> => {
    if (working < options.capacity) {
      working++
      return Promise.resolve()
    }
    return new Promise((resolve) => line.push(resolve))
  }
  const next = (): void => {
    const waiting = line.shift()
    if (waiting === undefined) working--
    else waiting()
  }
  const isFull = (): boolean => held.size >= options.capacity * 2

  const work = async (job: EngineJob): Promise<void> => {
    try {
      await options.handle(job)
    } catch (error) {
      options.log.error({ job: job.key, type: job.type, error: errorText(error) }, 'job handler threw')
      await options.fail(job.key, Math.max(0, job.retries - 1), FAILED_BACKOFF_MS, 'The handler of this job failed.')
    }
  }
  /** For a job that will not be begun here: others may have it at once, with all its retries. */
  const giveBack = (job: EngineJob): Promise<Outcome> =>
    options.fail(job.key, job.retries, 0, 'The worker stops and gives the job back.')
  return {
    isFull,
    onRoom: (listener) => void roomListeners.push(listener),
    async take(job) {
      if (held.has(job.key)) return
      if (isDraining) return void (await giveBack(job))
      const mine = { isGone: false }
      held.set(job.key, mine)
      const timer = setInterval(() => {
        void options.prolong(job.key, options.timeoutMs).then((outcome) => {
          if (outcome.kind === 'notFound') mine.isGone = true
        })
      }, options.timeoutMs / 3)
      try {
        await turn()
        try {
          if (isDraining) await giveBack(job)
          else if (!mine.isGone) await work(job)
        } finally {
          next()
        }
      } finally {
        clearInterval(timer)
        held.delete(job.key)
        if (!isFull()) for (const listener of roomListeners) listener()
        if (held.size === 0) for (const listener of emptyListeners.splice(0)) listener()
      }
    },
    async drain() {
      isDraining = true
      if (held.size > 0) await new Promise<void>((resolve) => emptyListeners.push(resolve))
    },
  }
}
