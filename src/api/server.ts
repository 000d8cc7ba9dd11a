import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createDemoProvider } from '#access/demo-provider.ts'
import { ensureDemoUsers } from '#access/demo-users.ts'
import { isLoopback } from '#access/loopback.ts'
import { oidcClient, type OidcSettings } from '#access/oidc.ts'
import { startSealer } from '#audit/sealer.ts'
import { openDatabase } from '#db/database.ts'
import { bindingProjector } from '#engine/binding.ts'
import { startDispatcher } from '#engine/dispatcher.ts'
import { payloadOf, type CompleteJob } from '#engine/outbox.ts'
import { startHeartbeat } from '#engine/heartbeat.ts'
import { startIngest } from '#engine/ingest/listener.ts'
import { connectZeebe } from '#engine/zeebe/adapter.ts'
import { openIntake } from '#intake/intake.ts'
import { FILE_LOADERS } from '#intake/loaders.ts'
import { loadProfiles } from '#intake/profiles.ts'
import { Fault } from '#kernel/faults.ts'
import { FLOW_CONTRACTS } from '#processes/contracts.generated.ts'
import { failpoint } from '#runtime/failpoints.ts'
import { openFileStore } from '#runtime/file-store.ts'
import { endOnUncaught, processLog } from '#runtime/process-log.ts'
import { readProcessSettings } from '#runtime/process-settings.ts'
import { registryOf } from '#runtime/registry.ts'
import { moveClock, openClock } from '#runtime/system-clock.ts'
import { tasksProjector } from '#tasklist/projector.ts'
import { traceProjector } from '#trace/projector.ts'
import { FLOWS } from '#workers/registry.ts'
import { buildApp } from './app.ts'
import { listenToChanges } from './changes.ts'
import { refusePowerfulRole } from './database-role.ts'

/**
 * 画面とAPI: pages, HTTP API, the listener for the engine's records, what we owe the engine, the seals of the journal.
 * It serves as soon as its database is there; the engine may come later.
 */
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
    oidc: oidcClient(demo?.settings ?? officeProvider()),
    demo,
    isSample: settings.isSample,
    moveClock: clockMover(),
    webRoot: existsSync(webRoot) ? webRoot : null,
    isSecure: baseUrl.startsWith('https:'),
  },
  changes,
)

const nameOf = (stepId: string): string =>
  registry.flowOfStep(stepId).steps.find(({ id }) => id === stepId)?.officialName ?? stepId
/** Timers of the models that warn of a deadline, by process and element. */
const deadlines = new Map(
  Object.values(FLOW_CONTRACTS).flatMap(({ models }) =>
    models.flatMap(({ processId, deadlines: found }) =>
      Object.entries<{ readonly step: string }>(found).map(([element, { step }]) => [`${processId}/${element}`, step]),
    ),
  ),
)
const deadlineOf = (processId: string, elementId: string): string | null =>
  deadlines.get(`${processId}/${elementId}`) ?? null
const ingest = await startIngest({
  db,
  clock,
  log,
  projectors: [bindingProjector(clock), traceProjector, tasksProjector(clock, nameOf, deadlineOf)],
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
await app.listen({ host: settings.host, port: settings.port })
const resumed = intake
  .resume()
  .catch(() => log.line('files of a former process were not read; the next start tries again'))
log.info({ port: settings.port, ingest: settings.ingestPort }, 'serving')
process.send?.('ready')

let isStopping = false
/** No new request, then what is under way, then the connections. */
async function stop(): Promise<void> {
  if (isStopping) return
  isStopping = true
  await app.close()
  await changes.close()
  await heartbeat.stop()
  await dispatcher.stop()
  await ingest.close()
  await resumed
  await sealer.sealNow().catch(() => 0)
  await sealer.stop()
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
