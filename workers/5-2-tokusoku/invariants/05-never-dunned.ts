import type { RunInvariant } from '#runtime/check-run.ts'
import { approvedCte, instalmentWords } from './sql.ts'

/** Reasons that no decision overcomes; all hits of a row count, not only the primary one. */
export const neverDunned: RunInvariant = {
  number: 5,
  statement: '督促した期割に、徴収猶予・督促済・時効完成・繰上徴収に当たるものはない',
  sql: `
    with ${approvedCte('delinquents')}
    select concat(r.reason, ' ', ${instalmentWords}) as what
    from tokusoku_history h
    join worksheet_rows r on r.worksheet_id = (select id from approved) and r.instalment_id = h.instalment_id
    join instalments i on i.id = h.instalment_id
    where h.run_id = $1 and (r.reason || r.other_reasons) && array['A01', 'A02', 'A10', 'A12']`,
}
