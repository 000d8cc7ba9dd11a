import type { RunInvariant } from '#runtime/check-run.ts'
import { letterOf } from '../data/letters.ts'
import { instalmentWords, principalBalance } from './sql.ts'

/**
 * 手数料の調定 and 督促履歴 with a fee are one to one and of one amount. A letter that printed a fee without one in its history is
 * right only as 行違い: the option waives it, and what was known at the registration was paid in full by 発送日.
 */
export const feesAndHistory: RunInvariant = {
  number: 9,
  statement: '督促手数料の調定は、手数料のある督促履歴と一対一である(行違いで免除したものを除く)',
  sql: `
    with fees as (
      select p.number, coalesce(m.debit_instalment_id, m.credit_instalment_id) as instalment_id, m.yen
      from postings p join movements m on m.posting_number = p.number and m.component = 'T'
      where p.cause_run_id = $1 and p.kind = '督促手数料'),
    option as (
      select (v.value->'value')::boolean as waives
      from runs, jsonb_array_elements(options->'versions') with ordinality as v (value, number)
      where id = $1 and v.value->>'name' = 'waiveFeeIfPaidBeforeIssue'
        and (v.value->>'validFrom')::date <= (variables->>'issueOn')::date
      order by (v.value->>'validFrom')::date desc, v.number desc limit 1),
    dunned as (
      select h.*, n.fee_yen as printed_fee from tokusoku_history h 
      join notices n on n.instalment_id = h.instalment_id and ${letterOf('n')} = h.notice_id where h.run_id = $1)
    select concat('調定と履歴が合わない ', ${instalmentWords}) as what
    from dunned full join fees on fees.number = dunned.fee_posting and fees.instalment_id = dunned.instalment_id
    join instalments i on i.id = coalesce(dunned.instalment_id, fees.instalment_id)
    where coalesce(fees.yen, 0) <> coalesce(dunned.fee_yen, 0) or (fees.number is not null and dunned.id is null)
    union all
    select concat('手数料がない ', ${instalmentWords})
    from dunned join instalments i on i.id = dunned.instalment_id
    where dunned.printed_fee > 0 and dunned.fee_yen = 0 and not (coalesce((select waives from option), true)
      and ${principalBalance('dunned.instalment_id', 'p.posted_at <= dunned.recorded_at', 'dunned.issued_on')} = 0)`,
}
