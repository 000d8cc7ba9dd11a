import { csvOutput } from './csv.ts'
import { identifyDelinquents } from './identify-delinquents.ts'
import { jobRoundTrip } from './job-round-trip.ts'
import { printNotices } from './print-notices.ts'
import { reviewGrid } from './review-grid.ts'
import type { BenchRow } from './row.ts'
import { shunoImport } from './shuno-import.ts'
import { taskList } from './task-list.ts'
import { taskVisible } from './task-visible.ts'

/** Every number that we promise, in the order of the table in the README. */
export const BENCH_ROWS: readonly BenchRow[] = [
  identifyDelinquents,
  shunoImport,
  printNotices,
  jobRoundTrip,
  taskVisible,
  reviewGrid,
  csvOutput,
  taskList,
]
