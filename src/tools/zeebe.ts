// One private Zeebe broker as a child process. Its data are disposable; PostgreSQL holds the truth.
import { Fault } from '#kernel/faults.ts'
import { spawn, type ChildProcess } from 'node:child_process'
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { cacheFolder } from './cache-folder.ts'
import { classArchive } from './class-archive.ts'
import { freePort } from './free-port.ts'
import { findJava } from './java.ts'
import { rotateLog } from './log-rotation.ts'
import { endProcess, isOurs } from './process-look.ts'
import { DEFAULT_ZEEBE, zeebeHome } from './zeebe-archive.ts'
import { answersCommands } from './zeebe-probe.ts'
import { brokerEnvironment, jvmOptions, type IngestTarget, type ZeebePorts } from './zeebe-settings.ts'

const START_SECONDS = 120
const STOP_PATIENCE_MS = 60_000

export interface ZeebeOptions {
  /** The broker's own folder. Inside: `data`, `tmp`, `broker.pid`, `broker.log`. */
  readonly dataDir: string
  readonly version?: string
  /** Default: free ones. */
  readonly ports?: Partial<ZeebePorts>
  readonly ingest: IngestTarget
  /** Milliseconds by which the engine's clock differs from the machine's; may be negative. */
  readonly clockOffsetMs?: number
  /** Where programs are fetched to. Default: the user's cache folder. */
  readonly cacheDir?: string
  /** Gives up the start when it fires. */
  readonly signal?: AbortSignal
  /** More settings, as environment variables of the broker. */
  readonly environment?: Readonly<Record<string, string>>
}

export interface Zeebe {
  /** host:port of the gRPC gateway. */
  readonly gatewayAddress: string
  readonly managementUrl: string
  readonly version: string
  readonly pid: number
  readonly logFile: string
  /** Settles when the broker's process has ended, whyever. */
  readonly exited: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>
  /** Moves the engine's clock; timers in between fire. */
  setClockOffset(milliseconds: number): Promise<void>
  /** Ends the broker and waits until it is gone. */
  stop(): Promise<void>
  /** SIGKILL, for fault tests; returns when the process is gone. */
  kill9(): Promise<void>
}

/** Words that only the command line of this folder's broker has. */
const marks = (dataDir: string): string[] => ['StandaloneBroker', `-Djava.io.tmpdir=${join(dataDir, 'tmp')}`]

/** Ends a broker that a killed launcher left behind on this folder. */
export async function endOrphanedZeebe(dataDir: string): Promise<boolean> {
  const file = join(resolve(dataDir), 'broker.pid')
  if (!existsSync(file)) return false
  const pid = Number(readFileSync(file, 'utf8'))
  const found = isOurs(pid, marks(resolve(dataDir)))
  if (found) await endProcess(pid, STOP_PATIENCE_MS)
  rmSync(file, { force: true })
  return found
}

/** Fills up with free ports. */
export async function takePorts(given: Partial<ZeebePorts> = {}): Promise<ZeebePorts> {
  return {
    gateway: given.gateway ?? (await freePort()),
    command: given.command ?? (await freePort()),
    internal: given.internal ?? (await freePort()),
    rest: given.rest ?? (await freePort()),
    management: given.management ?? (await freePort()),
  }
}

