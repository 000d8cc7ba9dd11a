import type { Clock } from '#kernel/clock.ts'
import type { Database } from '#db/database.ts'
import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { noteBackup } from '../backup/backup-list.ts'
import { makeBackup, type MadeBackup } from '../backup/make-backup.ts'
import type { DataFolder } from './data-folder.ts'
import { migrateDatabases, missingMigrations, type Databases } from './databases.ts'

/** Backups before an upgrade that are kept, the newest of them. */
const KEPT = 2

export interface UpgradeRequest {
  readonly folder: DataFolder
  readonly databases: Databases
  readonly db: Database
  readonly clock: Clock
  readonly environment: NodeJS.ProcessEnv
  readonly note: (text: string) => void
}

/**
 * Brings the schema up to date. An embedded database with data in it is backed up first, into `backups/` of the data folder;
 * KOKI_BACKUP_BEFORE_UPGRADE=0 says that somebody has done so. Nothing is changed when the backup fails (BAK-006: no room).
 */
export async function upgradeDatabase(request: UpgradeRequest): Promise<void> {
  const { databases, db, clock, note } = request
  const startedAt = new Date().toISOString()
  const made = await backupBefore(request)
  const count = await migrateDatabases(databases)
  note(count === 0 ? '最新' : `${count}件更新`)
  if (made !== null) await noteBackup(db, clock, { ...made, startedAt, cause: 'before-upgrade' })
}

async function backupBefore({
  folder,
  databases,
  clock,
  environment,
  note,
}: UpgradeRequest): Promise<MadeBackup | null> {
  const { adminUrl, isNew, appUrl } = databases
  if (adminUrl === null || isNew || environment['KOKI_BACKUP_BEFORE_UPGRADE'] === '0') return null
  const { missing, done } = await missingMigrations(appUrl)
  if (missing === 0 || done === 0) return null
  const name = `before-upgrade-${new Date().toISOString().replaceAll(/[-:]|\.\d+/g, '')}`
  const made = await makeBackup({ folder, clock, adminUrl, target: join(folder.backups, name), tell: () => undefined })
  for (const old of readdirSync(folder.backups)
    .filter((one) => one.startsWith('before-upgrade-'))
    .toSorted()
    .slice(0, -KEPT))
    rmSync(join(folder.backups, old), { recursive: true, force: true })
  note(`更新の前の控え backups/${name}`)
  return made
}
