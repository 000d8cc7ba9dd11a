import type { Sql } from '#db/database.ts'
import { summedBalances } from './balances.ts'
import { receiptFiscalYear } from './fiscal-year.ts'

/** A statement about the books whose query must find nothing. Numbers as in sheet shuno-common §13. */
export interface Invariant {
  readonly code: string
  /** What is wrong when rows are found, in Japanese. */
  readonly title: string
  /** SQL with one text column `what` naming the record by number or id. */
  readonly sql: string
}

const cache = `select instalment_id, component, charged, received, written, overpaid, refunded from instalment_balances`
const summed = `select instalment_id, component, charged, received, written, overpaid, refunded
  from (${summedBalances('true')}) s`
const asWhat = `'期割 ' || instalment_id || ' ' || component as what`

/** §13 6 and 8 need closing days, 3, 11, 13 and 15 the receipts and reports of 4.2, 14 the corrections of 4.2: not here yet. */
export const INVARIANTS: readonly Invariant[] = [
  {
    code: 'L-01',
    title: '期割の勘定が負になっている、または 調定+過納 ≠ 収納+欠損+未納',
    sql: `select ${asWhat} from (select b.*, c.unpaid, c.excess from (${summed}) b
        join instalment_balances c using (instalment_id, component)) x
      where charged < 0 or received < 0 or written < 0 or overpaid < 0 or refunded < 0
        or charged + excess <> received + written + unpaid`,
  },
  {
    code: 'L-02',
    title: '受け入れた収納ファイルの合計と、その仕訳の合計が違う',
    sql: `select 'ファイル ' || f.id as what from files f
      left join (select p.cause_file_id, sum(m.yen) as yen, count(distinct p.number) as postings
        from postings p join movements m on m.posting_number = p.number
        where m.debit_account like '収納:%' or m.debit_account = '保管金' group by p.cause_file_id) v on v.cause_file_id = f.id
      where f.kind = 'shuno' and f.direction = 'in' and f.state = 'accepted'
        and (coalesce(v.yen, 0) <> coalesce(f.accepted_yen, 0) or coalesce(v.postings, 0) <> f.accepted_count)`,
  },
  {
    code: 'L-04',
    title: '収納の動きが過誤納に触れている',
    sql: `select '仕訳 ' || m.posting_number as what from movements m join postings p on p.number = m.posting_number
      where p.kind = '収納' and '過誤納' in (m.credit_account, m.debit_account)`,
  },
  {
    code: 'L-05',
    title: '原因のない仕訳、または動きのない仕訳',
    sql: `select '仕訳 ' || p.number as what from postings p
      where num_nonnulls(p.cause_file_id, p.cause_run_id, p.cause_decision, p.reverses) = 0
        or not exists (select from movements m where m.posting_number = p.number)`,
  },
  {
    code: 'L-07',
    title: '取消が元の仕訳と合わない',
    sql: `select '仕訳 ' || r.number as what from postings r where r.reverses is not null and exists (
      (select component, debit_account, debit_instalment_id, credit_account, credit_instalment_id, yen, received_on
         from movements where posting_number = r.number
       except all
       select component, credit_account, credit_instalment_id, debit_account, debit_instalment_id, yen, received_on
         from movements where posting_number = r.reverses)
      union all
      (select component, credit_account, credit_instalment_id, debit_account, debit_instalment_id, yen, received_on
         from movements where posting_number = r.reverses
       except all
       select component, debit_account, debit_instalment_id, credit_account, credit_instalment_id, yen, received_on
         from movements where posting_number = r.number))`,
  },
  {
    code: 'L-09',
    title: '収納の会計年度が規則と違う',
    sql: `select distinct '仕訳 ' || p.number as what from postings p
      join movements m on m.posting_number = p.number and m.debit_account like '収納:%'
      join instalments i on i.id = m.debit_instalment_id
      where p.kind = '収納' and p.fiscal_year <> ${receiptFiscalYear('p.booked_on', 'i.chotei_year')}`,
  },
  {
    code: 'L-12',
    title: '入金の合計が、収納・過誤納・保管金の合計と違う',
    sql: `select '合計 ' || cash || ' と ' || held as what from (
      select coalesce(sum(yen) filter (where credit_account like '収納:%' and credit_instalment_id is null), 0)
          - coalesce(sum(yen) filter (where debit_account like '収納:%' and debit_instalment_id is null), 0)
          - coalesce(sum(yen) filter (where debit_account = '還付'), 0) as cash,
        coalesce(sum(yen) filter (where (debit_account like '収納:%' or debit_account = '過誤納') and debit_instalment_id is not null), 0)
          - coalesce(sum(yen) filter (where (credit_account like '収納:%' or credit_account = '過誤納') and credit_instalment_id is not null), 0)
          + coalesce(sum(yen) filter (where debit_account = '保管金'), 0)
          - coalesce(sum(yen) filter (where credit_account = '保管金'), 0) as held
      from movements) t where cash <> held`,
  },
  {
    code: 'L-16',
    title: '残高の控えが動きの合計と違う',
    sql: `select ${asWhat} from ((${cache} except ${summed}) union (${summed} except ${cache})) d`,
  },
  {
    code: 'L-17',
    title: '仕訳番号に欠番があるか、最後の番号が違う',
    sql: `select '最後の番号 ' || c.last || ' 仕訳 ' || count(p.number) || ' 最大 ' || coalesce(max(p.number), 0) as what
      from posting_counter c left join postings p on true group by c.last
      having c.last <> count(p.number) or c.last <> coalesce(max(p.number), 0)`,
  },
]

/** One invariant and what breaks it: the number of records and the first of them. */
export interface InvariantResult {
  readonly code: string
  readonly title: string
  readonly count: bigint
  readonly examples: readonly string[]
}

const EXAMPLES = 20

/** 台帳の検査: every invariant, in order; sound when each count is 0. */
export async function checkLedger(sql: Sql): Promise<readonly InvariantResult[]> {
  const results: InvariantResult[] = []
  for (const { code, title, sql: query } of INVARIANTS) {
    const found = await sql.rows<{ what: string; count: bigint }>(
      `select what, count(*) over () as count from (${query}) found order by what limit ${EXAMPLES}`,
    )
    results.push({ code, title, count: found[0]?.count ?? 0n, examples: found.map((row) => row.what) })
  }
  return results
}
