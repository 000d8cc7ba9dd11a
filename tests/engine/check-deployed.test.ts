import { deployModels } from '#engine/deploy.ts'
import { ensureEpoch } from '#engine/epoch.ts'
import { openDatabase, type Database } from '#db/database.ts'
import { checkDeployed } from '#tools/contract/check-deployed.ts'
import { receiptModel } from '#tests/support/engine-runtime.ts'
import { fixedClock } from '#tests/support/clock.ts'
import { cloneDatabase, type TestDatabase } from '#tests/support/database.ts'
import { fakeEngine } from '#tests/support/fake-engine.ts'
import { juryoKakunin } from '#workers/0-1-juryo-kakunin/index.ts'
import { afterEach, beforeEach, expect, it } from 'vitest'

const clock = fixedClock('2026-11-13T01:00:00Z')
let base: TestDatabase
let db: Database
beforeEach(async () => {
  base = await cloneDatabase()
  db = openDatabase(base.appUrl)
  await ensureEpoch(db, clock)
})
afterEach(async () => {
  await db.close()
  await base.drop()
})

// a model of a former program, whose first step this one no longer has
const former = { ...receiptModel, xml: receiptModel.xml.replaceAll('001-register-receipt', '001-write-down-receipt') }

it('a former version is checked as long as an instance of it is open', async () => {
  // given: the former model was deployed, an instance is open, then the new one came into force
  const engine = fakeEngine().port
  await deployModels({ db, engine, clock }, [former])
  await db.run(
    `insert into trace_instances (epoch, process_instance_key, process_id, engine_version, definition_key, state, started_at)
     values (1, 77, 'p-0-1-juryo-kakunin', 1, 1000, 'active', $1)`,
    [clock.now()],
  )
  engine.deploy = async () => ({
    kind: 'done',
    value: [{ processId: 'p-0-1-juryo-kakunin', engineVersion: 2, definitionKey: '2000' }],
  })
  await deployModels({ db, engine, clock }, [receiptModel])
  // when, then
  const [broken, ...others] = await checkDeployed(db, juryoKakunin.steps)
  expect(others).toEqual([])
  expect(broken).toMatchObject({ processId: 'p-0-1-juryo-kakunin', version: 1 })
  expect(broken?.findings.join()).toContain('Step_001: ')
  // and when it has ended
  await db.run(`update trace_instances set state = 'completed'`)
  expect(await checkDeployed(db, juryoKakunin.steps)).toEqual([])
})
