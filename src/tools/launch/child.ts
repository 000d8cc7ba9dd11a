import { Fault } from '#kernel/faults.ts'
import { spawn, type ChildProcess } from 'node:child_process'
import { closeSync, mkdirSync, openSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { rotateLog } from '../log-rotation.ts'
import { endProcess } from '../process-look.ts'
import { identityOf, type ProcessIdentity } from '../process-identity.ts'
import { checkoutFolder } from './data-folder.ts'

const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 15_000
/** A child that ran this long was healthy: the next pause is short again. */
const HEALTHY_MS = 60_000

export interface ChildSettings {
  /** Shown to people: 「画面とAPI」. */
  readonly name: string
  /** Program below the checkout. */
  readonly program: string
  readonly environment: Readonly<Record<string, string>>
  /** Of Node.js, beside the usual ones. */
  readonly flags?: readonly string[]
  readonly logFile: string
  /** True once the child serves. It is asked again and again until then. */
  readonly isReady: (child: ChildProcess) => Promise<boolean>
  readonly readySeconds: number
  /** How long work in flight may take after SIGTERM. */
  readonly stopPatienceMs: number
  /** Told after each (re)start, so that the next launcher can find it. */
  readonly onStart: (identity: ProcessIdentity) => void
  readonly log: (line: string) => void
}

export interface Child {
  readonly name: string
  readonly pid: () => number | undefined
  stop(): Promise<void>
}

function openLog(file: string): number {
  mkdirSync(dirname(file), { recursive: true })
  rotateLog(file)
  return openSync(file, 'a', 0o600)
}

function launch({ program, environment, flags: more = [], logFile }: ChildSettings): ChildProcess {
  const log = openLog(logFile)
  const flags = ['--enable-source-maps', '--disable-warning=ExperimentalWarning', ...more]
  const follow = join(import.meta.dirname, 'follow-parent.ts')
  const child = spawn(process.execPath, [...flags, '--import', follow, join(checkoutFolder(), program)], {
    cwd: checkoutFolder(),
    env: { ...process.env, ...environment },
    stdio: ['ignore', log, log, 'ipc'],
    detached: true, // a Ctrl-C of the terminal reaches the launcher only, which ends its children in order
  })
  closeSync(log)
  return child
}

/** What a child said it died of: one of our faults, with 次にすること. */
export interface ChildFault {
  readonly code: string
  readonly message: string
  readonly next: string
}
const lastWords = new WeakMap<ChildProcess, ChildFault>()
const isChildFault = (message: unknown): message is { readonly fault: ChildFault } =>
  typeof message === 'object' && message !== null && 'fault' in message

const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null
const pause = (milliseconds: number): Promise<void> => new Promise((wake) => setTimeout(wake, milliseconds))
const exitText = (child: ChildProcess): string => String(child.signalCode ?? child.exitCode ?? '起動できず')

/**
 * Starts a child and returns when it is ready; from then on it is started again whenever it ends, after a pause that
 * grows from half a second to 15 seconds. Fault SYS-013: it did not become ready the first time.
 */
export async function superviseChild(settings: ChildSettings): Promise<Child> {
  let isStopping = false
  let pauseMs = FIRST_PAUSE_MS
  let child = begin()

  function begin(): ChildProcess {
    const next = launch(settings)
    const startedAt = performance.now()
    const identity = next.pid === undefined ? null : identityOf(next.pid)
    if (identity !== null) settings.onStart(identity)
    next.on('message', (message) => {
      if (isChildFault(message)) lastWords.set(next, message.fault)
    })
    next.once('error', () => undefined) // 'exit' does not follow when it could not start; isReady then times out
    next.once('exit', () => {
      if (!isStopping && isFirstReady) void again(next, performance.now() - startedAt)
    })
    return next
  }
  async function again(ended: ChildProcess, livedMs: number): Promise<void> {
    if (livedMs > HEALTHY_MS) pauseMs = FIRST_PAUSE_MS
    settings.log(`${settings.name}が止まりました(終了 ${exitText(ended)})。${pauseMs / 1000}秒後に始め直します。`)
    await pause(pauseMs)
    pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)
    if (!isStopping) child = begin()
  }

  let isFirstReady = false
  const deadline = performance.now() + settings.readySeconds * 1000
  while (!(await settings.isReady(child).catch(() => false))) {
    if (hasEnded(child) || performance.now() > deadline) {
      isStopping = true
      if (child.pid !== undefined && !hasEnded(child)) await endProcess(child.pid, 2000)
      const params = { name: settings.name, exit: exitText(child), log: settings.logFile }
      throw new Fault('SYS-013', params, { cause: lastWords.get(child) })
    }
    await pause(50)
  }
  isFirstReady = true
  if (hasEnded(child)) void again(child, 0)
  return {
    name: settings.name,
    pid: () => child.pid,
    stop: async () => {
      isStopping = true
      if (child.pid !== undefined && !hasEnded(child)) await endProcess(child.pid, settings.stopPatienceMs)
    },
  }
}

/** Ready when the child has sent the message `ready` to its parent (`process.send?.('ready')`). */
export function saysReady(): (child: ChildProcess) => Promise<boolean> {
  const heard = new WeakSet<ChildProcess>()
  const seen = new WeakSet<ChildProcess>()
  return async (child) => {
    if (!seen.has(child)) {
      seen.add(child)
      child.on('message', (message) => {
        if (message === 'ready') heard.add(child)
      })
    }
    return heard.has(child)
  }
}

/** Ready when the address answers 2xx. */
export const answersAt =
  (url: string): (() => Promise<boolean>) =>
  async () =>
    (await fetch(url, { signal: AbortSignal.timeout(2000) })).ok
