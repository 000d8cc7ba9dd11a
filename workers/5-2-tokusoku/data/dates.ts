import type { PlainDate } from '#kernel/plain-date.ts'
import type { Holidays } from '#rules/calendar/business-day.ts'
import { nextBusinessDay } from '#rules/calendar/business-days.ts'
import type { TokusokuOptions } from '#rules/tokusoku/options.ts'
import { InstantText, PlainDateText } from '#runtime/schema.ts'
import { confirmDueOn, designatedOn, registerDueOn } from '#rules/tokusoku/run-dates.ts'

/** The dates of a run as process variables; instants for the engine's timers carry our offset. */
export interface RunDates {
  readonly dueOn: PlainDate
  readonly asOf: PlainDate
  readonly issueOn: PlainDate
  readonly designatedOn: PlainDate
  readonly confirmDueOn: PlainDate
  readonly registerDueOn: PlainDate
  /** E1: 00:00 of the first 開庁日 after 基準日. */
  readonly reflectAt: string
  readonly confirmDueAt: string
  /** 発送日の9時. */
  readonly issueAt: string
}

const jst = (date: PlainDate, time: string): string => `${date}T${time}:00+09:00`

/** 導出日付: everything that follows from 納期限, 基準日 and 発送日 (sheet 5.2 §2). */
export function runDates(
  chosen: { readonly dueOn: PlainDate; readonly asOf: PlainDate; readonly issueOn: PlainDate },
  options: Pick<TokusokuOptions, 'designatedDays'>,
  holidays: Holidays,
): RunDates {
  const confirmOn = confirmDueOn(chosen.issueOn, holidays)
  return {
    dueOn: chosen.dueOn,
    asOf: chosen.asOf,
    issueOn: chosen.issueOn,
    designatedOn: designatedOn(chosen.issueOn, options, holidays),
    confirmDueOn: confirmOn,
    registerDueOn: registerDueOn(chosen.issueOn, holidays),
    reflectAt: jst(nextBusinessDay(chosen.asOf, holidays), '00:00'),
    confirmDueAt: jst(confirmOn, '00:00'),
    issueAt: jst(chosen.issueOn, '09:00'),
  }
}

/** The same as schemas, for the outputs of steps that may change them. */
export const RunDateVariables = {
  dueOn: PlainDateText,
  asOf: PlainDateText,
  issueOn: PlainDateText,
  designatedOn: PlainDateText,
  confirmDueOn: PlainDateText,
  registerDueOn: PlainDateText,
  reflectAt: InstantText,
  confirmDueAt: InstantText,
  issueAt: InstantText,
} as const
