import { Fault } from '#kernel/faults.ts'
import pg from 'pg'
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { createReadStream, existsSync, readdirSync, rmSync } from 'node:fs'
import { chmod, chown, mkdir, readdir, readFile, rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { createDataFolder, type DataFolder } from '../launch/data-folder.ts'
import { startPostgres } from '../postgres.ts'
import { writePrivate } from '../secrets.ts'
import { firstUnreachable, serverAccount, type Account } from '../server-account.ts'
import { copyHashed } from './hashed-file.ts'
import { readManifest, verifyFiles } from './manifest.ts'

const run = promisify(execFile)

export interface RestoreRequest {
  /** The backup. */
  readonly source: string
  /** Where to: absent or empty. */
  readonly folder: DataFolder
  readonly tell: (line: string) => void
}

/** What a restored data folder tells its next start. */
export interface RestoredMark {
  readonly seal: string
  readonly madeAt: string
}

/** Every file of the data directory against the server's own list. Fault BAK-004. */
async function verifyCluster(cluster: string, manifestFile: string): Promise<void> {
  const { Files } = JSON.parse(await readFile(manifestFile, 'utf8')) as {
    Files: { Path: string; Checksum: string; 'Checksum-Algorithm': string }[]
  }
  for (const { Path: path, Checksum: wanted } of Files) {
    const hash = createHash('sha256')
    await pipeline(createReadStream(join(cluster, path)), hash).catch(() => undefined)
    if (hash.digest('hex') !== wanted) throw new Fault('BAK-004', { file: `base.tar.gz ${path}` })
  }
}

async function giveTo({ uid, gid }: Account, folder: string): Promise<void> {
  if (uid !== undefined)
    for (const entry of [
      folder,
      ...(await readdir(folder, { recursive: true, withFileTypes: true })).map((one) => join(one.parentPath, one.name)),
    ])
      await chown(entry, uid, gid ?? 0)
  await chmod(folder, 0o700)
}

/**
 * Starts the restored server once, which plays the WAL of the backup, and takes back what belonged to the moment of the
 * backup: logins and their tokens.
 */
async function recover(folder: DataFolder): Promise<void> {
  const server = await startPostgres({ dataDir: folder.postgres })
  try {
    const client = new pg.Client({ connectionString: server.adminUrl() })
    await client.connect()
    await client.query('update sessions set ended_at = expires_at where ended_at is null')
    await client.query('update api_tokens set revoked_at = created_at where revoked_at is null')
    await client.end()
  } finally {
    await server.stop()
  }
}

/**
 * 控えから戻す into an empty data folder. All checksums are compared before anything is written. The next start sees the
 * mark `restored.json`, raises the engine's epoch and puts the open runs into the new engine. A failed one leaves nothing.
 * Faults: BAK-001 … BAK-004 the backup, BAK-005 the folder is not empty, SYS-003.
 */
export async function restoreBackup({ source, folder, tell }: RestoreRequest): Promise<RestoredMark> {
  if (existsSync(folder.root) && readdirSync(folder.root).length > 0)
    throw new Fault('BAK-005', { folder: folder.root })
  const { manifest, seal } = readManifest(source)
  const account = serverAccount()
  const barrier = firstUnreachable(account, dirname(folder.root))
  if (barrier !== null) throw new Fault('SYS-003', { account: account.name, folder: barrier })
  await verifyFiles(source, manifest.files, (done, total) => {
    if (done === total) tell(`控えは正しく読めます(${total}件を検査)`)
  })
  try {
    createDataFolder(folder)
    const part = `${folder.postgres}.part`
    await mkdir(part, { mode: 0o700 })
    tell('データベースを戻しています')
    await run('tar', ['-xzf', join(source, 'database/base.tar.gz'), '-C', part])
    await verifyCluster(part, join(source, 'database/backup_manifest'))
    await giveTo(account, part)
    await rename(part, folder.postgres)
    const office = Object.keys(manifest.files).filter((file) => file.startsWith('office/'))
    for (const file of office) await copyHashed(join(source, file), join(folder.root, file.slice('office/'.length)))
    tell(`ファイルを戻しました(${office.length}件)`)
    await recover(folder)
    const mark: RestoredMark = { seal, madeAt: manifest.madeAt }
    writePrivate(folder.restored, JSON.stringify(mark))
    return mark
  } catch (error) {
    for (const name of readdirSync(folder.root)) rmSync(join(folder.root, name), { recursive: true, force: true })
    throw error
  }
}
