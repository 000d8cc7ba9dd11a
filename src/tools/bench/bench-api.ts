import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { ensureDemoUsers } from '#access/demo-users.ts'
import { issueToken } from '#access/tokens.ts'
import { buildApp } from '#api/app.ts'
import { listenToChanges } from '#api/changes.ts'
import type { ApiDeps } from '#api/deps.ts'
import { openMetrics } from '#api/metrics.ts'
import { officeProjectors } from '#api/projectors.ts'
import { SYSTEM } from '#audit/events.ts'
import { openDatabase, type Database } from '#db/database.ts'
import { openOfficeIntake } from '#intake/office-intake.ts'
import { loadProfiles } from '#intake/profiles.ts'
import { openDiskSpace, readDiskLimits } from '#runtime/disk-space.ts'
import { openFileStore } from '#runtime/file-store.ts'
import { registryOf } from '#runtime/registry.ts'
import { FLOWS } from '#workers/registry.ts'
import { BENCH_CLOCK } from './office.ts'

/** The product's API over a database, asked without a network by one clerk. */
export interface BenchApi {
  readonly app: FastifyInstance
  readonly db: Database
  readonly headers: { readonly authorization: string }
  close(): Promise<void>
}

const nobody = (): never => {
  throw new Error('a measurement has no engine and no login')
}

/** Opens the API as koki_app. There is no engine: what is measured asks none. */
export async function openBenchApi(url: string, folder: string): Promise<BenchApi> {
  const db = openDatabase(url)
  const clock = BENCH_CLOCK
  await ensureDemoUsers(db, clock)
  const machineNow = (): Date => new Date()
  const { intake } = openOfficeIntake({ db, clock, dataFolder: join(folder, 'data'), log: console.error })
  const changes = await listenToChanges(db)
  const registry = registryOf(FLOWS)
  const space = openDiskSpace(folder, readDiskLimits())
  const deps: ApiDeps = {
    db,
    clock,
    registry,
    files: openFileStore(join(folder, 'data')),
    log: console.error,
    machineNow,
    intake,
    profiles: loadProfiles(),
    engine: new Proxy({}, { get: nobody }) as ApiDeps['engine'],
    projectors: officeProjectors(clock, registry),
    space,
    metrics: openMetrics({ db, clock, space }),
    oidc: { redirectUri: '', begin: nobody, finish: nobody },
    demo: null,
    isSample: true,
    moveClock: null,
    webRoot: null,
    isSecure: false,
  }
  const app = await buildApp(deps, changes)
  const { token } = await issueToken(
    { db, clock, machineNow },
    { login: 'tantou', ttlMs: 12 * 3_600_000, actor: SYSTEM },
  )
  return {
    app,
    db,
    headers: { authorization: `Bearer ${token}` },
    async close() {
      await app.close()
      await changes.close()
      await db.close()
    },
  }
}
