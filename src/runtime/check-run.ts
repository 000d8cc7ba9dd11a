import { addYears, type PlainDate } from '#kernel/plain-date.ts'
import { loadHolidays } from '#db/calendar.ts'
import type { Database } from '#db/database.ts'

/**
 * 不変条件: what must hold for a run. `sql` finds what breaks it, as one text column `what` without personal data; $1 is the
 * run, and a CTE `holidays(day)` holds the 休日 around today.
 */
export interface RunInvariant {
  readonly number: number
  /** What must be so, in Japanese. */
  readonly statement: string
  readonly sql: string
}

/** One invariant and what breaks it: the number of rows, and the first of them. */
export interface CheckedInvariant {
  readonly number: number
  readonly statement: string
  readonly count: number
  readonly examples: readonly string[]
}

const EXAMPLES = 20
/** Years around today whose 休日 a run may speak of. */
const CALENDAR_YEARS = 6

/** 検算: every invariant over one run, in one snapshot; sound when each count is 0. */
export async function checkRun(
  db: Pick<Database, 'tx'>,
  invariants: readonly RunInvariant[],
  runId: string,
  today: PlainDate,
): Promise<readonly CheckedInvariant[]> {
  return db.tx(async (tx) => {
    await tx.run('set transaction isolation level repeatable read, read only')
    const holidays = [...(await loadHolidays(tx, addYears(today, -CALENDAR_YEARS), addYears(today, CALENDAR_YEARS)))]
    const results: CheckedInvariant[] = []
    for (const { number, statement, sql } of invariants) {
      const found = await tx.rows<{ what: string; count: bigint }>(
        `with holidays as (select unnest($2::date[]) as day), broken as (${sql})
         select what, count(*) over () as count from broken order by what limit ${EXAMPLES}`,
        [runId, holidays],
      )
      results.push({ number, statement, count: Number(found[0]?.count ?? 0n), examples: found.map(({ what }) => what) })
    }
    return results
  })
}
