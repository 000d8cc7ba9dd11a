import type { Clock } from '#kernel/clock.ts'
import type { Database } from '#db/database.ts'
import { ensureEpoch } from '#engine/epoch.ts'
import { openFileStore } from '#runtime/file-store.ts'
import { join } from 'node:path'
import { SAMPLE_INSURED, SAMPLE_SEED } from '../sample/first-sample.ts'
import { loadSample } from '../sample/load-sample.ts'
import type { DataFolder } from './data-folder.ts'
import { migrateDatabases, type Databases } from './databases.ts'

/** 見本の市: 3,000 insured, always the same ones. */
const REQUEST = { insured: SAMPLE_INSURED, seed: SAMPLE_SEED }

type SampleState = 'loaded' | 'empty' | 'half'

/** How far the first day's load came: a killed one left something, but not its last event. */
async function sampleState(db: Database): Promise<SampleState> {
  const { loaded, files } = await db.one<{ loaded: boolean; files: boolean }>(
    `select exists (select from audit_events where kind = 'sample-loaded') as loaded, exists (select from files) as files`,
  )
  return loaded ? 'loaded' : files ? 'half' : 'empty'
}

/** Loads the sample municipality into an empty database. Its files stay in `sample/`, with the week for the newcomer. */
export async function loadFirstDay(folder: DataFolder, db: Database, clock: Clock): Promise<number> {
  const store = openFileStore(join(folder.root, 'files'))
  await loadSample({ db, store, clock, log: () => undefined }, join(folder.root, 'sample'), {
    ...REQUEST,
    today: clock.today(),
  })
  return REQUEST.insured
}

/**
 * 見本の市 of a first start, made once. A load that was cut off is thrown away with its database and made again from the
 * beginning. Answers how many insured were loaded now: 0 when it was there.
 */
export async function ensureFirstDay(office: {
  readonly folder: DataFolder
  readonly databases: Databases
  readonly db: Database
  readonly clock: Clock
}): Promise<{ readonly insured: number; readonly wasHalf: boolean }> {
  const { folder, databases, db, clock } = office
  const state = await sampleState(db)
  if (state === 'loaded') return { insured: 0, wasHalf: false }
  if (state === 'half') {
    await databases.recreate()
    await migrateDatabases(databases)
    await ensureEpoch(db, clock)
  }
  return { insured: await loadFirstDay(folder, db, clock), wasHalf: state === 'half' }
}
