import { addDays, daysInMonth, fromParts, partsOf, type PlainDate } from '#kernel/plain-date.ts'

/**
 * 延滞金の低率期間の末日: `months` (1 or 3, by 条例) counted from the day after the 納期限. Ends on the day before the
 * corresponding day; where the month has no such day, on its last day [source: 民法143条, rules §6.2].
 * 2025-11-29, 3 → 2026-02-28 (start 11/30 has no counterpart).
 */
export function lowPeriodEnd(dueOn: PlainDate, months: number): PlainDate {
  const { year, month, day } = partsOf(addDays(dueOn, 1))
  const index = year * 12 + month - 1 + months
  const target = { year: Math.floor(index / 12), month: (index % 12) + 1 }
  const last = daysInMonth(target.year, target.month)
  return day > last ? fromParts({ ...target, day: last }) : addDays(fromParts({ ...target, day }), -1)
}
