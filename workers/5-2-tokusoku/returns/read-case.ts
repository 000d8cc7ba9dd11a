import { Fault } from '#kernel/faults.ts'
import type { PlainDate } from '#kernel/plain-date.ts'
import type { Sql, Tx } from '#db/database.ts'
import type { ReturnCode } from '#rules/tokusoku/reasons.ts'
import type { Period } from '#rules/tokusoku/delinquency-case.ts'
import { OPEN_RETURN_STATES, type ReturnState } from '#rules/tokusoku/returned-letter.ts'
import type { ReturnAct } from '#runtime/returned-letters.ts'
import { sumYen, type TokusokuLine } from '#notices/tokusoku-notice.ts'
import type { PrintedFacts } from '../data/load-printed.ts'
import { PERSON_COLUMNS, PERSON_CTES, PERSON_JOINS, type PersonRow } from '../data/person-facts.ts'
import type { PinnedOptions } from '../data/plan.ts'

/** The letter as it lies at the addressee: the 督促状 itself, or its last 再発送. */
export interface LastLetter {
  readonly noticeId: string
  readonly runId: string
  readonly noticeNo: string
  readonly issueOn: PlainDate
  readonly asOf: PlainDate
  readonly designatedOn: PlainDate
  readonly reissueNo: number
  /** 再発行区分 of the first slip; those of the other lines stand as far from theirs. */
  readonly firstReissueNo: number
  /** Highest 再発行区分 of any slip of this letter, a withdrawn one included. */
  readonly highestReissue: number
  readonly unpaidYen: bigint
  readonly printed: PrintedFacts
  readonly options: PinnedOptions
}

/** 期割 of a returned letter as it was printed, with its money as it is now. */
export interface ReturnLine extends Pick<TokusokuLine, 'key' | 'dueOn' | 'chargedYen' | 'unpaidYen'> {
  /** What the letter printed beside the balance; null of a paper that is known by a file only. */
  readonly printed: {
    readonly chargedYen: bigint
    readonly unpaidYen: bigint
    readonly feeYen: bigint
    readonly entaikinYen: bigint
    /** 再発行区分 of the first slip. */
    readonly reissueNo: number
  } | null
}

/** 返戻の一件 with what is known now of the letter, the money and the person. */
export interface ReturnCase extends PersonRow {
  readonly id: bigint
  readonly paper: '督促状' | '納入通知書'
  readonly noticeId: string | null
  readonly reason: ReturnCode
  readonly returnedOn: PlainDate
  readonly recordedBy: bigint | null
  readonly step: number
  readonly state: ReturnState
  readonly actedOn: PlainDate
  readonly lastBy: bigint | null
  readonly lastNote: string | null
  readonly insuredId: bigint
  readonly insuredNo: string
  /** Of the first line. */
  readonly instalmentId: bigint
  /** In print order. */
  readonly lines: readonly ReturnLine[]
  /** Of all lines. */
  readonly unpaidYen: bigint
  readonly deferrals: readonly Period[]
  /** 指定期限 of the 督促履歴, as printed; null for a paper that is no 督促. */
  readonly historyDesignatedOn: PlainDate | null
  readonly isCancelled: boolean
  readonly letter: LastLetter | null
}

interface Row extends Omit<ReturnCase, 'letter' | 'lines' | 'unpaidYen'> {
  readonly letter: (Omit<LastLetter, 'unpaidYen' | 'noticeNo'> & { readonly view: string }) | null
  /** Of the last 再発送. */
  readonly resentUnpaidYen: bigint | null
}

type LineRow = TokusokuLine['key'] & {
  readonly dueOn: PlainDate
  readonly chargedYen: bigint
  readonly unpaidYen: bigint
  readonly printedCharged: bigint | null
  readonly printedUnpaid: bigint | null
  readonly feeYen: bigint | null
  readonly entaikinYen: bigint | null
  readonly reissueNo: number | null
}

/** One case. Throws REQ-002 when there is none. */
export async function readCase(sql: Sql, returnId: bigint): Promise<ReturnCase> {
  const row = await sql.maybe<Row>(CASE, [returnId])
  if (row === null) throw new Fault('REQ-002')
  const { letter, resentUnpaidYen, ...rest } = row
  const lines = (await sql.rows<LineRow>(LINES, [row.noticeId, row.instalmentId])).map(toLine)
  const kase = { ...rest, lines, unpaidYen: sumYen(lines.map((line) => line.unpaidYen)) }
  if (letter === null) return { ...kase, letter: null }
  const { view, ...of } = letter
  const { noticeNo } = JSON.parse(view) as { readonly noticeNo: string } // a view of ours
  const printedYen = sumYen(lines.map(({ printed }) => printed?.unpaidYen ?? 0n))
  return { ...kase, letter: { ...of, noticeNo, unpaidYen: resentUnpaidYen ?? printedYen } }
}

const toLine = (row: LineRow): ReturnLine => ({
  key: row,
  dueOn: row.dueOn,
  chargedYen: row.chargedYen,
  unpaidYen: row.unpaidYen,
  printed:
    row.reissueNo === null
      ? null
      : {
          chargedYen: row.printedCharged ?? 0n,
          unpaidYen: row.printedUnpaid ?? 0n,
          feeYen: row.feeYen ?? 0n,
          entaikinYen: row.entaikinYen ?? 0n,
          reissueNo: row.reissueNo,
        },
})

