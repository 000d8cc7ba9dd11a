import { Fault } from '#kernel/faults.ts'
import type { Clock } from '#kernel/clock.ts'
import pg from 'pg'
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { statfs, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { DataFolder } from '../launch/data-folder.ts'
import { DATABASE } from '../roles.ts'
import { baseBackup } from './base-backup.ts'
import { copyHashed, hashedSink, type FileFact } from './hashed-file.ts'
import { writeManifest } from './manifest.ts'
import { officeFiles } from './office-files.ts'

export interface BackupRequest {
  readonly folder: DataFolder
  readonly clock: Clock
  /** The server that runs, as its superuser. */
  readonly adminUrl: (database?: string) => string
  /** Where to: absent or empty. */
  readonly target: string
  readonly tell: (line: string) => void
}

export interface MadeBackup {
  readonly bytes: number
  /** SHA-256 of the manifest; names the whole backup. */
  readonly seal: string
}

const MIB = 1024 ** 2
const mib = (bytes: number): string => `${Math.ceil(bytes / MIB).toLocaleString('ja-JP')}MiB`

/** Faults: BAK-005 the target holds something, BAK-006 it has not the room. */
async function prepareTarget(target: string, needed: number): Promise<void> {
  if (existsSync(target) && readdirSync(target).length > 0) throw new Fault('BAK-005', { folder: target })
  mkdirSync(target, { recursive: true, mode: 0o700 })
  const { bavail, bsize } = await statfs(target)
  if (bavail * bsize < needed)
    throw new Fault('BAK-006', { folder: target, free: mib(bavail * bsize), needed: mib(needed) })
}

async function databaseFacts(url: string): Promise<{ readonly bytes: number; readonly migrations: string[] }> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const size = await client.query<{ bytes: string }>('select pg_database_size(current_database()) as bytes')
    const done = await client.query<{ name: string }>('select name from mikro_orm_migrations order by id')
    return { bytes: Number(size.rows[0]?.bytes ?? 0), migrations: done.rows.map(({ name }) => name) }
  } finally {
    await client.end()
  }
}

/** A line at each quarter. */
function quarters(say: (percent: number) => void): (done: number, total: number) => void {
  let told = -1
  return (done, total) => {
    const quarter = total === 0 ? 4 : Math.min(4, Math.floor((done * 4) / total))
    if (quarter <= told) return
    told = quarter
    say(quarter * 25)
  }
}

/**
 * 控えを取る while the office works: the database first, then the files, so that every file a row names is there (bytes are
 * stored before their row, and never removed). A failed one leaves nothing. Faults BAK-005, BAK-006.
 */
export async function makeBackup({ folder, clock, adminUrl, target, tell }: BackupRequest): Promise<MadeBackup> {
  const { bytes: databaseBytes, migrations } = await databaseFacts(adminUrl(DATABASE))
  const present = await officeFiles(folder)
  const sizes = await Promise.all(present.map(async (file) => (await stat(join(folder.root, file))).size))
  const isNew = !existsSync(target)
  await prepareTarget(target, sizes.reduce((sum, size) => sum + size, 0) + databaseBytes / 2)
  try {
    const files: Record<string, FileFact> = {}
    const archive = await hashedSink(join(target, 'database/base.tar.gz'))
    const manifest = await hashedSink(join(target, 'database/backup_manifest'))
    const onProgress = quarters((percent) => tell(`データベース ${percent}%`))
    await baseBackup(adminUrl('postgres'), { archive: archive.sink, manifest: manifest.sink, onProgress })
    files['database/base.tar.gz'] = await archive.fact()
    files['database/backup_manifest'] = await manifest.fact()
    const listed = await officeFiles(folder) // again: some came while the database was read
    const onFile = quarters((percent) => tell(`ファイル ${percent}%(${listed.length}件)`))
    for (const [index, file] of listed.entries()) {
      files[`office/${file}`] = await copyHashed(join(folder.root, file), join(target, 'office', file))
      onFile(index + 1, listed.length)
    }
    const seal = writeManifest(target, { madeAt: new Date().toISOString(), today: clock.today(), migrations, files })
    return { bytes: Object.values(files).reduce((sum, { bytes }) => sum + bytes, 0), seal }
  } catch (error) {
    for (const name of isNew ? [''] : readdirSync(target)) rmSync(join(target, name), { recursive: true, force: true })
    throw error
  }
}
