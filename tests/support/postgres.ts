import { migrate } from '#db/migrate.ts'
import { startPostgres, type Postgres } from '#tools/postgres.ts'
import { createDatabase } from '#tools/roles.ts'
import pg from 'pg'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { sweepTemporaryFolders, temporaryFolder } from './temporary.ts'

/** What the test processes need to know of the one server of this run. */
export interface TestServer {
  readonly adminUrl: string
  readonly ownerUrl: string
  readonly appUrl: string
  readonly readUrl: string
  /** The migrated database to clone. */
  readonly template: string
}
declare module 'vitest' {
  interface ProvidedContext {
    readonly postgres: TestServer
  }
}

const TEMPLATE = 'koki_template'
/** Speed over durability: these data end with the run. Fault tests start a server of their own. */
const FAST = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' }

interface Shared {
  readonly server: Promise<Postgres>
  readonly folder: string
  users: number
}
const slot = globalThis as { kokiTestServer?: Shared | undefined }

async function prepare(folder: string): Promise<Postgres> {
  const server = await startPostgres({ dataDir: join(folder, 'postgres'), settings: FAST })
  const admin = new pg.Client({ connectionString: server.adminUrl('postgres') })
  await admin.connect()
  await createDatabase(admin, TEMPLATE)
  await admin.end()
  await migrate(server.ownerUrl(TEMPLATE))
  return server
}

/** Vitest global setup: one server a run, whichever projects ask, with a template database migrated once. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  let shared = slot.kokiTestServer
  if (shared === undefined) {
    await sweepTemporaryFolders()
    const folder = temporaryFolder()
    shared = slot.kokiTestServer = { server: prepare(folder), folder, users: 0 }
  }
  shared.users++
  const server = await shared.server
  project.provide('postgres', {
    adminUrl: server.adminUrl('postgres'),
    ownerUrl: server.ownerUrl('%'),
    appUrl: server.appUrl('%'),
    readUrl: server.readUrl('%'),
    template: TEMPLATE,
  })
  return async () => {
    if (--shared.users > 0) return
    slot.kokiTestServer = undefined
    await server.stop()
    rmSync(shared.folder, { recursive: true, force: true })
  }
}
