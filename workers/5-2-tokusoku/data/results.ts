import type { Sql, Tx } from '#db/database.ts'
import type { Counts } from '#runtime/step.ts'
import { letterOf } from './letters.ts'

/** The counts named in sheet 5.2 §3, as far as the run has come. */
export const RESULT_COUNTS = [
  'worksheetVersion',
  'noticeVersion',
  'fileVersion',
  'delinquentCount',
  'reviewCount',
  'targetCount',
  'excludedCount',
  'noticeCount',
  'unprintableCount',
  'printFileCount',
  'releasedCount',
  'pulledCount',
  'fileCount',
  'issuedCount',
] as const

export async function tokusokuResults(sql: Sql, runId: string): Promise<Counts> {
  const { variables } = await sql.one<{ variables: Record<string, unknown> }>(
    `select variables from runs where id = $1`,
    [runId],
  )
  const counts: Record<string, number> = {}
  for (const name of RESULT_COUNTS) {
    const value = variables[name]
    if (typeof value === 'number') counts[name] = value
  }
  return counts
}

/** The counts that the run shows, and that 007 starts with, follow what was pulled out since the release. */
export const recountLetters = (tx: Tx, runId: string): Promise<number> =>
  tx.run(
    `update runs set variables = variables || jsonb_build_object(
       'releasedCount', (select count(distinct ${letterOf('n')}) from notices n where run_id = $1 and state in ('released', 'dispatched')),
       'pulledCount', (select count(distinct ${letterOf('n')}) from notices n where run_id = $1 and state = 'pulled'),
       'printFileCount', (select count(*) from print_files where run_id = $1 and state = 'current'))
     where id = $1`,
    [runId],
  )
