import { Fault } from '#kernel/faults.ts'
import { MIGRATIONS } from '#db/migrations/index.ts'
import { migrate } from '#db/migrate.ts'
import pg from 'pg'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { startPostgres, type Postgres } from '../postgres.ts'
import { createDatabase, DATABASE } from '../roles.ts'
import type { DataFolder } from './data-folder.ts'

const LOOK_EVERY_MS = 1000

/** The database of this start: our own server, or the one that DATABASE_URL names. */
export interface Databases {
  readonly appUrl: string
  /** As koki_owner, for migrations; null when an external database came without DATABASE_OWNER_URL. */
  readonly ownerUrl: string | null
  /** As superuser, for backups; null for an external database. */
  readonly adminUrl: ((database?: string) => string) | null
  readonly isEmbedded: boolean
  /** True when the embedded server's data were created by this start. */
  readonly isNew: boolean
  /** Throws the embedded database `koki` away and creates it empty: a sample whose first load was cut off. */
  recreate(): Promise<void>
  stop(): Promise<void>
}

async function answers(url: string, variable: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  try {
    await client.connect()
  } catch (error) {
    const { hostname, port } = new URL(url)
    throw new Fault(
      'SYS-015',
      { service: 'PostgreSQL', address: `${hostname}:${port || 5432}`, variable },
      { cause: error },
    )
  } finally {
    await client.end().catch(() => undefined)
  }
}

const refuse = (): Promise<void> => Promise.reject(new Error('an external database is never thrown away'))

async function recreateDatabase(adminUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  try {
    await client.query(`drop database if exists ${DATABASE} with (force)`)
    await createDatabase(client, DATABASE)
  } finally {
    await client.end()
  }
}

/** Starts our server again on its port whenever it has died. */
function watch(server: Postgres, dataDir: string, log: (line: string) => void): { stop(): void } {
  let isBusy = false
  const timer = setInterval(() => void look(), LOOK_EVERY_MS)
  async function look(): Promise<void> {
    if (isBusy) return
    isBusy = true
    try {
      if (await server.isRunning()) return
      log('PostgreSQL が止まりました。始め直します。')
      await startPostgres({ dataDir, port: server.port })
    } catch (error) {
      log(`PostgreSQL を始め直せません: ${error instanceof Error ? error.message : String(error)}`)
    } finally {
      isBusy = false
    }
  }
  return { stop: () => clearInterval(timer) }
}

/** DATABASE_URL (and DATABASE_OWNER_URL), else the embedded server of the data folder, watched from now on. */
export async function openDatabases(
  folder: DataFolder,
  environment: NodeJS.ProcessEnv,
  log: (line: string) => void,
): Promise<Databases> {
  const given = environment['DATABASE_URL']
  if (given !== undefined) {
    const ownerUrl = environment['DATABASE_OWNER_URL'] ?? null
    await answers(given, 'DATABASE_URL')
    if (ownerUrl !== null) await answers(ownerUrl, 'DATABASE_OWNER_URL')
    const nothing = { adminUrl: null, isEmbedded: false, isNew: false, recreate: refuse, stop: async () => undefined }
    return { appUrl: given, ownerUrl, ...nothing }
  }
  const isNew = !existsSync(join(folder.postgres, 'PG_VERSION'))
  const server = await startPostgres({ dataDir: folder.postgres })
  const watcher = watch(server, folder.postgres, log)
  return {
    appUrl: server.appUrl(),
    ownerUrl: server.ownerUrl(),
    adminUrl: server.adminUrl,
    isEmbedded: true,
    isNew,
    recreate: () => recreateDatabase(server.adminUrl('postgres')),
    stop: async () => {
      watcher.stop()
      await server.stop()
    },
  }
}

/** How many migrations this program knows that the database lacks, and how many it has had. */
export async function missingMigrations(appUrl: string): Promise<{ readonly missing: number; readonly done: number }> {
  const client = new pg.Client({ connectionString: appUrl })
  await client.connect()
  try {
    const { rows } = await client
      .query<{ name: string }>('select name from mikro_orm_migrations')
      .catch(() => ({ rows: [] }))
    const done = new Set(rows.map(({ name }) => name))
    return { missing: MIGRATIONS.filter(({ name }) => !done.has(name)).length, done: done.size }
  } finally {
    await client.end()
  }
}

/** Brings the schema up to date; without the owner's address only checks it (Fault SYS-018). Answers the number of steps. */
export async function migrateDatabases({ appUrl, ownerUrl }: Databases): Promise<number> {
  if (ownerUrl !== null) return (await migrate(ownerUrl)).length
  const { missing: count } = await missingMigrations(appUrl)
  if (count > 0) throw new Fault('SYS-018', { count })
  return 0
}
