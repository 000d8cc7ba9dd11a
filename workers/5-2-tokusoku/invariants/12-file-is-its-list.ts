import type { RunInvariant } from '#runtime/check-run.ts'
import { approvedCte } from './sql.ts'

/** Each version: lines and Σ未納額 are those of 区分=送付, and 送付 + 非送付 are the rows that 002 approved. */
export const fileIsItsList: RunInvariant = {
  number: 12,
  statement: '滞納者情報の件数と未納額は、その版の送付一覧と同じである',
  sql: `
    with ${approvedCte('delinquents')}
    select concat('滞納者情報 第', f.version, '版') as what
    from tainosha_files f cross join approved cross join lateral (
      select count(*) as rows, count(*) filter (where section = '送付') as lines,
        coalesce(sum(unpaid_yen) filter (where section = '送付'), 0) as yen,
        count(*) filter (where section = '送付' and coalesce(status, '') = '') as nameless
      from tainosha_rows d where d.worksheet_id = f.worksheet_id) d
    where f.run_id = $1
      and (f.line_count <> d.lines or f.sum_yen <> d.yen or d.rows <> approved.row_count or d.nameless > 0)`,
}
