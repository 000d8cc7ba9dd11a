import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createDemoProvider } from '#access/demo-provider.ts'
import { ensureDemoUsers } from '#access/demo-users.ts'
import { isLoopback } from '#access/loopback.ts'
import { oidcClient, type OidcSettings } from '#access/oidc.ts'
import { startSealer } from '#audit/sealer.ts'
import { openDatabase } from '#db/database.ts'
import { startDispatcher } from '#engine/dispatcher.ts'
import { payloadOf, type CompleteJob } from '#engine/outbox.ts'
import { startHeartbeat } from '#engine/heartbeat.ts'
import { startIngest } from '#engine/ingest/listener.ts'
import { connectZeebe } from '#engine/zeebe/adapter.ts'
import { openIntake } from '#intake/intake.ts'
import { FILE_LOADERS } from '#intake/loaders.ts'
import { loadProfiles } from '#intake/profiles.ts'
import { Fault } from '#kernel/faults.ts'
import { openDiskSpace } from '#runtime/disk-space.ts'
import { failpoint } from '#runtime/failpoints.ts'
import { openFileStore } from '#runtime/file-store.ts'
import { startBeat } from '#runtime/process-beat.ts'
import { endOnUncaught, processLog } from '#runtime/process-log.ts'
import { readProcessSettings } from '#runtime/process-settings.ts'
import { PROGRAM_VERSION } from '#runtime/program-version.ts'
import { registryOf } from '#runtime/registry.ts'
import { moveClock, openClock } from '#runtime/system-clock.ts'
import { startChores } from '#tasklist/chores.ts'
import { FLOWS } from '#workers/registry.ts'
import { buildApp } from './app.ts'
import { listenToChanges } from './changes.ts'
import { refusePowerfulRole } from './database-role.ts'
import { watchDisk } from './disk-watch.ts'
import { openMetrics, serveMetrics } from './metrics.ts'
import { officeProjectors } from './projectors.ts'

/**
 * 画面とAPI: pages, HTTP API, the listener for the engine's records, what we owe the engine, the seals of the journal.
 * It serves as soon as its database is there; the engine may come later.
 */
/** The screen 稼働状況 reads again this often. */
const TELL_EVERY_MS = 5_000

const settings = readProcessSettings()
const log = processLog('api')
endOnUncaught(log)
const db = openDatabase(settings.databaseUrl, { max: 24, name: 'koki-api' })
await refusePowerfulRole(db)

const clock = openClock(settings.clockFile)
const registry = registryOf(FLOWS)
const files = openFileStore(join(settings.dataDir, 'files'))
const profiles = loadProfiles(join(settings.dataDir, 'profiles'))
const engine = connectZeebe(settings.zeebeAddress, log)
const intake = openIntake({ db, store: files, clock, profiles, loaders: FILE_LOADERS, log: log.line })
const projectors = officeProjectors(clock, registry)
const space = openDiskSpace(settings.dataDir, settings.diskLimits)
const metrics = openMetrics({ db, clock, space })
const baseUrl = process.env['KOKI_PUBLIC_URL'] ?? `http://${settings.host}:${settings.port}`

if (settings.isSample) await ensureDemoUsers(db, clock)
const demo = settings.isSample
  ? createDemoProvider({
      baseUrl,
      bindHost: settings.host,
      // The launcher says 'sample' only to its own server; one on another machine is none of ours in any case.
      isEmbeddedDatabase: isLoopback(new URL(settings.databaseUrl).hostname),
    })
  : null
const webRoot = join(import.meta.dirname, '../../dist/web')
const changes = await listenToChanges(db)
const app = await buildApp(
  {
    db,
    clock,
    registry,
    files,
    log: log.line,
    machineNow: () => new Date(),
    intake,
    profiles,
    engine,
    projectors,
    space,
    metrics,
    oidc: oidcClient(demo?.settings ?? officeProvider()),
    demo,
    isSample: settings.isSample,
    moveClock: clockMover(),
    webRoot: existsSync(webRoot) ? webRoot : null,
    isSecure: baseUrl.startsWith('https:'),
  },
  changes,
)

const streamDb = openDatabase(settings.databaseUrl, { max: 4, name: 'koki-ingest', isPipelined: true })
const ingest = await startIngest({
  db: streamDb,
  clock,
  log,
  projectors,
  token: settings.ingestToken,
  host: settings.ingestHost,
  port: settings.ingestPort,
})
const sealer = startSealer(db, clock, log.line)
const dispatcher = await startDispatcher({
  db,
  clock,
  engine,
  log,
  afterSent: (entry) => {
    if (entry.kind === 'complete-job') failpoint('after-complete', payloadOf<CompleteJob>(entry).stepId)
  },
})
const heartbeat = startHeartbeat({ db, engine, log })
const disk = watchDisk({ db, clock, space, log: log.line })
const beat = startBeat(db, { name: 'koki-api', version: PROGRAM_VERSION })
const pulse = setInterval(() => changes.tell({ topic: 'operations', id: null }), TELL_EVERY_MS)
const metricsPort = await serveMetrics(metrics, settings.metricsPort)
const chores = startChores({ db, clock, registry, files, log: log.line })
await app.listen({ host: settings.host, port: settings.port })
const resumed = intake
  .resume()
  .catch(() => log.line('files of a former process were not read; the next start tries again'))
log.info({ port: settings.port, ingest: settings.ingestPort, metrics: metricsPort.port }, 'serving')
process.send?.('ready')

let isStopping = false
/** No new request, then what is under way, then the connections. */
async function stop(): Promise<void> {
  if (isStopping) return
  isStopping = true
  await app.close()
  await changes.close()
  clearInterval(pulse)
  await metricsPort.close()
  await disk.stop()
  await chores.stop()
  await heartbeat.stop()
  await dispatcher.stop()
  await ingest.close()
  await streamDb.close()
  await resumed
  await sealer.sealNow().catch(() => 0)
  await sealer.stop()
  await beat.stop()
  await engine.close()
  await db.close()
  process.exit(0)
}
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop())

function officeProvider(): OidcSettings {
  const need = (variable: string): string => {
    const value = process.env[variable]
    if (value === undefined || value === '')
      throw new Fault('SYS-014', { variable, value: '空', wanted: '職員認証(OpenID Connect)の値を指定してください' })
    return value
  }
  return {
    issuer: need('OIDC_ISSUER'),
    clientId: need('OIDC_CLIENT_ID'),
    clientSecret: need('OIDC_CLIENT_SECRET'),
    redirectUri: `${baseUrl}/api/login/callback`,
  }
}

/** 日を進める: in the sample only, on this machine only. */
function clockMover(): ((day: string) => void) | null {
  const { clockFile, isSample, host } = settings
  if (clockFile === null || !isSample || !isLoopback(host)) return null
  return (day) => moveClock(clockFile, day)
}
