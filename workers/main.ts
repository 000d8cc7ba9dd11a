import { join } from 'node:path'
import { openDatabase } from '#db/database.ts'
import { openWorkersBehindGate } from '#engine/gate.ts'
import { connectZeebe } from '#engine/zeebe/adapter.ts'
import type { WorkerDeps } from '#runtime/deps.ts'
import { openFileStore } from '#runtime/file-store.ts'
import { startPreparer } from '#runtime/preparer.ts'
import { startBeat } from '#runtime/process-beat.ts'
import { endOnUncaught, processLog } from '#runtime/process-log.ts'
import { readProcessSettings } from '#runtime/process-settings.ts'
import { PROGRAM_VERSION } from '#runtime/program-version.ts'
import { registryOf } from '#runtime/registry.ts'
import { runJob } from '#runtime/runner.ts'
import { openClock } from '#runtime/system-clock.ts'
import { FLOWS } from './registry.ts'

/** 処理の担い手: takes the jobs of every 自動 step and opens the tasks of the human ones. Any number may run. */
const settings = readProcessSettings()
const log = processLog('workers')
endOnUncaught(log)

const db = openDatabase(settings.databaseUrl, { max: 16, name: 'koki-workers' })
const engine = connectZeebe(settings.zeebeAddress, log, settings.jobTimeoutMs)
const deps: WorkerDeps = {
  db,
  engine,
  clock: openClock(settings.clockFile),
  registry: registryOf(FLOWS),
  files: openFileStore(join(settings.dataDir, 'files')),
  log: log.line,
}
/** Jobs of one type in hand at a time: a batch uses the machine by itself. */
const CAPACITY = 4

const automatic = FLOWS.flatMap(({ steps }) => steps).filter((step) => step.shape !== 'human')
const workers = await openWorkersBehindGate({
  db,
  log,
  open: () =>
    automatic.map((step) =>
      engine.openWorker({
        type: step.id,
        fetchVariables: Object.keys(step.input.properties),
        capacity: CAPACITY,
        handle: (job) => runJob(deps, job),
      }),
    ),
})
const preparer = await startPreparer(deps)
const beat = startBeat(db, { name: 'koki-workers', version: PROGRAM_VERSION })
process.send?.('ready')
log.info({ steps: automatic.length }, 'workers open')

let isStopping = false
async function stop(): Promise<void> {
  if (isStopping) return
  isStopping = true
  await workers.stop()
  await preparer.stop()
  await beat.stop()
  await engine.close()
  await db.close()
  process.exit(0)
}
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop())
