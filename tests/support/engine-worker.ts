import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { until } from './until.ts'

const SCRIPT = fileURLToPath(new URL('engine-worker-process.ts', import.meta.url))

export interface WorkerProcess {
  readonly pid: number
  /** What it wrote to standard error so far. */
  errors(): string
  /** Resolves with the signal that ended it, or null after an orderly end. */
  ended(): Promise<NodeJS.Signals | null>
  stop(): Promise<void>
}

/** Starts a worker process; `failpoint` as in KOKI_FAILPOINT. Answers when its workers are open. */
export async function startWorkerProcess(options: {
  readonly databaseUrl: string
  readonly zeebeAddress: string
  readonly failpoint?: string
  readonly jobTimeoutMs?: number
}): Promise<WorkerProcess> {
  const child = spawn(process.execPath, [SCRIPT], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'] ?? '',
      NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'] ?? '',
      DATABASE_URL: options.databaseUrl,
      ZEEBE_ADDRESS: options.zeebeAddress,
      KOKI_FAILPOINT: options.failpoint ?? '',
      JOB_TIMEOUT_MS: String(options.jobTimeoutMs ?? 60_000),
    },
  })
  let output = ''
  let errors = ''
  child.stdout.on('data', (piece: Buffer) => (output += piece.toString()))
  child.stderr.on('data', (piece: Buffer) => (errors += piece.toString()))
  const closed = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>
  await until('the worker process is ready or ended', () => output.includes('READY') || child.exitCode !== null)
  if (child.exitCode !== null) throw new Error(`worker process did not start: ${errors}`)
  return {
    pid: child.pid ?? 0,
    errors: () => errors,
    ended: async () => (await closed)[1],
    async stop() {
      child.kill('SIGTERM')
      await closed
    },
  }
}
