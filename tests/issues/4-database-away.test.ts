import { openDatabase } from '#db/database.ts'
import type { EngineJob } from '#engine/port.ts'
import { runJob } from '#runtime/runner.ts'
import { juryoKakunin } from '#workers/0-1-juryo-kakunin/index.ts'
import { openTestOffice, type TestOffice } from '#tests/support/intake.ts'
import { stepBench, type StepBench } from '#tests/support/step-bench.ts'
import { freePort } from '#tools/free-port.ts'
import { randomUUID } from 'node:crypto'
import { createServer } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'

// An outage of the database of some seconds used up the three retries of a step: somebody had to ask for it again.
let office: TestOffice
let bench: StepBench
beforeAll(async () => {
  office = await openTestOffice('2026-08-14T00:00:00.000Z')
  bench = await stepBench(office, [juryoKakunin])
})
afterAll(async () => {
  await office.close()
})

const job = (): EngineJob => ({
  key: '1',
  type: '0-1-juryo-kakunin/001-register-receipt',
  elementInstanceKey: '2',
  processInstanceKey: '3',
  elementId: 'Step_001',
  variables: { runId: randomUUID() },
  retries: 3,
  deadline: 0,
  customHeaders: {},
})
async function toldBy(port: number) {
  const db = openDatabase(`postgresql://koki_app:x@127.0.0.1:${port}/koki`)
  await runJob({ ...bench.deps, db }, job())
  await db.close()
  return bench.told.splice(0)
}

it('nobody listens: no retry is lost', async () => {
  expect(await toldBy(await freePort())).toEqual([{ kind: 'fail', code: 'ECONNREFUSED', retries: 3 }])
})

it('the connection ends without a word: no retry is lost', async () => {
  const server = createServer((socket) => socket.resume().end())
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const address = server.address()
  const told = await toldBy(typeof address === 'object' && address !== null ? address.port : 0)
  await new Promise((closed) => server.close(closed))
  expect(told).toEqual([{ kind: 'fail', code: 'Error', retries: 3 }])
})
