import type { BenchRow } from './row.ts'
import { shunoImport } from './shuno-import.ts'

/** Every number that we promise, in the order of the table in the README. */
export const BENCH_ROWS: readonly BenchRow[] = [shunoImport]
