import type { FaultCode } from '#kernel/faults.ts'
import { addDays, maxDate, minDate, type PlainDate } from '#kernel/plain-date.ts'
import { type Holidays, isBusinessDay } from '../calendar/business-day.ts'
import {
  businessDaysAfter,
  businessDaysBefore,
  onOrNextBusinessDay,
  onOrPreviousBusinessDay,
} from '../calendar/business-days.ts'
import { issueLimitOn } from './issue-limit.ts'

/** 発送日の既定: the later of (last 開庁日 ≤ 納期限 + 20) and (first 開庁日 ≥ today). Sheet 5.2 §2. */
export const defaultIssueOn = (
  dueOn: PlainDate,
  today: PlainDate,
  options: { readonly issueLimitDays: number },
  holidays: Holidays,
): PlainDate =>
  maxDate(
    onOrPreviousBusinessDay(issueLimitOn({ dueOn, deferredUntil: null }, options.issueLimitDays), holidays),
    onOrNextBusinessDay(today, holidays),
  )

/** 基準日の既定: min(7th 開庁日 after the 納期限, 3rd 開庁日 before the 発送日). It may lie in the future. Sheet 5.2 §2. */
export const defaultAsOf = (dueOn: PlainDate, issueOn: PlainDate, holidays: Holidays): PlainDate =>
  minDate(businessDaysAfter(dueOn, 7, holidays), businessDaysBefore(issueOn, 3, holidays))

/** 指定期限: 発送日 + `designatedDays` (10), moved to the next 開庁日 [source: rules §7]. 2026-09-10 → 2026-09-24. */
export const designatedOn = (
  issueOn: PlainDate,
  options: { readonly designatedDays: number },
  holidays: Holidays,
): PlainDate => onOrNextBusinessDay(addDays(issueOn, options.designatedDays), holidays)

/** 確認の期日 of 002: 3 開庁日 before the 発送日. */
export const confirmDueOn = (issueOn: PlainDate, holidays: Holidays): PlainDate =>
  businessDaysBefore(issueOn, 3, holidays)

/** 発送登録の期日 of 007: 3 開庁日 after the 発送日. */
export const registerDueOn = (issueOn: PlainDate, holidays: Holidays): PlainDate =>
  businessDaysAfter(issueOn, 3, holidays)

export interface TokusokuDates {
  readonly dueOn: PlainDate
  readonly asOf: PlainDate
  readonly issueOn: PlainDate
  readonly lateReason: string | null
}

/**
 * 処理回の日付の検査, at the start and at every redo: F52-02 `dueOn < asOf ≤ issueOn`; F52-03 the 発送日 is a 開庁日 ≥ today;
 * F52-04 past 納期限 + 20 it needs a reason of 5–200 characters. Null when nothing is wrong. (F52-01 needs the 期割.)
 */
export function refuseTokusokuDates(
  dates: TokusokuDates,
  today: PlainDate,
  options: { readonly issueLimitDays: number },
  holidays: Holidays,
): Extract<FaultCode, 'F52-02' | 'F52-03' | 'F52-04'> | null {
  const { dueOn, asOf, issueOn } = dates
  if (asOf <= dueOn || asOf > issueOn) return 'F52-02'
  if (issueOn < today || !isBusinessDay(issueOn, holidays)) return 'F52-03'
  const limit = issueLimitOn({ dueOn, deferredUntil: null }, options.issueLimitDays)
  const reason = [...(dates.lateReason ?? '').trim()].length
  return issueOn > limit && (reason < 5 || reason > 200) ? 'F52-04' : null
}
