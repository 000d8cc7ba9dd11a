import { join } from 'node:path'
import pg from 'pg'
import { plainDateOf } from '#kernel/plain-date.ts'
import type { Clock } from '#kernel/clock.ts'
import { openDatabase } from '#db/database.ts'
import { migrate } from '#db/migrate.ts'
import { openOfficeIntake } from '#intake/office-intake.ts'
import { loadProfiles } from '#intake/profiles.ts'
import { startPostgres, type Postgres } from '../postgres.ts'
import { createDatabase } from '../roles.ts'
import { SAMPLE_DAY, SAMPLE_SEED } from '../sample/first-sample.ts'
import { importPath } from '../sample/load-sample.ts'
import { makeSample, type SampleCounts } from '../sample/make-sample.ts'

/** The day of every measurement. */
export const BENCH_CLOCK: Clock = {
  now: () => `${SAMPLE_DAY}T00:00:00.000Z`,
  today: () => plainDateOf(SAMPLE_DAY),
}

/** A server with the settings that the product ships with, and files of a made-up municipality. */
export interface BenchOffice {
  readonly server: Postgres
  readonly folder: string
  readonly counts: SampleCounts
}

/** Starts the server, makes the files of `insured` people, and builds the database `koki`. */
export async function openOffice(folder: string, insured: number): Promise<BenchOffice> {
  const counts = await makeSample(
    join(folder, 'files'),
    { insured, seed: SAMPLE_SEED, today: SAMPLE_DAY },
    loadProfiles(),
  )
  const server = await startPostgres({ dataDir: join(folder, 'postgres') })
  try {
    await migrate(server.ownerUrl())
  } catch (error) {
    await server.stop()
    throw error
  }
  return { server, folder, counts }
}

export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** A copy of the database `koki` as it is now. */
export const cloneTo = ({ server }: BenchOffice, name: string): Promise<void> =>
  withClient(server.adminUrl('postgres'), async (admin) => {
    await admin.query(`drop database if exists ${name} with (force)`)
    await createDatabase(admin, name, 'koki')
  })

/** Takes files in as koki_app does. Returns the seconds. */
export async function takeIn(
  { server, folder }: BenchOffice,
  database: string,
  kinds: readonly string[],
): Promise<number> {
  const db = openDatabase(server.appUrl(database))
  const { intake } = openOfficeIntake({ db, clock: BENCH_CLOCK, dataFolder: join(folder, 'data'), log: console.error })
  const startedAt = performance.now()
  for (const kind of kinds) {
    const file = await importPath({ db }, intake, kind, join(folder, 'files', `${kind}.csv`))
    if (file.status !== 'accepted') throw new Error(`${kind}: ${file.refusalMessage ?? ''}`)
  }
  const seconds = (performance.now() - startedAt) / 1000
  await db.close()
  return seconds
}
