import { daysBetween, parsePlainDate, partsOf, type PlainDate } from '#kernel/plain-date.ts'

/** Far enough for 0229. */
const YEARS = [-4, -3, -2, -1, 0, 1, 2, 3, 4]

/**
 * 引落日: the file says month and day only (MMDD); the year is the one that brings it nearest to the 納期限. 0105 for a 納期限 of
 * 2026-12-25 → 2027-01-05. Null when there is no such day.
 */
export function debitDay(monthDay: string, dueOn: PlainDate): PlainDate | null {
  const { year } = partsOf(dueOn)
  const days = YEARS.flatMap((more) => {
    const day = parsePlainDate(`${year + more}-${monthDay.slice(0, 2)}-${monthDay.slice(2, 4)}`)
    return day === null ? [] : [day]
  })
  const away = (day: PlainDate): number => Math.abs(daysBetween(dueOn, day))
  return days.toSorted((a, b) => away(a) - away(b))[0] ?? null
}
