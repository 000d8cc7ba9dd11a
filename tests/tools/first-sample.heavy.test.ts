import { openDatabase, type Database } from '#db/database.ts'
import { ensureEpoch } from '#engine/epoch.ts'
import { checkLedger } from '#ledger/check.ts'
import { openClock, startClockAt } from '#runtime/system-clock.ts'
import { createDataFolder, dataFolder } from '#tools/launch/data-folder.ts'
import { migrateDatabases, openDatabases, type Databases } from '#tools/launch/databases.ts'
import { ensureFirstDay } from '#tools/launch/sample.ts'
import { SAMPLE_DAY } from '#tools/sample/first-sample.ts'
import { CHECKOUT } from '#tests/support/fixture-tree.ts'
import { temporaryFolder } from '#tests/support/temporary.ts'
import { until } from '#tests/support/until.ts'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

// adr 0014: a newcomer who pulls the plug during the first start finds the whole sample at the next.
const root = temporaryFolder()
const folder = dataFolder({ KOKI_DATA: join(root, 'office') })
let databases: Databases
let db: Database

beforeAll(async () => {
  createDataFolder(folder)
  startClockAt(folder.clock, SAMPLE_DAY)
  databases = await openDatabases(folder, {}, () => undefined)
  await migrateDatabases(databases)
  db = openDatabase(databases.appUrl)
  await ensureEpoch(db, openClock(folder.clock))
})
afterAll(async () => {
  await db.close()
  await databases.stop()
  rmSync(root, { recursive: true, force: true })
})

describe('the first load of the sample', () => {
  it('is thrown away and made again when it was cut off', { timeout: 180_000 }, async () => {
    // given: killed after its first file went in
    const child = spawn(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', 'tests/fixtures/children/load-first-day.ts'],
      {
        cwd: CHECKOUT,
        env: { ...process.env, KOKI_DATA: folder.root, DATABASE_URL: databases.appUrl, VITEST: '' },
        stdio: 'inherit',
      },
    )
    const exited = once(child, 'exit')
    const half = await until(
      'the first file is in',
      async () => (await db.rows<{ id: string }>(`select id from files where state = 'accepted'`))[0],
      60_000,
    )
    child.kill('SIGKILL')
    expect((await exited)[1]).toBe('SIGKILL')
    expect(await db.one(`select count(*) as n from audit_events where kind = 'sample-loaded'`)).toEqual({ n: 0n })
    // when
    const office = { folder, databases, db, clock: openClock(folder.clock) }
    expect(await ensureFirstDay(office)).toEqual({ insured: 3000, wasHalf: true })
    // then: the whole sample, and nothing of the half one
    expect(await db.one(`select count(*) as n from insured`)).toEqual({ n: 3000n })
    expect(await db.rows(`select id from files where id = $1`, [half.id])).toEqual([])
    expect(await db.one(`select count(*) as n from audit_events where kind = 'sample-loaded'`)).toEqual({ n: 1n })
    expect((await checkLedger(db)).filter(({ count }) => count > 0n)).toEqual([])
    expect(await ensureFirstDay(office)).toEqual({ insured: 0, wasHalf: false })
  })
})
