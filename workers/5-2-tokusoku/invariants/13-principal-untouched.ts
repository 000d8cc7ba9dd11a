import type { RunInvariant } from '#runtime/check-run.ts'

/** 督促 charges its fee and nothing else. */
export const principalUntouched: RunInvariant = {
  number: 13,
  statement: 'この処理は、期割の本料の残高を変えていない',
  sql: `
    select distinct concat('仕訳 ', p.number) as what
    from postings p join movements m on m.posting_number = p.number
    where p.cause_run_id = $1 and m.component = 'P'`,
}
