import type { RunInvariant } from '#runtime/check-run.ts'
import { instalmentWords } from './sql.ts'

/** 二重の督促はない: whoever wrote the history, this run or a file. */
export const oneTokusokuEach: RunInvariant = {
  number: 2,
  statement: '一つの期割に、取り消されていない督促は一つだけある',
  sql: `
    select ${instalmentWords} as what
    from tokusoku_history h join instalments i on i.id = h.instalment_id
    where h.cancelled_on is null
      and h.instalment_id in (select instalment_id from tokusoku_history where run_id = $1
                              union select instalment_id from notices where run_id = $1)
    group by i.id having count(*) > 1`,
}
