import { addDays, daysInMonth, fromParts, partsOf, type PlainDate } from '#kernel/plain-date.ts'

/**
 * 期間の末日: `months` counted from the day after `day` (the first day is not counted). Ends on the day before the
 * corresponding day; where the month has no such day, on its last day [source: 民法140条, 143条, rules §6.2].
 * 2025-11-29, 3 → 2026-02-28 (start 11/30 has no counterpart).
 */
export function periodEndAfter(day: PlainDate, months: number): PlainDate {
  const start = partsOf(addDays(day, 1))
  const index = start.year * 12 + start.month - 1 + months
  const target = { year: Math.floor(index / 12), month: (index % 12) + 1 }
  const last = daysInMonth(target.year, target.month)
  return start.day > last ? fromParts({ ...target, day: last }) : addDays(fromParts({ ...target, day: start.day }), -1)
}
