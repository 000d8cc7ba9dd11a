import { ensureDemoUsers } from '#access/demo-users.ts'
import { userByLogin } from '#access/users.ts'
import { appendEvent } from '#audit/append.ts'
import { SYSTEM } from '#audit/events.ts'
import { startSealer } from '#audit/sealer.ts'
import { verifyJournal } from '#audit/verify.ts'
import { openDatabase, type Database } from '#db/database.ts'
import { migrate } from '#db/migrate.ts'
import { MIGRATIONS } from '#db/migrations/index.ts'
import { currentEpoch, ensureEpoch } from '#engine/epoch.ts'
import { Fault } from '#kernel/faults.ts'
import { openOfficeIntake } from '#intake/office-intake.ts'
import { checkLedger } from '#ledger/check.ts'
import { openFileStore } from '#runtime/file-store.ts'
import { registryOf } from '#runtime/registry.ts'
import { startRun } from '#runtime/runs.ts'
import { openClock, startClockAt } from '#runtime/system-clock.ts'
import { readManifest } from '#tools/backup/manifest.ts'
import { restoreBackup } from '#tools/backup/restore-backup.ts'
import { factOf } from '#tools/backup/hashed-file.ts'
import { forgetRestore, noteRestore } from '#tools/launch/after-restore.ts'
import { prepareEngineData } from '#tools/launch/engine-data.ts'
import { createDataFolder, dataFolder } from '#tools/launch/data-folder.ts'
import { openDatabases, type Databases } from '#tools/launch/databases.ts'
import { upgradeDatabase } from '#tools/launch/upgrade.ts'
import { startPostgres, type Postgres } from '#tools/postgres.ts'
import { loadSample } from '#tools/sample/load-sample.ts'
import { PDF } from '#tests/support/files.ts'
import { CHECKOUT } from '#tests/support/fixture-tree.ts'
import { newTasks } from '#tests/support/tasks.ts'
import { temporaryFolder } from '#tests/support/temporary.ts'
import { FLOWS } from '#workers/registry.ts'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = temporaryFolder()
const office = dataFolder({ KOKI_DATA: join(root, 'office') })
const restored = dataFolder({ KOKI_DATA: join(root, 'restored') })
const copy = join(root, 'copy')
const clock = openClock(office.clock)
let databasesOfOffice: Databases
let db: Database
const servers: Postgres[] = []
const databases: Database[] = []

const environment = (dataDir: string): NodeJS.ProcessEnv => ({ ...process.env, KOKI_DATA: dataDir, VITEST: '' })
const koki = (dataDir: string, ...words: string[]) =>
  spawnSync(process.execPath, ['src/tools/koki.ts', ...words], {
    cwd: CHECKOUT,
    env: environment(dataDir),
    encoding: 'utf8',
  })

/** All but one that today's program can do without, only slower: the rows of the office are written by it. */
const BEFORE = MIGRATIONS.filter(({ name }) => name !== 'm0039-check-rows-by-notice')

beforeAll(async () => {
  // given: an office with its books and a run in progress
  createDataFolder(office)
  writeFileSync(join(office.root, 'mode.json'), '{"mode":"sample"}\n')
  startClockAt(office.clock, '2026-11-13')
  databasesOfOffice = await openDatabases(office, {}, () => undefined)
  await migrate(databasesOfOffice.ownerUrl ?? '', BEFORE) // as a program before this one left it
  db = openDatabase(databasesOfOffice.appUrl)
  databases.push(db)
  await ensureEpoch(db, clock)
  await ensureDemoUsers(db, clock)
  const store = openFileStore(join(office.root, 'files'))
  const today = clock.today()
  await loadSample({ db, store, clock, log: () => undefined }, join(office.root, 'sample'), {
    insured: 600,
    seed: 1,
    today,
  })
  const user = await userByLogin(db, 'tantou', today)
  if (user === null) throw new Error('no demo user')
  const deps = { db, clock, registry: registryOf(FLOWS), files: store, log: () => undefined }
  const params = { dueOn: '2026-11-02', asOf: '2026-11-12', issueOn: '2026-11-20' }
  await startRun(deps, { flow: '5-2-tokusoku', params, user: { ...user, terminal: 'test' } })
}, 120_000)
afterAll(async () => {
  for (const one of databases) await one.close()
  for (const one of servers) await one.stop()
  await databasesOfOffice.stop()
  rmSync(root, { recursive: true, force: true })
})

const counts = (sql: Database) =>
  sql.one(`select (select count(*) from insured) as insured, (select count(*) from instalments) as instalments,
    (select max(number) from postings) as posting, (select sum(yen) from movements) as yen,
    (select count(*) from runs where state = 'running') as running, (select count(*) from task_attachments) as attachments,
    (select count(*) from outbox where state = 'pending') as owed`)

