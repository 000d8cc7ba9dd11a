import type { RunInvariant } from '#runtime/check-run.ts'
import { instalmentWords } from './sql.ts'

/**
 * By what was known when the file was built: a 抑止 that comes later takes the letter out at the next download, and cannot
 * call back what has left.
 */
export const noProtectedInBulk: RunInvariant = {
  number: 10,
  statement: '抑止対象者の通知は、一括の印刷ファイルに入っていない',
  sql: `
    select distinct concat('印刷ファイル ', f.number, ' 第', f.version, '版 ', ${instalmentWords}) as what
    from print_files f join print_file_notices c on c.print_file_id = f.id
    join notices n on n.id = c.notice_id join instalments i on i.id = n.instalment_id
    join insured s on s.id = n.insured_id join runs on runs.id = f.run_id
    join protections x on x.person_id = s.person_id and x.recorded_at <= f.built_at
      and (x.superseded_at is null or x.superseded_at > f.built_at)
    where f.run_id = $1 and not f.is_individual and x.starts_on <= n.issue_on
      and (x.released_on is null
        or (x.released_on > (runs.variables->>'asOf')::date and x.released_on > x.starts_on))`,
}
