import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import type { ClientReadableStream } from '@grpc/grpc-js'
import type { ZBWorker } from 'zeebe-node'
import { errorText, type EngineLog } from '../log.ts'
import { USER_TASK_JOB_TYPE, type EngineJob, type EnginePort, type EngineWorker, type WorkerOptions } from '../port.ts'
import type { Commands } from './commands.ts'
import type { Gateway, WireJob } from './gateway.ts'
import { jobPool } from './job-pool.ts'
import { isBroken } from './outcome.ts'

const LONG_POLL_MS = 10_000
const POLL_EVERY_MS = 300
const PROLONG_MS = 5_000
const WATCH_EVERY_MS = 20_000
const REOPEN_MS = { first: 250, longest: 3_000 }

interface WorkerParts {
  readonly commands: Commands
  readonly gateway: Gateway
  readonly settle: Pick<EnginePort, 'failJob'>
  readonly jobTimeoutMs: number
  readonly log: EngineLog
}

/**
 * Subscribes to one job type. Jobs are pushed over a stream; polling beside it brings those that were there before, or
 * came while the stream was away. Throws for the type of user tasks: nobody may take those.
 */
export function openWorker(parts: WorkerParts, options: WorkerOptions): EngineWorker {
  if (options.type === USER_TASK_JOB_TYPE) throw new Error(`nobody may take jobs of ${USER_TASK_JOB_TYPE}`)
  const { commands, gateway, log, jobTimeoutMs } = parts
  const name = `${hostname()}-${process.pid}-${randomUUID().slice(0, 8)}`
  const pool = jobPool({
    capacity: options.capacity,
    handle: options.handle,
    async prolong(jobKey, timeout) {
      const outcome = await gateway.call<object>('UpdateJobTimeout', { jobKey, timeout }, PROLONG_MS)
      return outcome.kind === 'done' ? { kind: 'done', value: null } : outcome
    },
    fail: (...args) => parts.settle.failJob(...args),
    log,
    timeoutMs: jobTimeoutMs,
  })
  let isStopped = false

  // polling through the library
  let poller: ZBWorker<Record<string, unknown>, object, object> | null = null
  let polls = -1
  const poll = (): void => {
    if (isStopped) return
    const old = poller
    polls = -1
    poller = commands.client().createWorker<Record<string, unknown>, object, object>({
      taskType: options.type,
      fetchVariable: [...options.fetchVariables],
      maxJobsToActivate: options.capacity,
      timeout: jobTimeoutMs,
      longPoll: LONG_POLL_MS,
      pollInterval: POLL_EVERY_MS,
      debug: true, // makes it count its polls, for the watchdog
      taskHandler: async (job) => {
        await pool.take(fromPoll(job))
        return job.forward() // on every path, else the worker takes no more jobs after `maxJobsToActivate`
      },
    })
    void old?.close().catch(() => undefined) // of a client that is gone
  }
  const watchdog = setInterval(() => {
    if (poller === null || poller.activeJobs > 0) return
    if (poller.pollCount === polls) {
      log.warn({ type: options.type }, 'worker has stopped polling: opened anew')
      poll()
    } else polls = poller.pollCount
  }, WATCH_EVERY_MS)
  const forget = commands.onRenewed(poll)
  poll()

  // jobs pushed
  let stream: ClientReadableStream<WireJob> | null = null
  let pause = REOPEN_MS.first
  let reopening: NodeJS.Timeout | undefined
  const open = (): void => {
    if (isStopped) return
    const own = gateway.streamJobs({
      type: options.type,
      worker: name,
      timeout: jobTimeoutMs,
      fetchVariable: options.fetchVariables,
    })
    stream = own
    const ended = (error?: unknown): void => {
      if (stream !== own) return
      stream = null
      if (isStopped) return
      if (error !== undefined && isBroken(error)) {
        gateway.renew()
        commands.renew()
      }
      reopening = setTimeout(open, pause)
      pause = Math.min(REOPEN_MS.longest, pause * 2)
    }
    own.on('metadata', () => (pause = REOPEN_MS.first))
    own.on('error', ended)
    own.on('end', () => ended())
    own.on('data', (wire: WireJob) => {
      try {
        void pool.take(fromStream(wire))
      } catch (error) {
        log.error({ type: options.type, job: wire.key, error: errorText(error) }, 'job is not readable')
      }
      if (pool.isFull()) own.pause()
    })
  }
  pool.onRoom(() => stream?.resume())
  open()

  return {
    async stop() {
      isStopped = true
      forget()
      clearInterval(watchdog)
      clearTimeout(reopening)
      stream?.cancel()
      await pool.drain()
      await poller?.close().catch((error: unknown) => log.warn({ error: errorText(error) }, 'worker closed badly'))
    },
  }
}

const fromStream = (wire: WireJob): EngineJob => ({
  key: wire.key,
  type: wire.type,
  elementInstanceKey: wire.elementInstanceKey,
  processInstanceKey: wire.processInstanceKey,
  elementId: wire.elementId,
  variables: JSON.parse(wire.variables) as EngineJob['variables'],
  retries: wire.retries,
  deadline: Number(wire.deadline),
  customHeaders: JSON.parse(wire.customHeaders) as EngineJob['customHeaders'],
})

type PolledJob = Omit<WireJob, 'variables' | 'customHeaders'> & {
  readonly variables: object
  readonly customHeaders: object
}
const fromPoll = (job: PolledJob): EngineJob => ({
  key: job.key,
  type: job.type,
  elementInstanceKey: job.elementInstanceKey,
  processInstanceKey: job.processInstanceKey,
  elementId: job.elementId,
  variables: job.variables as EngineJob['variables'],
  retries: job.retries,
  deadline: Number(job.deadline),
  customHeaders: job.customHeaders as EngineJob['customHeaders'],
})
