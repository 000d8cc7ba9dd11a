import type { Tx } from '#db/database.ts'

/** What each account of an instalment adds up to. `m.account` is a movement's account on the instalment's side. */
const SUMS = {
  charged: `m.account = '調定'`,
  received: `m.account like '収納:%'`,
  written: `m.account = '不納欠損'`,
  overpaid: `m.account = '過誤納'`,
  refunded: `m.account = '還付'`,
} as const

const sums = Object.entries(SUMS)
  .map(([name, isOfAccount]) => `coalesce(sum(m.yen) filter (where ${isOfAccount}), 0)::bigint as ${name}`)
  .join(',\n    ')

/** Both sides of the movements that meet `where`, each seen from its instalment: debit rises, credit falls. */
const sides = (where: string): string => `
  select debit_instalment_id as instalment_id, component, debit_account as account, yen, posting_number
  from movements where debit_instalment_id is not null and ${where}
  union all
  select credit_instalment_id, component, credit_account, -yen, posting_number
  from movements where credit_instalment_id is not null and ${where}`

/** SQL: (instalment_id, component, charged, received, written, overpaid, refunded, last_posting) over movements. */
export const summedBalances = (where: string): string => `
  select m.instalment_id, m.component, ${sums}, max(m.posting_number) as last_posting
  from (${sides(where)}) m group by m.instalment_id, m.component`

/** Adds the movements of postings `first`…`last` to the cache. Only the ledger calls it, beside its movements. */
export async function addToBalances(tx: Tx, first: bigint, last: bigint): Promise<void> {
  await tx.run(
    `insert into instalment_balances as b
       (instalment_id, component, charged, received, written, overpaid, refunded, last_posting)
     select instalment_id, component, charged, received, written, overpaid, refunded, last_posting
     from (${summedBalances('posting_number between $1 and $2')}) added
     on conflict (instalment_id, component) do update set
       charged = b.charged + excluded.charged, received = b.received + excluded.received,
       written = b.written + excluded.written, overpaid = b.overpaid + excluded.overpaid,
       refunded = b.refunded + excluded.refunded, last_posting = excluded.last_posting`,
    [first, last],
  )
}

/**
 * 基準日現在の本料残高 as SQL: (instalment_id, charged, received, written, unpaid, excess) for the given instalments.
 * Counted are movements up to posting `postingNumber` whose 領収日 (without one: 会計日) is on or before `asOf`. A 調定 has no
 * payer's day: it counts as soon as it is posted, so that a changed charge is seen at once (sheet 5.2 003 U08).
 * Arguments are SQL of our source (`$1`, a subquery of ids), never input. `asOf` `null` = all that is known.
 */
export const balancesAsOf = (instalmentIds: string, asOf: string, postingNumber: string): string => `
  select i.id as instalment_id, coalesce(s.charged, 0) as charged, coalesce(s.received, 0) as received,
    coalesce(s.written, 0) as written,
    greatest(0, coalesce(s.charged, 0) - coalesce(s.received, 0) - coalesce(s.written, 0)) as unpaid,
    greatest(0, coalesce(s.received, 0) + coalesce(s.written, 0) - coalesce(s.charged, 0)) as excess
  from (${instalmentIds}) i
  left join lateral (
    select
      coalesce(sum(m.yen) filter (where m.account = '調定'), 0)::bigint as charged,
      coalesce(sum(m.yen) filter (where m.account like '収納:%' and m.on_day <= coalesce(${asOf}, 'infinity')), 0)::bigint as received,
      coalesce(sum(m.yen) filter (where m.account = '不納欠損' and m.on_day <= coalesce(${asOf}, 'infinity')), 0)::bigint as written
    from (
      select d.debit_account as account, d.yen, coalesce(d.received_on, p.booked_on) as on_day
      from movements d join postings p on p.number = d.posting_number
      where d.debit_instalment_id = i.id and d.component = 'P' and d.posting_number <= ${postingNumber}
      union all
      select c.credit_account, -c.yen, coalesce(c.received_on, p.booked_on)
      from movements c join postings p on p.number = c.posting_number
      where c.credit_instalment_id = i.id and c.component = 'P' and c.posting_number <= ${postingNumber}
    ) m
  ) s on true`
