// Embedded PostgreSQL through pg_ctl: it outlives a killed launcher and is found again by the next one.
import { Fault } from '#kernel/faults.ts'
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { appendFile, chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { freePort } from './free-port.ts'
import { rotateLog } from './log-rotation.ts'
import { postgresBinaries } from './postgres-binaries.ts'
import { SERVER_SETTINGS, settingsFile } from './postgres-settings.ts'
import { isOurs } from './process-look.ts'
import { DATABASE, ensureRoles } from './roles.ts'
import { randomSecret, readSecrets, writePrivate } from './secrets.ts'
import { firstUnreachable, serverAccount, type Account } from './server-account.ts'

const run = promisify(execFile)
const USERS = ['postgres', 'koki_owner', 'koki_app', 'koki_read'] as const
type User = (typeof USERS)[number]

/** A running embedded server. URLs carry passwords: never print them. */
export interface Postgres {
  readonly port: number
  /** As superuser; for the launcher and tests only. */
  adminUrl(database?: string): string
  ownerUrl(database?: string): string
  appUrl(database?: string): string
  readUrl(database?: string): string
  /** False when the server has died. */
  isRunning(): Promise<boolean>
  /** Ends all connections and stops the server; returns when it is down. */
  stop(): Promise<void>
}

export interface PostgresOptions {
  /** The cluster's folder; beside it lie `<dataDir>.secrets.json` (mode 0600) and `<dataDir>.log`. */
  readonly dataDir: string
  /** Default: a free port. An adopted server keeps its own. */
  readonly port?: number
  /** Overrides of `SERVER_SETTINGS`, e.g. `{ fsync: 'off' }` in tests. */
  readonly settings?: Readonly<Record<string, string>>
}

interface Cluster {
  readonly dataDir: string
  readonly log: string
  readonly account: Account
  call(program: 'initdb' | 'pg_ctl', args: readonly string[]): Promise<unknown>
}

const own = async (account: Account, path: string): Promise<void> => {
  if (account.uid !== undefined) await chown(path, account.uid, account.gid ?? 0)
}

function takeSecrets(dataDir: string): Record<User, string> {
  const file = `${dataDir}.secrets.json`
  const stored = readSecrets(file, USERS)
  if (stored !== null) return stored
  if (existsSync(join(dataDir, 'PG_VERSION'))) throw new Fault('SYS-005', { file })
  const fresh = Object.fromEntries(USERS.map((user) => [user, randomSecret()])) as Record<User, string>
  writePrivate(file, JSON.stringify(fresh, null, 2))
  return fresh
}

/** initdb beside the final place, then a rename: an interrupted one leaves nothing that looks finished. */
async function createCluster({ dataDir, account, call }: Cluster, password: string): Promise<void> {
  const part = `${dataDir}.new`
  const passwordFile = `${dataDir}.pw`
  await rm(part, { recursive: true, force: true })
  await mkdir(part, { mode: 0o700 })
  await own(account, part)
  await writeFile(passwordFile, password, { mode: 0o600 })
  await own(account, passwordFile)
  try {
    const locale = ['--locale=C', '--lc-ctype=C.UTF-8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
    const access = ['--username=postgres', '--auth=scram-sha-256', `--pwfile=${passwordFile}`]
    await call('initdb', ['-D', part, ...access, '--encoding=UTF8', ...locale, '--no-instructions'])
  } finally {
    await rm(passwordFile, { force: true })
  }
  await appendFile(join(part, 'postgresql.conf'), "include_if_exists = 'koki.conf'\n")
  await rename(part, dataDir)
}

/** The port of a server that already runs on this folder, else null. A stale pid file is removed. */
async function runningPort(dataDir: string): Promise<number | null> {
  const file = join(dataDir, 'postmaster.pid')
  const lines = await readFile(file, 'utf8').then(
    (text) => text.split('\n'),
    () => null,
  )
  if (lines === null) return null
  if (isOurs(Number(lines[0]), ['postgres', dataDir])) return Number(lines[3])
  await rm(file, { force: true }) // its process is gone, and another may have inherited the id
  return null
}

async function launch(cluster: Cluster, wanted: number | undefined, settings: Readonly<Record<string, string>>) {
  const { dataDir, log, account, call } = cluster
  const config = join(dataDir, 'koki.conf')
  await writeFile(config, settingsFile({ ...SERVER_SETTINGS, ...settings }), { mode: 0o600 })
  await own(account, config)
  rotateLog(log)
  await writeFile(log, '', { flag: 'a', mode: 0o640 })
  await own(account, log)
  for (let left = 8; ; left--) {
    const port = wanted ?? (await freePort())
    try {
      // -l is needed: without it the server keeps our pipe open and the call never returns
      await call('pg_ctl', ['-D', dataDir, '-w', '-t', '120', '-l', log, '-o', `-p ${port}`, 'start'])
      return port
    } catch (error) {
      // children of a killed server may hold its memory for a moment
      if (left === 0) throw new Fault('SYS-004', { detail: 'pg_ctl start', log }, { cause: error })
      await new Promise((wake) => setTimeout(wake, 400))
    }
  }
}

async function openCluster(dataDir: string): Promise<Cluster> {
  const account = serverAccount()
  const parent = dirname(dataDir)
  await mkdir(parent, { recursive: true })
  const barrier = firstUnreachable(account, parent)
  if (barrier !== null) throw new Fault('SYS-003', { account: account.name, folder: barrier })
  const bin = await postgresBinaries(account, join(parent, 'programs'))
  const { uid, gid } = account
  const who = uid === undefined ? {} : { uid, gid: gid ?? 0 }
  const environment = { PATH: process.env['PATH'] ?? '', LC_ALL: 'C', HOME: parent }
  return {
    dataDir,
    log: `${dataDir}.log`,
    account,
    call: (program, args) => run(join(bin, program), args, { ...who, cwd: '/', env: environment }),
  }
}

/**
 * Starts the embedded PostgreSQL on `dataDir`, creating it when it is new, and adopts a server that still runs there.
 * Roles and the database `koki` exist afterwards. Faults: SYS-003 folder not reachable, SYS-004 start failed,
 * SYS-005 secrets lost, SYS-006 platform without binaries.
 */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const cluster = await openCluster(options.dataDir)
  const secrets = takeSecrets(options.dataDir)
  if (!existsSync(join(options.dataDir, 'PG_VERSION'))) await createCluster(cluster, secrets.postgres)
  const port = (await runningPort(options.dataDir)) ?? (await launch(cluster, options.port, options.settings ?? {}))
  const urls = urlsOf(secrets, port)
  await ensureRoles(urls.adminUrl('postgres'), secrets)
  return {
    port,
    ...urls,
    isRunning: async () => (await runningPort(options.dataDir)) !== null,
    stop: async () => {
      if ((await runningPort(options.dataDir)) === null) return
      await cluster.call('pg_ctl', ['-D', options.dataDir, '-m', 'fast', '-w', '-t', '60', 'stop'])
    },
  }
}

type Urls = Pick<Postgres, 'adminUrl' | 'ownerUrl' | 'appUrl' | 'readUrl'>

function urlsOf(secrets: Record<User, string>, port: number): Urls {
  const url =
    (user: User) =>
    (database = DATABASE): string =>
      `postgresql://${user}:${secrets[user]}@127.0.0.1:${port}/${database}`
  return { adminUrl: url('postgres'), ownerUrl: url('koki_owner'), appUrl: url('koki_app'), readUrl: url('koki_read') }
}

/** The addresses of the server that runs on this folder now; null when none does. For the command line. */
export async function findPostgres(dataDir: string): Promise<(Urls & { readonly port: number }) | null> {
  const secrets = readSecrets(`${dataDir}.secrets.json`, USERS)
  const port = await runningPort(dataDir)
  return secrets === null || port === null ? null : { port, ...urlsOf(secrets, port) }
}
