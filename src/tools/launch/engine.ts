import { Fault } from '#kernel/faults.ts'
import type { SystemClock } from '#runtime/system-clock.ts'
import { isPortFree } from '../free-port.ts'
import { DEFAULT_ZEEBE } from '../zeebe-archive.ts'
import { answersCommands } from '../zeebe-probe.ts'
import type { IngestTarget, ZeebePorts } from '../zeebe-settings.ts'
import { startZeebe, takePorts, type Zeebe } from '../zeebe.ts'
import type { DataFolder } from './data-folder.ts'

const FOLLOW_CLOCK_MS = 500
const LONGEST_PAUSE_MS = 30_000

/** Where the engine is or will be: known before it runs, so that its clients can be told. */
export interface EnginePlan {
  readonly address: string
  /** Null: ZEEBE_ADDRESS names one that runs by itself. */
  readonly own: { readonly version: string; readonly ports: ZeebePorts } | null
}

export async function planEngine(environment: NodeJS.ProcessEnv): Promise<EnginePlan> {
  const given = environment['ZEEBE_ADDRESS']
  if (given !== undefined) return { address: given, own: null }
  const ports = await takePorts()
  return {
    address: `127.0.0.1:${ports.gateway}`,
    own: { version: environment['KOKI_ZEEBE_VERSION'] ?? DEFAULT_ZEEBE, ports },
  }
}

export interface Engine {
  readonly managementUrl: string | null
  stop(): Promise<void>
}

interface OwnEngine {
  /** Before each start: whether the data are the known ones; answers what a start with others has to finish. */
  readonly prepare: (dataDir: string) => Promise<(() => Promise<void>) | null>
  readonly folder: DataFolder
  readonly ingest: IngestTarget
  readonly clock: SystemClock
  readonly signal: AbortSignal
  readonly log: (line: string) => void
}

/** Starts the planned engine and keeps it running and on our clock; of an external one it only checks that it answers. */
export async function openEngine(plan: EnginePlan, options: OwnEngine): Promise<Engine> {
  if (plan.own !== null) return keepRunning(plan.own, options)
  if (!(await answersCommands(plan.address, 10_000)))
    throw new Fault('SYS-015', { service: 'Zeebe', address: plan.address, variable: 'ZEEBE_ADDRESS' })
  return { managementUrl: null, stop: async () => undefined }
}

async function keepRunning({ version, ports }: NonNullable<EnginePlan['own']>, options: OwnEngine): Promise<Engine> {
  const { folder, ingest, clock, signal, log, prepare } = options
  const dataDir = folder.zeebe(version)
  const start = async (): Promise<Zeebe> => {
    const finish = await prepare(dataDir)
    const started = await startZeebe({ dataDir, version, ports, ingest, clockOffsetMs: clock.offsetMs(), signal })
    await finish?.()
    return started
  }
  let zeebe = await start()
  let isStopping = false
  let restart: Promise<void> = Promise.resolve()

  const restartWhenDead = async (): Promise<void> => {
    for (let pauseMs = 500; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
      const { code, signal: cause } = await zeebe.exited
      if (isStopping) return
      log(`Zeebe が止まりました(終了 ${cause ?? code})。始め直します。`)
      try {
        zeebe = await start()
        log('Zeebe が戻りました。')
        pauseMs = 500
      } catch (error) {
        if (isStopping) return
        log(`Zeebe を始め直せません: ${error instanceof Error ? error.message : String(error)}`)
        await new Promise((wake) => setTimeout(wake, pauseMs))
      }
    }
  }
  restart = restartWhenDead()
  const follower = setInterval(() => {
    zeebe.setClockOffset(clock.offsetMs()).catch(() => undefined) // down at the moment: the restart sets it
  }, FOLLOW_CLOCK_MS)
  return {
    managementUrl: zeebe.managementUrl,
    stop: async () => {
      isStopping = true
      clearInterval(follower)
      await zeebe.stop()
      await restart
    },
  }
}

/** Fault SYS-001 when somebody listens where our pages shall be. */
export async function requirePort(port: number, host: string): Promise<void> {
  if (port !== 0 && !(await isPortFree(port, host)))
    throw new Fault('SYS-001', { port, use: '画面とAPIのための番号', variable: 'PORT' })
}