async function spawnBroker(dataDir: string, version: string, ports: ZeebePorts, options: ZeebeOptions) {
  const cacheDir = options.cacheDir ?? cacheFolder()
  const home = await zeebeHome(version, cacheDir)
  const java = await findJava(cacheDir)
  const temporary = join(dataDir, 'tmp')
  rmSync(temporary, { recursive: true, force: true }) // a killed broker leaves native libraries there
  mkdirSync(temporary, { recursive: true, mode: 0o700 })
  mkdirSync(join(dataDir, 'data'), { recursive: true, mode: 0o700 })
  const logFile = join(dataDir, 'broker.log')
  rotateLog(logFile)
  const log = openSync(logFile, 'a', 0o600)
  const archive = classArchive(cacheDir, version, java.major)
  const config = join(home.folder, 'config')
  const child = spawn(
    java.path,
    [
      ...jvmOptions(java.major, temporary),
      ...archive.options,
      // an archive of classes takes jars only on the class path, so the folder of settings is named otherwise
      `-Dspring.config.additional-location=file:${config}/`,
      `-Dlog4j2.configurationFile=${join(config, 'log4j2.xml')}`,
      '-cp',
      join(home.folder, 'lib', '*'),
      `-Dapp.home=${dataDir}`,
      home.mainClass,
    ],
    {
      cwd: dataDir,
      detached: true, // a Ctrl-C of the terminal must not reach it before the workers have finished
      stdio: ['ignore', log, log],
      env: {
        PATH: process.env['PATH'] ?? '',
        ...brokerEnvironment(join(dataDir, 'data'), ports, options.ingest),
        ...options.environment,
      },
    },
  )
  closeSync(log)
  child.once('exit', () => archive.keep())
  return { child, logFile }
}

async function moveClock(managementUrl: string, milliseconds: number): Promise<boolean> {
  const url = `${managementUrl}/actuator/clock`
  const send = (method: string, path: string, body?: string): Promise<Response> =>
    fetch(url + path, {
      method,
      headers: { 'content-type': 'application/json' },
      signal: AbortSignal.timeout(5000),
      ...(body === undefined ? {} : { body }),
    })
  return (await send('POST', '/add', JSON.stringify({ offsetMilli: milliseconds }))).ok
}

/** Repeats `attempt` until it is true. Gives up when the process ends or the time is over. */
async function until(attempt: () => Promise<boolean>, child: ChildProcess, logFile: string, signal?: AbortSignal) {
  const deadline = performance.now() + START_SECONDS * 1000
  for (;;) {
    if (await attempt().catch(() => false)) return
    signal?.throwIfAborted()
    if (child.exitCode !== null || child.signalCode !== null || performance.now() > deadline)
      throw new Fault('SYS-010', { seconds: START_SECONDS, log: logFile })
    await new Promise((wake) => setTimeout(wake, 200))
  }
}

/**
 * Starts a broker and returns when it answers a real command. Its clock is set before that, so that no timer between
 * the machine's time and ours fires. Faults: SYS-007 Java, SYS-008/009/016 archive, SYS-010 did not come up.
 */
export async function startZeebe(options: ZeebeOptions): Promise<Zeebe> {
  const dataDir = resolve(options.dataDir)
  const version = options.version ?? DEFAULT_ZEEBE
  await endOrphanedZeebe(dataDir)
  const ports = await takePorts(options.ports)
  const { child, logFile } = await spawnBroker(dataDir, version, ports, options)
  const exited = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((ok) => {
    child.once('error', () => ok({ code: null, signal: null }))
    child.once('exit', (code, signal) => ok({ code, signal }))
  })
  const pid = child.pid
  if (pid === undefined) throw new Fault('SYS-010', { seconds: 0, log: logFile })
  writeFileSync(join(dataDir, 'broker.pid'), String(pid))
  const gatewayAddress = `127.0.0.1:${ports.gateway}`
  const managementUrl = `http://127.0.0.1:${ports.management}`
  let offset = 0
  const setClockOffset = async (milliseconds: number): Promise<void> => {
    if (milliseconds === offset) return
    if (!(await moveClock(managementUrl, milliseconds - offset))) throw new Error('the engine refused the clock')
    offset = milliseconds
  }
  const wanted = options.clockOffsetMs ?? 0
  try {
    await until(() => setClockOffset(wanted).then(() => true), child, logFile, options.signal)
    await until(() => answersCommands(gatewayAddress), child, logFile, options.signal)
  } catch (error) {
    await endProcess(pid, 2000)
    throw error
  }
  return {
    gatewayAddress,
    managementUrl,
    version,
    pid,
    logFile,
    exited,
    setClockOffset,
    stop: async () => {
      await endProcess(pid, STOP_PATIENCE_MS)
      await exited
      rmSync(join(dataDir, 'broker.pid'), { force: true })
    },
    kill9: async () => {
      process.kill(pid, 'SIGKILL')
      await exited
    },
  }
}
