import { fromParts, type PlainDate } from '#kernel/plain-date.ts'
import type { Holidays } from '../calendar/business-day.ts'
import { onOrPreviousBusinessDay } from '../calendar/business-days.ts'

const MONTHS = [4, 6, 8, 10, 12, 2] as const
const NOMINAL_DAY = 15

export interface PensionPaymentDay {
  readonly nominalOn: PlainDate
  readonly paidOn: PlainDate
}

/**
 * 年金支払日 of a 年度, April to February: the 15th of the even months, on a weekend or holiday the previous business day.
 * Source: rules §3.7 (真狩村), O-57.
 */
export function pensionPaymentDays(fiscalYear: number, holidays: Holidays): readonly PensionPaymentDay[] {
  return MONTHS.map((month) => {
    const nominalOn = fromParts({ year: month < 4 ? fiscalYear + 1 : fiscalYear, month, day: NOMINAL_DAY })
    return { nominalOn, paidOn: onOrPreviousBusinessDay(nominalOn, holidays) }
  })
}
