import { lastMarks } from '#runtime/worksheet/last-marks.ts'
import type { RunInvariant } from '#runtime/check-run.ts'
import { letterOf } from '../data/letters.ts'
import { approvedCte, instalmentWords, principalBalance } from './sql.ts'

/**
 * 印字未納額 = the balance at the release, that is with all postings that the approved 作成一覧 is "as of" (F52-09 lets none
 * pass after it). Other amounts stand only where P02–P04 or P09 was declined by a person, or by `partPaidAt004`.
 * A letter with several 期割 left with all of them, and its printed 合計 is their sum.
 */
export const printedIsOwed: RunInvariant = {
  number: 6,
  statement: '発送した通知の印字未納額は、承認のときの残高と同じか、違いを承知して発送した',
  sql: `
    with ${approvedCte('notice-check')}
    select ${instalmentWords} as what
    from notices n join instalments i on i.id = n.instalment_id cross join approved
    left join notice_check_rows d on d.worksheet_id = approved.id and d.notice_id = n.id
    left join worksheet_rows r on r.worksheet_id = approved.id and r.row_no = d.row_no
    left join (${lastMarks('(select id from approved)')}) m on m.row_no = d.row_no
    where n.run_id = $1 and n.state <> 'pulled' and n.released_at is not null
      and (d.row_no is null or (
        n.printed_unpaid_yen <> ${principalBalance('n.instalment_id', 'p.number <= approved.posting_number')}
        and not ((r.reason || r.other_reasons) && array['P02', 'P03', 'P04', 'P09'] and (m.action is not distinct from 'unpull' or r.reason is null))))
    union all
    select concat('一通の期別と合わない通知 印刷番号 ', max(n.print_no))
    from notices n where n.run_id = $1 and n.print_no is not null
      and ${letterOf('n')} in (select letter_id from notices where run_id = $1 and letter_id is not null)
    group by ${letterOf('n')}
    having count(distinct n.state in ('released', 'dispatched')) > 1
      or (bool_and(n.state in ('released', 'dispatched')) and sum(n.printed_unpaid_yen + n.fee_yen + n.entaikin_yen)
        <> max(translate(n.view::jsonb->'total'->>'value', ',円', ''))::bigint)`,
}
