import { createHash } from 'node:crypto'
import type { PlainDate } from '#kernel/plain-date.ts'
import type { Tx } from '#db/database.ts'
import type { Substitution } from '#notices/spelling.ts'
import type { Addressee } from '#rules/tokusoku/choose-addressee.ts'
import type { Period } from '#rules/tokusoku/delinquency-case.ts'
import type { CurrentFacts, PrintedNotice } from '#rules/tokusoku/propose-pull.ts'
import { letterOf } from './letters.ts'
import { addresseeOf, PERSON_COLUMNS, PERSON_CTES, PERSON_JOINS, type PersonRow } from './person-facts.ts'

/** What 003 wrote down beside a notice, to be compared with the facts of the day it leaves. */
export interface PrintedFacts {
  readonly chargedYen: string
  readonly allocatedYen: string
  readonly deathOn: PlainDate | null
  /** As registered; what is printed otherwise is told by `substitutions`. */
  readonly addressee: Addressee
  readonly substitutions?: readonly Substitution[]
  /** 個別作成: the row of a letter that was pulled for another line's sake, from which this one was taken. */
  readonly takesPlaceOf?: string
}

/** A made notice with what was printed and what is known now. */
export interface MadeNotice {
  readonly noticeId: string
  /** The letter it stands on: its own id, or that of the letter's first row. */
  readonly letterId: string
  readonly worksheetId: bigint
  readonly rowNo: number
  readonly printNo: number
  readonly instalmentId: bigint
  readonly insuredId: bigint
  readonly isIndividual: boolean
  /** 個別作成: made at 004 after its 発行不能 was repaired, or because another line of its letter must not leave. */
  readonly isMadeAlone: boolean
  /** A 督促 of this instalment has become known otherwise, by a file: this one would be the second (A02). */
  readonly isDunned: boolean
  /** What was printed with it has been taken off the letter by 個別作成: this row must not leave. */
  readonly isLeftBehind: boolean
  /** Of the letter's first row; null on the others. */
  readonly view: string | null
  readonly substitutions: readonly Substitution[]
  readonly printed: PrintedNotice
  readonly now: CurrentFacts
  /** Fingerprint of the facts that were on screen when the notice was released; null before. */
  readonly releasedFacts: string | null
  readonly lastReceipt: { readonly receivedOn: PlainDate | null; readonly yen: bigint; readonly road: string } | null
}

interface Row extends PersonRow {
  readonly notice_id: string
  readonly letter_id: string
  readonly worksheet_id: bigint
  readonly row_no: number
  readonly print_no: number
  readonly instalment_id: bigint
  readonly insured_id: bigint
  readonly is_individual: boolean
  readonly is_made_alone: boolean
  readonly is_dunned: boolean
  readonly is_left_behind: boolean
  readonly view: string | null
  readonly printed_unpaid_yen: bigint
  readonly printed: PrintedFacts
  readonly unpaid: bigint
  readonly charged: bigint
  readonly allocated: bigint
  readonly deferrals: readonly Period[] | null
  readonly released_facts: string | null
  readonly receipt_on: PlainDate | null
  readonly receipt_yen: bigint | null
  readonly receipt_road: string | null
}

/**
 * The run's notices in one of these states, in print order (the lines of a letter together, the first one first), with **all** movements known in this snapshot, whatever
 * their 領収日: what leaves the house must be right on the day it leaves.
 */
export async function* loadPrinted(
  read: Tx,
  run: { readonly runId: string; readonly asOf: PlainDate; readonly issueOn: PlainDate },
  states: readonly string[],
): AsyncGenerator<readonly MadeNotice[]> {
  for await (const page of read.pages<Row>(PRINTED, [run.runId, states], 500))
    yield page.map((row) => toNotice(row, run))
}

