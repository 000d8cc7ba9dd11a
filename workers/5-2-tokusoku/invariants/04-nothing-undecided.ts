import type { RunInvariant } from '#runtime/check-run.ts'
import { approvedCte, approvedRows, instalmentWords } from './sql.ts'

export const nothingUndecided: RunInvariant = {
  number: 4,
  statement: '002で確認した一覧に、要確認は残っていない',
  sql: `
    with ${approvedCte('delinquents')}
    select ${instalmentWords} as what
    from (${approvedRows}) r join instalments i on i.id = r.instalment_id where r.verdict = '要確認'`,
}
