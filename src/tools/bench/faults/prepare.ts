import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openDatabase } from '#db/database.ts'
import { migrate } from '#db/migrate.ts'
import { ensureEpoch } from '#engine/epoch.ts'
import { openFileStore } from '#runtime/file-store.ts'
import { openClock, startClockAt } from '#runtime/system-clock.ts'
import { createDataFolder, dataFolder } from '../../launch/data-folder.ts'
import { startPostgres } from '../../postgres.ts'
import { SAMPLE_DAY, SAMPLE_SEED } from '../../sample/first-sample.ts'
import { loadSample } from '../../sample/load-sample.ts'

/** Makes a data folder of `npm start` whose sample municipality has this many insured; nothing runs afterwards. */
export async function prepareOffice(root: string, insured: number): Promise<void> {
  const folder = dataFolder({ KOKI_DATA: root })
  createDataFolder(folder)
  startClockAt(folder.clock, SAMPLE_DAY)
  const clock = openClock(folder.clock)
  const server = await startPostgres({ dataDir: folder.postgres })
  try {
    await migrate(server.ownerUrl())
    const db = openDatabase(server.appUrl(), { name: 'koki-prepare' })
    try {
      await ensureEpoch(db, clock)
      const store = openFileStore(join(folder.root, 'files'))
      const request = { insured, seed: SAMPLE_SEED, today: SAMPLE_DAY }
      await loadSample({ db, store, clock, log: () => undefined }, join(folder.root, 'sample'), request)
    } finally {
      await db.close()
    }
  } finally {
    await server.stop()
  }
  writeFileSync(join(folder.root, 'mode.json'), '{"mode":"sample"}\n')
}

/** The same books for another run: the folder with its owners and rights. */
export const copyOffice = (from: string, to: string): void => void execFileSync('cp', ['-a', from, to])
