import { Fault } from '#kernel/faults.ts'
import { MIGRATIONS } from '#db/migrations/index.ts'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { factOf, type FileFact } from './hashed-file.ts'

/** Raised when an older program could not read what a newer one writes. */
const FORMAT = 1
export const MANIFEST_FILE = 'koki-backup.json'
/** Data directories of PostgreSQL are read by the same main version on the same kind of machine only. */
const POSTGRES = '18'
const platform = `${process.platform}-${process.arch}`

/** 控えの目録: written last, so that a folder without it is no backup. */
export interface BackupManifest {
  readonly format: number
  /** By the machine's time. */
  readonly madeAt: string
  /** Our day when it was made. */
  readonly today: string
  readonly postgres: string
  readonly platform: string
  /** Migrations of the database, in their order. */
  readonly migrations: readonly string[]
  readonly files: Readonly<Record<string, FileFact>>
}

type Content = Pick<BackupManifest, 'madeAt' | 'today' | 'migrations' | 'files'>

const sealOf = (text: string): string => createHash('sha256').update(text).digest('hex')

/** Writes the manifest; answers its SHA-256, which names the whole backup. */
export function writeManifest(folder: string, content: Content): string {
  const manifest: BackupManifest = { format: FORMAT, postgres: POSTGRES, platform, ...content }
  const text = JSON.stringify(manifest, null, 1)
  writeFileSync(join(folder, MANIFEST_FILE), `${sealOf(text)}\n${text}\n`, { mode: 0o600, flag: 'wx' })
  return sealOf(text)
}

/**
 * Reads the manifest of a backup that this program can restore. Faults: BAK-001 none or cut off, BAK-002 of a newer
 * program, BAK-003 of another kind of machine, BAK-004 changed.
 */
export function readManifest(folder: string): { readonly manifest: BackupManifest; readonly seal: string } {
  const file = join(folder, MANIFEST_FILE)
  if (!existsSync(file)) throw new Fault('BAK-001', { folder })
  const text = readFileSync(file, 'utf8')
  const [seal = ''] = text.split('\n', 1)
  const body = text.slice(seal.length + 1).trimEnd()
  if (sealOf(body) !== seal) throw new Fault('BAK-004', { file: MANIFEST_FILE })
  const manifest = JSON.parse(body) as BackupManifest // sealed: exactly what `writeManifest` wrote
  if (Object.keys(manifest.files).some((path) => path.startsWith('/') || path.split('/').includes('..')))
    throw new Fault('BAK-004', { file: MANIFEST_FILE })
  const known = new Set<string>(MIGRATIONS.map(({ name }) => name))
  const newer =
    manifest.format > FORMAT ? `形式${manifest.format}` : manifest.migrations.find((name) => !known.has(name))
  if (newer !== undefined) throw new Fault('BAK-002', { newer })
  if (manifest.postgres !== POSTGRES || manifest.platform !== platform)
    throw new Fault('BAK-003', {
      made: `${manifest.platform} PostgreSQL ${manifest.postgres}`,
      here: `${platform} PostgreSQL ${POSTGRES}`,
    })
  return { manifest, seal }
}

/** Compares every file with the manifest. Fault BAK-004 names the first that is missing or differs. */
export async function verifyFiles(
  folder: string,
  files: BackupManifest['files'],
  onFile: (done: number, total: number) => void,
): Promise<void> {
  const entries = Object.entries(files)
  let done = 0
  for (const [file, wanted] of entries) {
    const found = await factOf(join(folder, file)).catch(() => null)
    if (found?.sha256 !== wanted.sha256 || found.bytes !== wanted.bytes) throw new Fault('BAK-004', { file })
    onFile(++done, entries.length)
  }
}
