import { join } from 'node:path'
import type { Clock } from '#kernel/clock.ts'
import { openDatabase, type Database } from '#db/database.ts'
import { openFileStore, type FileStore } from '#runtime/file-store.ts'
import { stepBench, type StepBench } from '#tests/support/step-bench.ts'
import { tokusoku } from '#workers/5-2-tokusoku/index.ts'
import { BENCH_CLOCK, type BenchOffice } from './office.ts'

/** Where the steps of a measurement keep their files, and their day. */
export const place = (office: BenchOffice): { readonly clock: Clock; readonly store: FileStore } => ({
  clock: BENCH_CLOCK,
  store: openFileStore(join(office.folder, 'data/files')),
})

/** Opens a database of the office as the application does, with steps that run as the engine would ask for them. */
export async function withOffice<T>(
  office: BenchOffice,
  name: string,
  work: (open: { readonly db: Database; readonly bench: StepBench }) => Promise<T>,
): Promise<T> {
  const db = openDatabase(office.server.appUrl(name))
  try {
    return await work({ db, bench: await stepBench({ db, ...place(office) }, [tokusoku]) })
  } finally {
    await db.close()
  }
}
