import { type PlainDate, weekdayOf } from '#kernel/plain-date.ts'

/** 休日の集まり: national holidays (with 振替休日) and the municipality's own closures, as data. A `Set` of dates fits. */
export interface Holidays {
  has(date: PlainDate): boolean
}

/** 年末年始の休み: 12/29–1/3, whatever the holiday data say [地方自治法4条の2②三]. */
const isYearEnd = (monthDay: string): boolean => monthDay >= '12-29' || monthDay <= '01-03'

/** 開庁日: not a Saturday, Sunday, 祝日, 12/29–1/3 or a local closure. Source: sheet 5.2, "How to read". */
export function isBusinessDay(date: PlainDate, holidays: Holidays): boolean {
  const weekday = weekdayOf(date)
  return weekday !== 0 && weekday !== 6 && !isYearEnd(date.slice(5)) && !holidays.has(date)
}
