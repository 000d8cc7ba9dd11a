import { Fault } from '#kernel/faults.ts'
import type { PlainDate } from '#kernel/plain-date.ts'
import type { Sql, Tx } from '#db/database.ts'
import type { ReturnCode } from '#rules/tokusoku/reasons.ts'
import type { Period } from '#rules/tokusoku/delinquency-case.ts'
import { OPEN_RETURN_STATES, type ReturnState } from '#rules/tokusoku/returned-letter.ts'
import type { ReturnAct } from '#runtime/returned-letters.ts'
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
  /** Highest 再発行区分 of any slip of this letter, a withdrawn one included. */
  readonly highestReissue: number
  readonly unpaidYen: bigint
  readonly feeYen: bigint
  readonly entaikinYen: bigint
  readonly printed: PrintedFacts
  readonly options: PinnedOptions
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
  readonly instalmentId: bigint
  readonly fukaYear: number
  readonly choteiYear: number
  readonly tsuchishoNo: string
  readonly period: string
  readonly dueOn: PlainDate
  readonly chargedYen: bigint
  readonly unpaidYen: bigint
  readonly deferrals: readonly Period[]
  /** 指定期限 of the 督促履歴, as printed; null for a paper that is no 督促. */
  readonly historyDesignatedOn: PlainDate | null
  readonly isCancelled: boolean
  readonly letter: LastLetter | null
}

interface Row extends Omit<ReturnCase, 'letter'> {
  readonly letter:
    | (Omit<LastLetter, 'unpaidYen' | 'feeYen' | 'entaikinYen' | 'noticeNo'> & { readonly view: string })
    | null
  readonly letterUnpaidYen: bigint | null
  readonly letterFeeYen: bigint | null
  readonly letterEntaikinYen: bigint | null
}

/** One case. Throws REQ-002 when there is none. */
export async function readCase(sql: Sql, returnId: bigint): Promise<ReturnCase> {
  const row = await sql.maybe<Row>(CASE, [returnId])
  if (row === null) throw new Fault('REQ-002')
  const { letter, letterUnpaidYen, letterFeeYen, letterEntaikinYen, ...rest } = row
  if (letter === null) return { ...rest, letter: null }
  const { view, ...of } = letter
  const { noticeNo } = JSON.parse(view) as { readonly noticeNo: string } // a view of ours
  return {
    ...rest,
    letter: {
      ...of,
      noticeNo,
      unpaidYen: letterUnpaidYen ?? 0n,
      feeYen: letterFeeYen ?? 0n,
      entaikinYen: letterEntaikinYen ?? 0n,
    },
  }
}

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
  s.insured_no as "insuredNo", i.id as "instalmentId", i.fuka_year as "fukaYear", i.chotei_year as "choteiYear",
  i.tsuchisho_no as "tsuchishoNo", i.period, i.due_on as "dueOn", b.charged as "chargedYen", b.unpaid as "unpaidYen",
  coalesce((select json_agg(json_build_object('from', f.starts_on, 'to', f.ends_on)) from deferrals f
            where f.instalment_id = i.id and f.superseded_at is null), '[]') as deferrals,
  h.designated_on as "historyDesignatedOn",
  c.paper = '督促状' and h.id is null as "isCancelled",
  case when n.id is null then null else json_build_object('noticeId', n.id, 'runId', n.run_id, 'view', n.view,
    'issueOn', n.issue_on, 'asOf', r.variables ->> 'asOf', 'designatedOn', coalesce(again.designated_on, n.designated_on),
    'reissueNo', coalesce(again.reissue_no, n.reissue_no),
    'highestReissue', greatest(n.reissue_no, (select max(reissue_no) from resent_letters where notice_id = n.id)),
    'printed', coalesce(again.printed, n.printed), 'options', r.options) end as letter,
  coalesce(again.unpaid_yen, n.printed_unpaid_yen) as "letterUnpaidYen", n.fee_yen as "letterFeeYen",
  n.entaikin_yen as "letterEntaikinYen", ${PERSON_COLUMNS}
from returned_letters c
join lateral (select * from returned_letter_steps x where x.returned_letter_id = c.id order by number desc limit 1) last on true
left join notices n on n.id = c.notice_id
left join runs r on r.id = n.run_id
join instalments i on i.id = coalesce(n.instalment_id, c.instalment_id)
join instalment_balances b on b.instalment_id = i.id and b.component = 'P'
join insured s on s.id = c.insured_id
left join tokusoku_history h on c.paper = '督促状' and h.instalment_id = i.id and h.cancelled_on is null
left join lateral (
  -- the last 再発送 that was not withdrawn: it is still the last step of its case
  select a.* from resent_letters a where a.notice_id = n.id and a.step_number =
    (select max(number) from returned_letter_steps y where y.returned_letter_id = a.returned_letter_id)
  order by a.returned_letter_id desc limit 1) again on true
${PERSON_JOINS.trim()}
where c.id = $1`
