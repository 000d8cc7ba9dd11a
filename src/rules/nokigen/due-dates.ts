import { daysInMonth, fromParts, type PlainDate } from '#kernel/plain-date.ts'
import type { Holidays } from '../calendar/business-day.ts'
import { onOrNextBusinessDay } from '../calendar/business-days.ts'

/** 納期 of one 年度, as the 条例 has them. */
export interface DueDateRule {
  readonly fiscalYear: number
  /** Calendar months in the order of the periods; 1–3 belong to the next calendar year. */
  readonly months: readonly number[]
  /** Day of the month, or its end. A day that a month does not have is its last day. */
  readonly day: number | 'end'
  /** 12月の特則; null: December as the other months. */
  readonly decemberDay: number | null
}

export interface DueDate {
  readonly month: number
  /** The day of the month that the 条例 names. */
  readonly wanted: number | 'end'
  /** That day, or the last one of a month that does not have it. */
  readonly nominalOn: PlainDate
  /** 納期限: the nominal day or the next 開庁日. */
  readonly dueOn: PlainDate
}

/**
 * 納期限: a nominal day on a Saturday, Sunday, 祝日 or in the year-end holidays moves to the next 開庁日 [source: 柏市, 茅ヶ崎市,
 * 瀬戸市]; December 31st becomes the first 開庁日 of January [source: 茅ヶ崎市, 真狩村]. Number, months and days of the periods are
 * set by each municipality, rules §2.3–2.4.
 */
export function dueDates({ fiscalYear, months, day, decemberDay }: DueDateRule, holidays: Holidays): DueDate[] {
  return months.map((month) => {
    const year = month <= 3 ? fiscalYear + 1 : fiscalYear
    const last = daysInMonth(year, month)
    const wanted = month === 12 && decemberDay !== null ? decemberDay : day
    const nominalOn = fromParts({ year, month, day: wanted === 'end' ? last : Math.min(wanted, last) })
    return { month, wanted, nominalOn, dueOn: onOrNextBusinessDay(nominalOn, holidays) }
  })
}