const toNotice = (row: Row, run: { readonly asOf: PlainDate; readonly issueOn: PlainDate }): MadeNotice => ({
  noticeId: row.notice_id,
  letterId: row.letter_id,
  worksheetId: row.worksheet_id,
  rowNo: row.row_no,
  printNo: row.print_no,
  instalmentId: row.instalment_id,
  insuredId: row.insured_id,
  isIndividual: row.is_individual,
  isMadeAlone: row.is_made_alone,
  isDunned: row.is_dunned,
  isLeftBehind: row.is_left_behind,
  view: row.view,
  substitutions: row.printed.substitutions ?? [],
  printed: {
    unpaidYen: row.printed_unpaid_yen,
    chargedYen: BigInt(row.printed.chargedYen),
    allocatedYen: BigInt(row.printed.allocatedYen),
    deathOn: row.printed.deathOn,
    addressee: row.printed.addressee,
    isIndividual: row.is_individual,
  },
  now: {
    unpaidYen: row.unpaid,
    chargedYen: row.charged,
    allocatedYen: row.allocated,
    deferrals: row.deferrals ?? [],
    deathOn: row.died_on,
    protections: row.protections,
    addressee: addresseeNow(row, run),
  },
  releasedFacts: row.released_facts,
  lastReceipt:
    row.receipt_road === null
      ? null
      : { receivedOn: row.receipt_on, yen: row.receipt_yen ?? 0n, road: row.receipt_road },
})

/** Null also when an individual letter would now reach the 相手方 (U04 learnt after 003 made it). */
function addresseeNow(row: Row, run: { readonly asOf: PlainDate; readonly issueOn: PlainDate }): Addressee | null {
  const { addressee, problems } = addresseeOf(row, run, row.is_individual)
  return row.is_individual && problems.includes('U04') ? null : addressee
}

const PRINTED = `
with ${PERSON_CTES.trim()}
select n.id as notice_id, ${letterOf('n')} as letter_id, n.worksheet_id, n.row_no, n.print_no, n.instalment_id, n.insured_id,
  n.is_individual, n.view,
  exists (select from tokusoku_history h where h.instalment_id = n.instalment_id and h.cancelled_on is null
          and h.notice_id is distinct from ${letterOf('n')}) as is_dunned,
  exists (select from unprintable_notices u where u.step_run_id = n.step_run_id and u.row_no = n.row_no)
    or n.printed ? 'takesPlaceOf' as is_made_alone,
  exists (select from notices o where o.id = n.letter_id and o.state = 'lapsed')
    or exists (select from notices o where o.letter_id = ${letterOf('n')} and o.state = 'lapsed') as is_left_behind,
  n.printed_unpaid_yen, n.printed, b.unpaid, b.charged, coalesce(a.yen, 0)::bigint as allocated, deferred.list as deferrals,
  seen.facts_sha256 as released_facts, last.received_on as receipt_on, last.yen as receipt_yen, last.road as receipt_road, ${PERSON_COLUMNS}
from notices n
join instalment_balances b on b.instalment_id = n.instalment_id and b.component = 'P'
join insured s on s.id = n.insured_id
left join lateral (
  select sum(case when m.debit_instalment_id = n.instalment_id and m.debit_account = '収納:充当' then m.yen
                  when m.credit_instalment_id = n.instalment_id and m.credit_account = '収納:充当' then -m.yen else 0 end) as yen
  from movements m where m.component = 'P' and (m.debit_instalment_id = n.instalment_id or m.credit_instalment_id = n.instalment_id)) a on true
left join lateral (
  select m.received_on, m.yen, substr(m.debit_account, 4) as road from movements m
  where m.component = 'P' and m.debit_instalment_id = n.instalment_id and m.debit_account like '収納:%'
  order by m.posting_number desc, m.id desc limit 1) last on true
left join notice_check_rows seen on seen.notice_id = n.id and seen.worksheet_id =
  (select id from worksheets where run_id = $1 and kind = 'notice-check' and state = 'ready' order by version desc limit 1)
left join lateral (
  select json_agg(json_build_object('from', starts_on, 'to', ends_on) order by starts_on) as list
  from deferrals where instalment_id = n.instalment_id and superseded_at is null) deferred on true
${PERSON_JOINS.trim()}
where n.run_id = $1 and n.state = any($2::text[])
order by n.print_no, n.letter_id nulls first, n.sort_key collate "C", n.id`

/** Fingerprint of what is known now: equal facts, equal text. */
export const factsHash = (now: CurrentFacts): string =>
  createHash('sha256')
    .update(JSON.stringify(now, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value)))
    .digest('hex')
