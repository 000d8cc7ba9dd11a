import { warekiFiscalYearSql } from '#db/wareki-sql.ts'
import { effectiveRowsOf } from '#runtime/worksheet/review.ts'

/** CTE `approved`: the list of a kind that a person approved last in the run $1, with who proposed and who decided. */
export const approvedCte = (kind: 'delinquents' | 'notice-check', name = 'approved'): string => `${name} as (
  select w.id, w.row_count, w.posting_number, w.step_run_id, v.proposed_by, v.decided_by
  from worksheets w join worksheet_reviews v on v.worksheet_id = w.id and v.decision = 'ok'
  where w.run_id = $1 and w.kind = '${kind}' and w.state = 'ready' order by w.version desc, v.id desc limit 1)`

/** Rows of the list that 002 approved, by what persons made of them. */
export const approvedRows = effectiveRowsOf('(select id from approved)')

/** 期割の呼び方 over `instalments i`, without anything about the person. */
export const instalmentWords = `concat('通知書番号 ', i.tsuchisho_no, ' 賦課年度 ', ${warekiFiscalYearSql('i.fuka_year')}, ' 調定年度 ', ${warekiFiscalYearSql('i.chotei_year')}, ' 期別 ', i.period)`

/**
 * 本料の残高 of instalment `id`, never negative, over the postings that satisfy `postings` (SQL over `p`) and, when given,
 * with what counts on or before the day `until`. By index for each row.
 */
export const principalBalance = (id: string, postings: string, until: string | null = null): string => `(
  select greatest(0, coalesce(sum(yen) filter (where account = '調定'), 0)
    - coalesce(sum(yen) filter (where (account like '収納:%' or account = '不納欠損')${until === null ? '' : ` and counts_on <= ${until}`}), 0))
  from (
    select m.debit_account as account, m.yen, coalesce(m.received_on, p.booked_on) as counts_on
    from movements m join postings p on p.number = m.posting_number
    where m.debit_instalment_id = ${id} and m.component = 'P' and ${postings}
    union all
    select m.credit_account, -m.yen, coalesce(m.received_on, p.booked_on)
    from movements m join postings p on p.number = m.posting_number
    where m.credit_instalment_id = ${id} and m.component = 'P' and ${postings}) side)`
