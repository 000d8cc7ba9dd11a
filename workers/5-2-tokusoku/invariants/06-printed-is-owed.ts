import { lastMarks } from '#runtime/worksheet/last-marks.ts'
import type { RunInvariant } from '#runtime/check-run.ts'
import { approvedCte, instalmentWords, principalBalance } from './sql.ts'

/**
 * 印字未納額 = the balance at the release, that is with all postings that the approved 作成一覧 is "as of" (F52-09 lets none
 * pass after it). Other amounts stand only where P02–P04 or P09 was declined by a person, or by `partPaidAt004`.
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
        and not ((r.reason || r.other_reasons) && array['P02', 'P03', 'P04', 'P09'] and (m.action is not distinct from 'unpull' or r.reason is null))))`,
}
