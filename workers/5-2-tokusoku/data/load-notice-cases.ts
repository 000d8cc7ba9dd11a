import type { PlainDate } from '#kernel/plain-date.ts'
import type { NoticeMaterial } from '#notices/municipality.ts'
import { readNoticeSettings } from '#notices/read-settings.ts'
import type { Tx } from '#db/database.ts'
import { approvedList, effectiveRows } from '#runtime/worksheet/review.ts'
import { PERSON_COLUMNS, PERSON_CTES, PERSON_JOINS, type PersonRow } from './person-facts.ts'

/** 督促対象者の一件, as 003 makes its notice from it. */
export interface NoticeCase extends PersonRow {
  readonly worksheetId: bigint
  readonly rowNo: number
  readonly instalmentId: bigint
  readonly insuredId: bigint
  readonly insuredNo: string
  readonly atenaNo: string
  readonly fukaYear: number
  readonly choteiYear: number
  readonly tsuchishoNo: string
  readonly period: string
  readonly dueOn: PlainDate
  readonly chargedYen: bigint
  readonly receivedYen: bigint
  readonly unpaidYen: bigint
  readonly feeYen: bigint
  readonly entaikinYen: bigint
  readonly limitOn: PlainDate
  /** The same balance as of 基準日, computed again now: another amount is U08. */
  readonly unpaidAsOfNow: bigint
  readonly chargedNow: bigint
  readonly allocatedNow: bigint
  /** Slips of this instalment made before: the original, and each dispatched 督促. */
  readonly slipsBefore: number
  /** A 係長 decided for an individual notice (抑止). */
  readonly isApproved: boolean
  readonly runNumber: string
  /** 自治体の設定 that the notice prints. */
  readonly settings: NoticeMaterial
}

/** 対象 rows of the list that 002 approved, in the order of its rows; only those of these numbers when `rowNos` is given. */
export async function* noticeCases(
  read: Tx,
  runId: string,
  run: { readonly asOf: PlainDate },
  rowNos: readonly number[] | null = null,
): AsyncGenerator<readonly NoticeCase[]> {
  const listId = await approvedList(read, runId, 'delinquents')
  const settings = await readNoticeSettings(read)
  for await (const page of read.pages<NoticeCase>(CASES, [listId, run.asOf, runId, rowNos], 500))
    yield page.map((kase) => ({ ...kase, settings }))
}

const CASES = `
with target as (${effectiveRows}),
  ${PERSON_CTES.trim()}
select $1::bigint as "worksheetId", t.row_no as "rowNo", t.instalment_id as "instalmentId", t.insured_id as "insuredId",
  s.insured_no as "insuredNo", h.atena_no as "atenaNo", i.fuka_year as "fukaYear", i.chotei_year as "choteiYear",
  i.tsuchisho_no as "tsuchishoNo", i.period, i.due_on as "dueOn", d.charged_yen as "chargedYen",
  d.received_yen as "receivedYen", d.unpaid_yen as "unpaidYen", d.fee_yen as "feeYen", d.entaikin_yen as "entaikinYen",
  d.limit_on as "limitOn", greatest(0, b.charged - b.received) as "unpaidAsOfNow", b.charged as "chargedNow",
  b.allocated as "allocatedNow",
  1 + (select count(*)::int from notices o where o.instalment_id = i.id and o.state = 'dispatched') as "slipsBefore",
  r.reason in ('A05', 'A06') or r.other_reasons && array['A05', 'A06'] as "isApproved",
  (select number from runs where id = $3) as "runNumber",
  ${PERSON_COLUMNS}
from target t
join worksheet_rows r on r.worksheet_id = $1 and r.row_no = t.row_no
join delinquent_rows d on d.worksheet_id = $1 and d.row_no = t.row_no
join instalments i on i.id = t.instalment_id
join insured s on s.id = t.insured_id
join persons h on h.id = s.person_id
cross join lateral (
  -- by index for each row: a join with a list of unknown length is planned badly
  select coalesce(sum(yen) filter (where account = '調定'), 0)::bigint as charged,
    coalesce(sum(yen) filter (where (account like '収納:%' or account = '不納欠損') and counts_on <= $2), 0)::bigint as received,
    coalesce(sum(yen) filter (where account = '収納:充当'), 0)::bigint as allocated
  from (
    select m.debit_account as account, m.yen, coalesce(m.received_on, p.booked_on) as counts_on
    from movements m join postings p on p.number = m.posting_number
    where m.debit_instalment_id = t.instalment_id and m.component = 'P'
    union all
    select m.credit_account, -m.yen, coalesce(m.received_on, p.booked_on)
    from movements m join postings p on p.number = m.posting_number
    where m.credit_instalment_id = t.instalment_id and m.component = 'P'
  ) side) b
${PERSON_JOINS.trim()}
where t.verdict = '対象' and ($4::int[] is null or t.row_no = any($4))
order by t.row_no`
