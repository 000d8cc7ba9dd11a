import { daysBetween, type PlainDate } from '#kernel/plain-date.ts'
import type { Tx } from '#db/database.ts'
import { enqueue } from '#engine/outbox.ts'
import { postTokusokuFees } from '#ledger/tokusoku-fees.ts'
import { renewedByTokusoku } from '#rules/prescription/renewed-by-tokusoku.ts'
import type { TokusokuOptions } from '#rules/tokusoku/options.ts'
import { isFeeWaived, seizableFrom } from '#rules/tokusoku/registration.ts'
import type { HumanContext } from '#runtime/human-context.ts'
import { recordReturn, type ReturnedLetter } from '../returns/record-return.ts'
import { letterOf } from './letters.ts'
import { pullNotices } from './print-files.ts'
import { recountLetters } from './results.ts'

/** Letters that are released and not yet registered, by each of their rows. All may have been pulled out since the release. */
export async function readReleased(tx: Tx, runId: string): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.rows<{ id: string; letter: string }>(
    `select n.id, ${letterOf('n')} as letter from notices n where run_id = $1 and state = 'released'`,
    [runId],
  )
  return new Map(rows.map(({ id, letter }) => [id, letter]))
}

interface DispatchedNotice {
  /** The letter, by its first row: what the history and a 返戻 name. */
  readonly letterId: string
  readonly instalmentId: bigint
  readonly feeYen: bigint
  readonly dueOn: PlainDate
  readonly limitOn: PlainDate
  readonly designatedOn: PlainDate
  readonly paidInFullOn: PlainDate | null
  /** A 督促 has become known by a file since the letter was printed: its history stands, and it alone. */
  readonly isDunned: boolean
}

interface Form {
  readonly issuedOn: PlainDate
  readonly method: string
  readonly returns?: readonly Omit<ReturnedLetter, 'note'>[]
}

/**
 * Writes 督促履歴 of each 期割, 手数料, 返戻 and 引抜き of the undispatched; returns the number of letters that left and count.
 * `undispatched`: わけ by row.
 */
export async function registerDispatch(
  verdict: { readonly undispatched: ReadonlyMap<string, string>; readonly options: TokusokuOptions },
  form: Form,
  ctx: HumanContext,
): Promise<number> {
  const { tx, runId, clock, user } = ctx
  await pullNotices(
    tx,
    [...verdict.undispatched].map(([id, reason]) => ({ id, reason })),
  )
  const left = await tx.rows<DispatchedNotice>(DISPATCHED, [runId, form.issuedOn])
  const notices = left.filter(({ isDunned }) => !isDunned)
  const fees = notices.map((one) => ({
    instalmentId: one.instalmentId,
    yen: isFeeWaived(one.paidInFullOn, form.issuedOn, verdict.options) ? 0n : one.feeYen,
  }))
  const postings = await postTokusokuFees(
    tx,
    clock,
    { runId, issuedOn: form.issuedOn, actorUserId: user.userId },
    fees.filter(({ yen }) => yen > 0n),
  )
  await tx.copyIn(
    'tokusoku_history',
    HISTORY_COLUMNS,
    notices.map((one) => {
      const fee = postings.get(one.instalmentId) ?? null
      const basis = verdict.options.prescriptionRestart === 'arrival' ? form.issuedOn : one.designatedOn
      const renewed = renewedByTokusoku(basis, verdict.options.prescriptionYears)
      return [
        one.instalmentId,
        one.letterId,
        runId,
        form.issuedOn,
        one.designatedOn,
        seizableFrom(form.issuedOn, one.designatedOn),
        renewed.restartsOn,
        renewed.completesOn,
        fee,
        fee === null ? 0n : one.feeYen,
        lateWarning(one, form.issuedOn),
        clock.now(),
      ]
    }),
  )
  await tx.run(`update notices set state = 'dispatched', dispatched_on = $2 where run_id = $1 and state = 'released'`, [
    runId,
    form.issuedOn,
  ])
  if (verdict.undispatched.size > 0) await recountLetters(tx, runId)
  await recordReturns(ctx, form)
  const issued = new Set(notices.map(({ letterId }) => letterId)).size
  await tellOtherFlows(ctx, form, { issued, designatedOn: notices[0]?.designatedOn ?? null })
  return issued
}

const HISTORY_COLUMNS = [
  'instalment_id',
  'notice_id',
  'run_id',
  'issued_on',
  'designated_on',
  'seizable_from',
  'prescription_restarts_on',
  'prescribes_on',
  'fee_posting',
  'fee_yen',
  'late_warning',
  'recorded_at',
]

/**
 * The last 領収日 up to the day of issue ($2) when what had been received by then, net of what was taken back, covers the
 * charge; a second payment after it changes nothing.
 */
const DISPATCHED = `
select ${letterOf('n')} as "letterId", n.instalment_id as "instalmentId", n.fee_yen as "feeYen", i.due_on as "dueOn", n.limit_on as "limitOn",
  n.designated_on as "designatedOn",
  (select case when b.charged <= coalesce(sum(paid.yen), 0) then coalesce(max(paid.on_day), $2::date) end from (
    select coalesce(m.received_on, p.booked_on) as on_day,
      case when m.debit_instalment_id = i.id and m.debit_account like '収納:%' then m.yen else -m.yen end as yen
    from movements m join postings p on p.number = m.posting_number
    where m.component = 'P' and ((m.debit_instalment_id = i.id and m.debit_account like '収納:%')
      or (m.credit_instalment_id = i.id and m.credit_account like '収納:%'))) paid
   where paid.on_day <= $2) as "paidInFullOn",
  exists (select from tokusoku_history h where h.instalment_id = i.id and h.cancelled_on is null) as "isDunned"
from notices n
join instalments i on i.id = n.instalment_id
join instalment_balances b on b.instalment_id = i.id and b.component = 'P'
where n.run_id = $1 and n.state = 'released' order by n.print_no, n.sort_key collate "C"`

/** 発送期限 counts in days after the 納期限: 「21日目」 is one day late. */
const lateWarning = (one: DispatchedNotice, issuedOn: PlainDate): string | null =>
  issuedOn > one.limitOn ? `納期限から${daysBetween(one.dueOn, issuedOn)}日目の発送(期限 ${one.limitOn})` : null

/** 返戻 that is known already when the dispatch is registered. */
async function recordReturns(ctx: HumanContext, form: Form): Promise<void> {
  for (const letter of form.returns ?? []) await recordReturn(ctx.tx, { ...letter, note: null }, ctx)
}

/** Wakes 5.3 and 5.4. The history is the truth: a lost message loses nothing. */
async function tellOtherFlows(
  ctx: HumanContext,
  form: Form,
  of: { readonly issued: number; readonly designatedOn: PlainDate | null },
): Promise<void> {
  await enqueue(ctx.tx, {
    kind: 'publish-message',
    dedupeKey: `tokusoku-issued/${ctx.runId}`,
    runId: ctx.runId,
    payload: {
      name: 'tokusoku-issued',
      correlationKey: ctx.runId,
      messageId: ctx.runId,
      ttlMs: 0,
      variables: {
        runId: ctx.runId,
        issueOn: form.issuedOn,
        designatedOn: of.designatedOn,
        issuedCount: of.issued,
      },
    },
    clock: ctx.clock,
  })
}
