import type { Sql } from '#db/database.ts'
import type { TokusokuOptions } from '#rules/tokusoku/options.ts'

/** 対象件数 of the run of the 納期限 before, as its 002 decided it; null when there was none that was not cancelled. */
export async function previousTargetCount(sql: Sql, runId: string): Promise<number | null> {
  const row = await sql.maybe<{ count: number }>(
    `select v.target_count::int as count from worksheet_reviews v
     join worksheets w on w.id = v.worksheet_id and w.kind = 'delinquents' join runs r on r.id = w.run_id
     where v.decision = 'ok' and r.state <> 'cancelled' and r.flow = '5-2-tokusoku' and r.id <> $1
       and (r.params->>'dueOn')::date < (select (params->>'dueOn')::date from runs where id = $1)
     order by (r.params->>'dueOn')::date desc, v.decided_at desc limit 1`,
    [runId],
  )
  return row?.count ?? null
}

/** 件数の大きな差: at least `outlierCountPct` per cent away from the run before. */
export const isOutlier = (
  count: number,
  previous: number | null,
  options: Pick<TokusokuOptions, 'outlierCountPct'>,
): boolean =>
  previous !== null && previous > 0 && Math.abs(count - previous) * 100 >= previous * options.outlierCountPct
