import { openDatabase } from '#db/database.ts'
import { isExchanged } from '#engine/alarms.ts'
import { ensureEpoch } from '#engine/epoch.ts'
import type { EngineLog } from '#engine/log.ts'
import type { EnginePort } from '#engine/port.ts'
import { connectZeebe } from '#engine/zeebe/adapter.ts'
import { appendFileSync, existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { FLOWS } from '#workers/registry.ts'
import { checkDeployed } from '../contract/check-deployed.ts'
import { freePort } from '../free-port.ts'
import { keepRotating } from '../log-rotation.ts'
import { randomSecret, writePrivate } from '../secrets.ts'
import { API_MEMORY } from './api-memory.ts'
import { answersAt, saysReady, superviseChild, type ChildSettings } from './child.ts'
import { forgetRestore, noteRestore } from './after-restore.ts'
import { createDataFolder, dataFolder, type DataFolder } from './data-folder.ts'
import { openDatabases } from './databases.ts'
import { beginRebuild, type Begun } from '../rebuild/begin.ts'
import { finishRebuild } from '../rebuild/finish.ts'
import { isUnderWay } from '../rebuild/progress.ts'
import { prepareEngineData } from './engine-data.ts'
import { openEngine, planEngine, requirePort } from './engine.ts'
import { launcherLog, logFiles } from './log-files.ts'
import { shippedModels } from './models.ts'
import { ChildRecord, endOrphans } from './orphans.ts'
import type { Progress } from './phases.ts'
import { ensureFirstDay } from './sample.ts'
import { isSampleFolder, readStartSettings, startClock } from './settings.ts'
import { takeStartLock } from './start-lock.ts'
import { upgradeDatabase } from './upgrade.ts'
import { buildWeb } from './web-build.ts'

export interface LaunchOptions {
  readonly environment: NodeJS.ProcessEnv
  readonly progress: Progress
  /** What happens after the start: a part that died and came back. */
  readonly log: (line: string) => void
  /** Fires when the operator wants to stop, even in the middle of the start. */
  readonly signal: AbortSignal
}

export interface Running {
  readonly url: string
  /** Ends everything in order: workers, API, engine, database. Work in flight finishes. */
  stop(): Promise<void>
}

/** What a start with other data of the engine has found and does. */
const begunText = ({ epoch, moved, stuck }: Begun): string =>
  [
    `エンジンのデータが前と違うので作り直します(第${epoch}世代)。進行中の処理${moved}件を引き継ぎます`,
    ...stuck.map(({ number, why }) => `${number} は引き継げません: ${why}`),
  ].join('。')

const quiet: EngineLog = { info: () => undefined, warn: () => undefined, error: () => undefined }

/** Starts the whole system. What was started before a failure or a stop is ended again, newest first. */
export async function launch(given: LaunchOptions): Promise<Running> {
  const options = { ...given, log: alsoInFile(dataFolder(given.environment), given.log) }
  const closers: (() => Promise<void>)[] = []
  const stop = async (): Promise<void> => {
    for (const close of closers.splice(0).reverse())
      await close().catch((error: unknown) => options.log(`終わりの処理で: ${String(error)}`))
  }
  try {
    return { url: await start(options, (close) => closers.push(close)), stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** What happened after the start goes to the log of the launcher too. */
function alsoInFile(folder: DataFolder, log: LaunchOptions['log']): LaunchOptions['log'] {
  return (message) => {
    log(message)
    const line = JSON.stringify({ at: new Date().toISOString(), level: 'warn', process: 'launcher', message })
    if (existsSync(folder.logs)) appendFileSync(launcherLog(folder), `${line}\n`, { mode: 0o600 })
  }
}

/** Where the pages are for somebody on this machine: a bind to every address answers on loopback too. */
export function localUrl(host: string, port: number): string {
  if (host === '0.0.0.0' || host === '::') return `http://127.0.0.1:${port}`
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}

async function start(options: LaunchOptions, onStop: (close: () => Promise<void>) => void): Promise<string> {
  const { environment, progress, log, signal } = options
  const phase: Progress['phase'] = (name, work) => {
    signal.throwIfAborted()
    return progress.phase(name, work)
  }
  const folder = dataFolder(environment)
  const settings = readStartSettings(environment)
  const record = new ChildRecord(folder)

  await phase('データフォルダー', async (note) => {
    createDataFolder(folder)
    const lock = takeStartLock(folder)
    onStop(async () => lock.release())
    if (lock.wasKilled) note('前回は途中で切れています')
    const orphans = await endOrphans(folder)
    if (orphans > 0) note(`残っていた${orphans}個の処理を終了`)
    await requirePort(settings.port, settings.host)
    const rotation = keepRotating(
      () => logFiles(folder).map(({ path }) => path),
      (error) => log(`ログを切り替えられません: ${String(error)}`),
    )
    onStop(async () => rotation.stop())
    note(folder.root)
  })
  const databases = await phase('PostgreSQL', async (note) => {
    const opened = await openDatabases(folder, environment, log)
    onStop(opened.stop)
    if (!opened.isEmbedded) note('DATABASE_URL')
    return opened
  })
  const isSample = isSampleFolder(folder, settings, databases.isNew, environment)
  const { clock, clockFile } = startClock(folder, settings.isEmbedded, isSample, environment)
  const db = openDatabase(databases.appUrl, { name: 'koki-start', max: 2 })
  onStop(() => db.close())

  await phase('データベースの形', async (note) => {
    await upgradeDatabase({ folder, databases, db, clock, environment, note })
    await ensureEpoch(db, clock)
    if (await noteRestore(folder, db, clock)) note('控えから戻したデータ')
  })
  if (isSample)
    await phase('見本の市', async (note) => {
      const { insured, wasHalf } = await ensureFirstDay({ folder, databases, db, clock })
      if (wasHalf) note('前回は途中で切れたため、作り直し')
      note(insured === 0 ? '作成済み' : `被保険者${insured}人`)
    })
  await phase('画面の組立て', async (note) => {
    note({ built: '組立て', unchanged: '変更なし', absent: '画面なし' }[await buildWeb()])
  })

  const plan = await planEngine(environment)
  const withEngine = async (work: (engine: EnginePort) => Promise<void>): Promise<void> => {
    const engine = connectZeebe(plan.address, quiet)
    try {
      await work(engine)
    } finally {
      await engine.close()
    }
  }
  await phase('エンジンのデータ', async (note) => {
    const begun =
      plan.own !== null
        ? await prepareEngineData(db, clock, folder.zeebe(plan.own.version))
        : (await isExchanged(db))
          ? await beginRebuild(db, clock, 'エンジンのデータが入れ替わった')
          : null
    note(begun === null ? '前と同じ' : begunText(begun))
  })
  const ingestPort = Number(environment['KOKI_INGEST_PORT'] ?? (await freePort()))
  const ingestToken = environment['KOKI_INGEST_TOKEN'] ?? randomSecret()
  const metricsPort = Number(environment['KOKI_METRICS_PORT'] ?? (await freePort()))
  const url = localUrl(settings.host, settings.port)
  const childEnvironment = {
    DATABASE_URL: databases.appUrl,
    DATABASE_OWNER_URL: '', // children never get the owner's address
    KOKI_DATA: folder.root,
    HOST: settings.host,
    PORT: String(settings.port),
    KOKI_INGEST_PORT: String(ingestPort),
    KOKI_INGEST_TOKEN: ingestToken,
    KOKI_METRICS_PORT: String(metricsPort),
    ZEEBE_ADDRESS: plan.address,
    KOKI_CLOCK_FILE: clockFile ?? '',
    KOKI_SAMPLE: isSample ? '1' : '0',
  }
  const child = async (
    name: string,
    program: string,
    isReady: ReturnType<typeof saysReady>,
    own: Partial<Pick<ChildSettings, 'flags' | 'environment'>> = {},
  ): Promise<void> => {
    const key = program.replaceAll(/^src\/|\/\w+\.ts$/g, '')
    const supervised = await superviseChild({
      name,
      program,
      ...own,
      environment: { ...childEnvironment, ...own.environment },
      logFile: join(folder.logs, `${key}.log`),
      isReady,
      readySeconds: 60,
      stopPatienceMs: 60_000,
      onStart: (identity) => record.note(key, identity),
      log,
    })
    onStop(() => supervised.stop())
  }
  onStop(async () => {
    record.clear()
    rmSync(folder.running, { force: true })
  })

  let closeEngine: () => Promise<void> = async () => undefined
  onStop(() => closeEngine())
  await phase('画面とAPI', () => child('画面とAPI', 'src/api/server.ts', answersAt(`${url}/healthz`), API_MEMORY))
  /** The engine's disk was lost while everything ran: a start of the engine alone takes the runs over as well. */
  const prepare = async (dataDir: string): Promise<(() => Promise<void>) | null> => {
    const begun = await prepareEngineData(db, clock, dataDir)
    if (begun !== null) log(begunText(begun))
    else if (!(await isUnderWay(db))) return null
    return () => withEngine(async (engine) => void (await finishRebuild({ db, engine, clock }, shippedModels())))
  }
  await phase('Zeebe', async (note) => {
    const ingest = { url: `http://127.0.0.1:${ingestPort}`, token: ingestToken }
    const engine = await openEngine(plan, { folder, ingest, clock, signal, log, prepare })
    closeEngine = () => engine.stop()
    note(plan.own === null ? 'ZEEBE_ADDRESS' : plan.own.version)
  })
  await phase('モデルの配備', (note) =>
    withEngine(async (engine) => {
      const { deployed, drafts } = await finishRebuild({ db, engine, clock }, shippedModels())
      note(deployed.length === 0 ? '変更なし' : `${deployed.length}件配備`)
      if (drafts.length > 0) note(`標準モデル更新の下書き${drafts.length}件`)
      for (const { processId, version } of await checkDeployed(
        db,
        FLOWS.flatMap(({ steps }) => steps),
      ))
        note(`${processId} 第${version}版が工程と合いません(koki engine status)`)
    }),
  )
  await phase('処理の担い手', () => child('処理の担い手', 'workers/main.ts', saysReady()))
  signal.throwIfAborted()
  forgetRestore(folder)
  writePrivate(
    folder.running,
    JSON.stringify({
      url,
      metricsUrl: `http://127.0.0.1:${metricsPort}/metrics`,
      zeebeAddress: plan.address,
      isSample,
      clockFile: existsSync(folder.clock) ? folder.clock : null,
    }),
  )
  return url
}
