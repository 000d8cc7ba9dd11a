import type { RunInvariant } from '#runtime/check-run.ts'
import { instalmentWords, principalBalance } from './sql.ts'

/**
 * 納期の全件 = 完納 + 一覧の行. The population is what 001 saw: instalments with a posting up to the N its list is "as of";
 * what was paid by 基準日 was known then, too.
 */
export const everyInstalmentOnce: RunInvariant = {
  number: 1,
  statement: '納期の期割は、完納でなければ一覧にちょうど一行ある',
  sql: `
    with run as (
      select (params->>'dueOn')::date as due_on, (params->>'includeCarriedOver')::boolean as with_carried,
        (variables->>'asOf')::date as as_of from runs where id = $1),
    last as (
      select id, posting_number from worksheets where run_id = $1 and kind = 'delinquents' and state = 'ready'
      order by version desc limit 1),
    listed as (
      select instalment_id, count(*) as n from worksheet_rows where worksheet_id = (select id from last) group by 1)
    select ${instalmentWords} as what
    from instalments i cross join run cross join last left join listed on listed.instalment_id = i.id
    where i.method = '普徴' and i.cancelled_on is null
      and (i.due_on = run.due_on or (run.with_carried and i.due_on < run.due_on))
      and coalesce(listed.n, 0) <> 1
      and (listed.n > 1
        or ${principalBalance('i.id', 'p.number <= last.posting_number', 'run.as_of')} > 0)`,
}
