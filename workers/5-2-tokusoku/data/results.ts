import type { Sql } from '#db/database.ts'
import type { Counts } from '#runtime/step.ts'

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
