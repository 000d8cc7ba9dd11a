import { Fault } from '#kernel/faults.ts'
import type { PlainDate } from '#kernel/plain-date.ts'
import type { Tx } from '#db/database.ts'
import { loadHolidays } from '#db/calendar.ts'
import { addYears } from '#kernel/plain-date.ts'
import type { Holidays } from '#rules/calendar/business-day.ts'
import type { TokusokuOptions } from '#rules/tokusoku/options.ts'
import { refuseTokusokuDates } from '#rules/tokusoku/run-dates.ts'
import type { HumanContext } from '#runtime/human-context.ts'
import { runDates, type RunDates } from './dates.ts'

/** What a way back to 001 asks for: 基準日 no earlier than before and not after today, and a 発送日 as at the start. */
export interface NewDatesForm {
  readonly asOf?: string | undefined
  readonly issueOn?: string | undefined
  readonly lateReason?: string | undefined
}

/** What the dates of a redo are checked against. */
export interface DateFacts {
  readonly dueOn: PlainDate
  readonly formerAsOf: PlainDate
  readonly today: PlainDate
  readonly holidays: Holidays
}

/** Loads the calendar around a run. */
export async function dateFacts(
  tx: Tx,
  variables: Readonly<Record<string, unknown>>,
  today: PlainDate,
): Promise<DateFacts> {
  const dueOn = variables['dueOn'] as PlainDate // set at the start of every run of this flow
  const formerAsOf = variables['asOf'] as PlainDate // the same
  return { dueOn, formerAsOf, today, holidays: await loadHolidays(tx, addYears(dueOn, -1), addYears(today, 1)) }
}

/** The dates of the next version; throws F52-02, F52-03 or F52-04. */
export function newDates(form: NewDatesForm, facts: DateFacts, options: TokusokuOptions): RunDates {
  const { dueOn, formerAsOf, today, holidays } = facts
  const chosen = { dueOn, asOf: form.asOf as PlainDate, issueOn: form.issueOn as PlainDate } // the form's schema demands both
  if (chosen.asOf < formerAsOf || chosen.asOf > today) throw new Fault('F52-02')
  const refusal = refuseTokusokuDates({ ...chosen, lateReason: form.lateReason ?? null }, today, options, holidays)
  if (refusal !== null) throw new Fault(refusal)
  return runDates(chosen, options, holidays)
}

/** 納期限後20日を過ぎる理由 stands with the run's parameters. */
export async function storeLateReason(ctx: HumanContext, form: NewDatesForm): Promise<void> {
  if (form.lateReason === undefined) return
  await ctx.tx.run(`update runs set params = params || jsonb_build_object('lateReason', $2::text) where id = $1`, [
    ctx.runId,
    form.lateReason,
  ])
}
