import { bindingProjector } from '#engine/binding.ts'
import { startDispatcher, type DispatcherDeps } from '#engine/dispatcher.ts'
import { ensureEpoch } from '#engine/epoch.ts'
import { startHeartbeat } from '#engine/heartbeat.ts'
import { startIngest, type IngestListener } from '#engine/ingest/listener.ts'
import type { EngineLog } from '#engine/log.ts'
import type { EnginePort } from '#engine/port.ts'
import type { Projector } from '#engine/projector.ts'
import { connectZeebe } from '#engine/zeebe/adapter.ts'
import type { Clock } from '#kernel/clock.ts'
import { openDatabase, type Database } from '#db/database.ts'
import { freePort } from '#tools/free-port.ts'
import type { Zeebe } from '#tools/zeebe.ts'
import { tasksProjector } from '#tasklist/projector.ts'
import { traceProjector } from '#trace/projector.ts'
import { endNameOf } from '#trace/queries/end-event.ts'
import { offsetClock } from './clock.ts'
import { testBroker, type TestBroker } from './zeebe.ts'

export interface LogLine {
  readonly level: 'info' | 'warn' | 'error'
  readonly message: string
  readonly fields: Readonly<Record<string, unknown>>
}

/** A real broker with our ingest, outbox and heartbeat on one database, all in this process. */
export interface EngineBench {
  readonly db: Database
  readonly clock: Clock
  readonly log: EngineLog
  readonly lines: LogLine[]
  readonly folder: TestBroker
  readonly token: string
  readonly gatewayAddress: string
  broker(): Zeebe
  engine(): EnginePort
  ingestUrl(): string
  /**
   * Starts the broker on the same data (again). The client stays: it has to find the broker by itself. `environment`
   * overrides settings of the broker for this start.
   */
  startBroker(environment?: Readonly<Record<string, string>>): Promise<Zeebe>
  /** Ends the broker cleanly, or by SIGKILL. */
  stopBroker(how: 'clean' | 'kill'): Promise<void>
  startIngest(): Promise<void>
  stopIngest(): Promise<void>
  startDispatcher(afterSent?: DispatcherDeps['afterSent']): Promise<void>
  stopDispatcher(): Promise<void>
  close(): Promise<void>
}

export async function engineBench(options: {
  readonly appUrl: string
  readonly projectors?: readonly Projector[]
  readonly clock?: Clock
  readonly jobTimeoutMs?: number
  /** More settings of the broker. */
  readonly environment?: Readonly<Record<string, string>>
}): Promise<EngineBench> {
  const clock = options.clock ?? offsetClock()
  const db = openDatabase(options.appUrl, { max: 20, name: 'koki-bench' })
  const streamDb = openDatabase(options.appUrl, { max: 4, name: 'koki-bench-ingest', isPipelined: true })
  const lines: LogLine[] = []
  const write =
    (level: LogLine['level']) =>
    (fields: LogLine['fields'], message: string): void =>
      void lines.push({ level, message, fields })
  const log: EngineLog = { info: write('info'), warn: write('warn'), error: write('error') }
  const folder = testBroker()
  const token = 'test-token'
  const ingestPort = await freePort()
  const gatewayPort = await freePort()
  await ensureEpoch(db, clock)
  const projectors = [
    bindingProjector(clock, endNameOf),
    tasksProjector(clock, (stepId) => stepId),
    traceProjector,
    ...(options.projectors ?? []),
  ]
  let listener: IngestListener | null = null
  let dispatcher: { stop(): Promise<void> } | null = null
  let zeebe: Zeebe | null = null
  const engine = connectZeebe(`127.0.0.1:${gatewayPort}`, log, options.jobTimeoutMs)

  const bench: EngineBench = {
    db,
    clock,
    log,
    lines,
    folder,
    token,
    gatewayAddress: `127.0.0.1:${gatewayPort}`,
    broker: () => zeebe ?? fail('no broker'),
    engine: () => engine,
    ingestUrl: () => `http://127.0.0.1:${ingestPort}`,
    async startBroker(environment) {
      zeebe = await folder.start({
        ports: { gateway: gatewayPort },
        ingest: { url: bench.ingestUrl(), token },
        environment: { ...options.environment, ...environment },
      })
      return zeebe
    },
    async stopBroker(how) {
      const old = bench.broker()
      zeebe = null
      await (how === 'clean' ? old.stop() : old.kill9())
    },
    async startIngest() {
      listener = await startIngest({ db: streamDb, clock, log, projectors, token, port: ingestPort })
    },
    async stopIngest() {
      await listener?.close()
      listener = null
    },
    async startDispatcher(afterSent) {
      dispatcher = await startDispatcher({ db, clock, engine, log, ...(afterSent ? { afterSent } : {}) })
    },
    async stopDispatcher() {
      await dispatcher?.stop()
      dispatcher = null
    },
    async close() {
      await heartbeat.stop()
      await bench.stopDispatcher()
      await engine.close()
      if (zeebe !== null) await bench.stopBroker('kill') // its data end with the test: no need to wait for a clean stop
      await folder.dispose()
      await bench.stopIngest()
      await streamDb.close()
      await db.close()
    },
  }
  await bench.startIngest()
  await bench.startBroker()
  const heartbeat = startHeartbeat({ db, engine, log, everyMs: 500 })
  await bench.startDispatcher()
  return bench
}

const fail = (message: string): never => {
  throw new Error(message)
}