/** What an act would make the last step. */
interface Wanted {
  readonly state: ReturnState
  readonly actedOn: PlainDate
}

/**
 * The case under the lock that makes acts on one person's letters take turns, still as the screen showed it: open, and with the
 * same last step. Null when this very act is done already (a second click). Throws F52-29.
 */
export async function lockOpenCase(
  tx: Tx,
  act: ReturnAct,
  wanted: (kase: ReturnCase) => Wanted,
): Promise<ReturnCase | null> {
  await lockInsured(tx, act.returnId)
  const kase = await readCase(tx, act.returnId)
  if (isDone(kase, act, wanted(kase))) return null
  if (kase.step !== act.step || !OPEN_RETURN_STATES.includes(kase.state)) throw new Fault('F52-29')
  return kase
}

/** The last step is what `act` asked for, by the same person on the same step. */
export const isDone = (kase: ReturnCase, act: ReturnAct, wanted: Wanted): boolean =>
  kase.step === act.step + 1 &&
  kase.lastBy === act.user.userId &&
  kase.lastNote === act.note &&
  kase.state === wanted.state &&
  kase.actedOn === wanted.actedOn

/** Takes the lock of the person's returned letters. */
export const lockInsured = (tx: Tx, returnId: bigint): Promise<number> =>
  tx.run(
    `select pg_advisory_xact_lock(hashtextextended('returned letters', insured_id)) from returned_letters where id = $1`,
    [returnId],
  )

const CASE = `
with ${PERSON_CTES.trim()}
select c.id, c.paper, c.notice_id as "noticeId", c.reason, c.returned_on as "returnedOn", c.recorded_by as "recordedBy",
  last.number as step, last.state, last.acted_on as "actedOn", last.recorded_by as "lastBy", last.note as "lastNote",
  c.insured_id as "insuredId",
  s.insured_no as "insuredNo", i.id as "instalmentId",
  coalesce((select json_agg(json_build_object('from', f.starts_on, 'to', f.ends_on)) from deferrals f
            where f.superseded_at is null and (f.instalment_id = i.id
              or f.instalment_id in (select l.instalment_id from notices l where l.letter_id = n.id))), '[]') as deferrals,
  h.designated_on as "historyDesignatedOn",
  c.paper = '督促状' and (h.id is null or exists (select from notices l where l.letter_id = n.id and not exists (
    select from tokusoku_history o where o.instalment_id = l.instalment_id and o.cancelled_on is null))) as "isCancelled",
  case when n.id is null then null else json_build_object('noticeId', n.id, 'runId', n.run_id, 'view', n.view,
    'issueOn', n.issue_on, 'asOf', r.variables ->> 'asOf', 'designatedOn', coalesce(again.designated_on, n.designated_on),
    'reissueNo', coalesce(again.reissue_no, n.reissue_no), 'firstReissueNo', n.reissue_no,
    'highestReissue', greatest(n.reissue_no, (select max(reissue_no) from resent_letters where notice_id = n.id)),
    'printed', coalesce(again.printed, n.printed), 'options', r.options) end as letter,
  again.unpaid_yen as "resentUnpaidYen", ${PERSON_COLUMNS}
from returned_letters c
join lateral (select * from returned_letter_steps x where x.returned_letter_id = c.id order by number desc limit 1) last on true
left join notices n on n.id = c.notice_id
left join runs r on r.id = n.run_id
join instalments i on i.id = coalesce(n.instalment_id, c.instalment_id)
join insured s on s.id = c.insured_id
left join tokusoku_history h on c.paper = '督促状' and h.instalment_id = i.id and h.cancelled_on is null
left join lateral (
  -- the last 再発送 that was not withdrawn: it is still the last step of its case
  select a.* from resent_letters a where a.notice_id = n.id and a.step_number =
    (select max(number) from returned_letter_steps y where y.returned_letter_id = a.returned_letter_id)
  order by a.returned_letter_id desc limit 1) again on true
${PERSON_JOINS.trim()}
where c.id = $1`

/** 期割 of the letter $1, or the one instalment $2 of a paper that is known by a file only. */
const LINES = `
select i.fuka_year as "fukaYear", i.chotei_year as "choteiYear", i.tsuchisho_no as "tsuchishoNo", i.period, i.due_on as "dueOn",
  b.charged as "chargedYen", b.unpaid as "unpaidYen", (l.printed->>'chargedYen')::bigint as "printedCharged",
  l.printed_unpaid_yen as "printedUnpaid", l.fee_yen as "feeYen", l.entaikin_yen as "entaikinYen", l.reissue_no as "reissueNo"
from (select instalment_id, id from notices where id = $1
      union all select instalment_id, id from notices where letter_id = $1
      union all select $2::bigint, null where $1::uuid is null) on_it
join instalments i on i.id = on_it.instalment_id
join instalment_balances b on b.instalment_id = i.id and b.component = 'P'
left join notices l on l.id = on_it.id
order by l.sort_key collate "C"`
