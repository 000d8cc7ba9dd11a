import type { RunInvariant } from '#runtime/check-run.ts'
import { letterOf } from '../data/letters.ts'
import { instalmentWords } from './sql.ts'

/**
 * Once 007 is done: no letter waits, each that left has a history (its own, or the one that a file had brought first),
 * and each history of the run has its letter that left.
 */
export const lettersAndHistory: RunInvariant = {
  number: 3,
  statement: '発送した通知には督促履歴があり、督促履歴には発送した通知がある',
  sql: `
    with registered as (
      select from step_runs where run_id = $1 and step_id = '5-2-tokusoku/007-register-dispatch' and state = 'done'
      union select from runs where id = $1 and state = 'finished')
    select concat('履歴のない通知 ', ${instalmentWords}) as what
    from notices n join instalments i on i.id = n.instalment_id
    where n.run_id = $1 and (n.dispatched_on is not null or n.state = 'released') and exists (select from registered)
      and not exists (select from tokusoku_history h where h.instalment_id = n.instalment_id
                      and (h.notice_id = ${letterOf('n')} or h.notice_id is null or h.run_id <> n.run_id))
    union all
    select concat('通知のない履歴 ', ${instalmentWords})
    from tokusoku_history h join instalments i on i.id = h.instalment_id
    left join notices n on n.run_id = $1 and n.instalment_id = h.instalment_id and h.notice_id = ${letterOf('n')}
    where h.run_id = $1 and (n.id is null or n.dispatched_on is null)`,
}