/** A 添付: its row in the database, its bytes in the file store. */
async function attachSomething(): Promise<void> {
  const [taskId = ''] = await newTasks(db, [{}])
  const sha256 = await openFileStore(join(office.root, 'files')).put(PDF)
  await db.run(
    `insert into task_attachments (task_id, name, type, byte_size, sha256, user_id, at)
     select $1, '領収書.pdf', 'pdf', $2, $3, min(id), $4 from users`,
    [taskId, PDF.length, sha256, clock.now()],
  )
}

/** Writes events and files, one after the other, until it is stopped; answers how many of each were committed. */
function keepWriting() {
  let isOn = true
  let written = 0
  const { intake } = openOfficeIntake({ db, clock, dataFolder: office.root, log: () => undefined })
  const work = async (): Promise<number> => {
    for (; isOn; written++) {
      const payload = { code: 'TEST-000', act: `書き込み ${written}` }
      await db.tx((tx) => appendEvent(tx, { at: clock.now(), kind: 'refused', actor: SYSTEM, payload }))
      const bytes = Readable.from([Buffer.from(`宛名番号\r\n${written}\r\n`.repeat(2000))])
      await intake.receiveFile(bytes, 'atena', `${written}.csv`, SYSTEM)
    }
    return written
  }
  const done = work()
  return {
    written: () => written,
    stop: () => {
      isOn = false
      return done
    },
  }
}

describe('the start of a newer program', () => {
  const upgrade = async (environment: NodeJS.ProcessEnv = {}): Promise<string[]> => {
    const notes: string[] = []
    const databases = { ...databasesOfOffice, isNew: false } // it was new in this test, not for the start that is tried
    await upgradeDatabase({ folder: office, databases, db, clock, environment, note: (text) => notes.push(text) })
    return notes
  }
  it('backs up what is there before it changes its shape, once, and keeps the two newest', async () => {
    for (const year of [2000, 2001]) mkdirSync(join(office.backups, `before-upgrade-${year}`), { recursive: true })
    const [backup = '', changed] = await upgrade()
    expect(backup).toMatch(/^更新の前の控え backups\/before-upgrade-\d{8}T\d{6}Z$/)
    expect(changed).toBe('1件更新')
    const name = backup.slice(backup.indexOf('/') + 1)
    expect(readdirSync(office.backups).toSorted()).toEqual(['before-upgrade-2001', name])
    const { manifest } = readManifest(join(office.backups, name))
    expect(manifest.migrations).toEqual(BEFORE.map((migration) => migration.name))
    expect(await db.rows('select cause from backups')).toEqual([{ cause: 'before-upgrade' }])
    expect(await upgrade()).toEqual(['最新'])
    expect(readdirSync(office.backups)).toHaveLength(2)
  })
})

describe('koki backup', () => {
  it('takes an office while rows and files are written, and tells how far it is', { timeout: 120_000 }, async () => {
    await attachSomething()
    const sealer = startSealer(db, clock, () => undefined)
    const before = await counts(db)
    const writer = keepWriting()
    await expect.poll(writer.written).toBeGreaterThan(3)
    const child = spawn(process.execPath, ['src/tools/koki.ts', 'backup', copy], {
      cwd: CHECKOUT,
      env: environment(office.root),
    })
    let out = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece: Buffer) => (out += piece.toString()))
    const atStart = writer.written()
    await once(child, 'exit')
    const total = await writer.stop()
    await sealer.sealNow()
    await sealer.stop()
    expect(out).toMatch(/データベース 100%\n(.*\n)*ファイル 100%\(\d+件\)\n控えができました。.*MiB/)
    expect(child.exitCode).toBe(0)
    expect(total).toBeGreaterThan(atStart) // it was written meanwhile
    expect(await counts(db)).toEqual(before)
    const [noted] = await db.rows<{ cause: string; sha256: string }>(
      'select cause, sha256 from backups order by id desc',
    )
    expect(noted?.cause).toBe('asked')
    expect(out).toContain(`目録の SHA-256: ${noted?.sha256}`)
    expect(await db.one(`select count(*) as n from audit_events where kind = 'backup-made'`)).toEqual({ n: 2n })
    expect(statSync(join(copy, 'database/base.tar.gz')).mode & 0o077).toBe(0)
    expect(readdirSync(join(copy, 'office')).toSorted()).toEqual([
      'clock.json',
      'files',
      'mode.json',
      'postgres.secrets.json',
      'sample',
    ])
  })

  it('refuses a folder that holds something, and leaves it alone', () => {
    const result = koki(office.root, 'backup', copy)
    expect(result.status).toBe(1)
    expect(result.stderr).toContain('BAK-005')
    expect(existsSync(join(copy, 'koki-backup.json'))).toBe(true)
  })
})

