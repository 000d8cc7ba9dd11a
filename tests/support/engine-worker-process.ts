// A worker process of the internal flow, to be killed by tests: workers behind the gate and a dispatcher, nothing else.
import { openDatabase } from '#db/database.ts'
import { startDispatcher } from '#engine/dispatcher.ts'
import type { EngineLog } from '#engine/log.ts'
import { payloadOf, type CompleteJob } from '#engine/outbox.ts'
import { connectZeebe } from '#engine/zeebe/adapter.ts'
import { failpoint } from '#runtime/failpoints.ts'
import { offsetClock } from './clock.ts'
import { openReceiptWorkers, runtimeOf } from './engine-runtime.ts'

const say = (fields: object, message: string): void =>
  void process.stderr.write(`${message} ${JSON.stringify(fields)}\n`)
const log: EngineLog = { info: say, warn: say, error: say }
const db = openDatabase(process.env['DATABASE_URL'] ?? '')
const clock = offsetClock()
const engine = connectZeebe(process.env['ZEEBE_ADDRESS'] ?? '', log, Number(process.env['JOB_TIMEOUT_MS']))
const deps = runtimeOf({ db, clock, engine: () => engine, log })

const dispatcher = await startDispatcher({
  db,
  clock,
  engine,
  log,
  afterSent: (entry) => failpoint('after-complete', payloadOf<CompleteJob>(entry).stepId),
})
const workers = await openReceiptWorkers(deps, log)
process.stdout.write('READY\n')
process.once('SIGTERM', () => {
  void (async () => {
    await workers.stop()
    await dispatcher.stop()
    await engine.close()
    await db.close()
    process.exit(0)
  })()
})