describe('koki restore', () => {
  it('gives back the office of that moment: books, journal and files are sound', { timeout: 120_000 }, async () => {
    const result = koki(restored.root, 'restore', copy)
    expect([result.status, result.stderr]).toEqual([0, ''])
    expect(result.stdout).toContain('控えは正しく読めます')
    const other = await startPostgres({ dataDir: restored.postgres })
    servers.push(other)
    const back = openDatabase(other.appUrl())
    databases.push(back)
    expect(await counts(back)).toEqual(await counts(db))
    expect((await checkLedger(back)).filter(({ count }) => count > 0n)).toEqual([])
    const sealer = startSealer(back, clock, () => undefined, { everyMs: 3_600_000 })
    await sealer.sealNow()
    await sealer.stop()
    const { checked, unsealed, firstBad } = await verifyJournal(back)
    expect([firstBad, unsealed]).toEqual([null, 0n])
    expect(checked).toBeGreaterThan(10n)
    const store = openFileStore(join(restored.root, 'files'))
    const files = await back.rows<{ sha256: string }>(
      'select sha256 from files where sha256 is not null union all select sha256 from task_attachments',
    )
    expect(files.length).toBeGreaterThan(10)
    for (const { sha256 } of files) expect((await factOf(store.pathOf(sha256))).sha256).toBe(sha256)
    expect(statSync(restored.postgres).mode & 0o777).toBe(0o700)
  })

  it('makes the next start raise the epoch of the engine, once', async () => {
    const back = databases.at(-1) as Database
    expect(await noteRestore(restored, back, clock)).toBe(true)
    expect(await prepareEngineData(back, clock, restored.zeebe('8.5.8'))).toMatchObject({ epoch: 2 })
    expect(await currentEpoch(back)).toBe(2)
    forgetRestore(restored)
    expect(await noteRestore(restored, back, clock)).toBe(false)
    expect(await prepareEngineData(back, clock, restored.zeebe('8.5.8'))).toBeNull()
    expect(await currentEpoch(back)).toBe(2)
    expect(await back.one(`select count(*) as n from audit_events where kind = 'restored'`)).toEqual({ n: 1n })
  })

  it('refuses a folder that is not empty', () => {
    const result = koki(restored.root, 'restore', copy)
    expect(result.status).toBe(1)
    expect(result.stderr).toContain('BAK-005')
    expect(existsSync(join(restored.postgres, 'PG_VERSION'))).toBe(true)
  })

  const damaged = async (name: string, spoil: (folder: string) => void): Promise<{ code: string; left: string[] }> => {
    const [bad, target] = [join(root, `bad-${name}`), join(root, `into-${name}`)]
    cpSync(copy, bad, { recursive: true })
    spoil(bad)
    mkdirSync(target)
    const folder = dataFolder({ KOKI_DATA: target })
    const refused = await restoreBackup({ source: bad, folder, tell: () => undefined }).catch((error: unknown) => error)
    rmSync(bad, { recursive: true })
    return { code: refused instanceof Fault ? refused.code : String(refused), left: readdirSync(target) }
  }
  const flip = (file: string): void => {
    const bytes = readFileSync(file)
    const middle = bytes.length >> 1
    bytes[middle] = (bytes[middle] ?? 0) ^ 1
    writeFileSync(file, bytes)
  }
  const reseal = (folder: string, change: (manifest: Record<string, unknown>) => void): void => {
    const file = join(folder, 'koki-backup.json')
    const text = readFileSync(file, 'utf8')
    const manifest = JSON.parse(text.slice(text.indexOf('\n'))) as Record<string, unknown>
    change(manifest)
    const body = JSON.stringify(manifest)
    const seal = spawnSync('sha256sum', { input: body, encoding: 'utf8' }).stdout.slice(0, 64)
    writeFileSync(file, `${seal}\n${body}\n`)
  }
  it.each<[string, string, (folder: string) => void]>([
    ['one bit of the database', 'BAK-004', (folder) => flip(join(folder, 'database/base.tar.gz'))],
    ['one bit of the manifest', 'BAK-004', (folder) => flip(join(folder, 'koki-backup.json'))],
    [
      'a lost file',
      'BAK-004',
      (folder) => {
        const [first = ''] = readdirSync(join(folder, 'office/files'))
        rmSync(join(folder, 'office/files', first), { recursive: true })
      },
    ],
    ['a cut-off backup', 'BAK-001', (folder) => rmSync(join(folder, 'koki-backup.json'))],
    ['a newer format', 'BAK-002', (folder) => reseal(folder, (manifest) => (manifest['format'] = 2))],
    [
      'a newer database',
      'BAK-002',
      (folder) => reseal(folder, (manifest) => (manifest['migrations'] = ['m9999-tomorrow'])),
    ],
    [
      'another kind of machine',
      'BAK-003',
      (folder) => reseal(folder, (manifest) => (manifest['platform'] = 'win32-x64')),
    ],
    [
      'a way out of the folder',
      'BAK-004',
      (folder) => reseal(folder, (manifest) => (manifest['files'] = { 'office/../../x': { bytes: 1, sha256: '' } })),
    ],
  ])('refuses %s and writes nothing', async (name, code, spoil) => {
    expect(await damaged(name.replaceAll(' ', '-'), spoil)).toEqual({ code, left: [] })
  })
})
