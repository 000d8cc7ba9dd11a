import { addDays, daysInMonth, fiscalYearOf, fromParts, type PlainDate, plainDateOf } from '#kernel/plain-date.ts'
import { onOrNextBusinessDay, onOrPreviousBusinessDay } from '#rules/calendar/business-days.ts'
import type { Holidays } from '#rules/calendar/business-day.ts'
import { nationalHolidays } from '#db/calendar.ts'

/** 納期 of 普通徴収: eight, at the end of each month from July; December on the 25th; shifted to the next 開庁日. Sheet 5.2 §8. */
const PERIOD_MONTHS = [7, 8, 9, 10, 11, 12, 1, 2] as const
/** 特別徴収: the 15th of the pension months, or the 開庁日 before. */
const PENSION_MONTHS = [4, 6, 8, 10, 12, 2] as const

/** The day and calendar of a sample, and what follows from them. */
export interface World {
  readonly seed: number
  readonly today: PlainDate
  readonly holidays: Holidays
  /** 賦課年度 whose 納期 are running. */
  readonly fukaYear: number
  /** Index of the newest 納期 before today. */
  readonly newest: number
  dueDates(fukaYear: number): readonly PlainDate[]
  pensionDates(fukaYear: number): readonly PlainDate[]
}

const yearOfMonth = (fukaYear: number, month: number): number => (month >= 4 ? fukaYear : fukaYear + 1)

/** A sample told on `today`. */
export function createWorld(seed: number, today: PlainDate): World {
  const holidays = new Set(nationalHolidays(plainDateOf('1990-01-01'), plainDateOf('2050-12-31')))
  const dueDates = (fukaYear: number): readonly PlainDate[] =>
    PERIOD_MONTHS.map((month) => {
      const year = yearOfMonth(fukaYear, month)
      const day = month === 12 ? 25 : daysInMonth(year, month)
      return onOrNextBusinessDay(fromParts({ year, month, day }), holidays)
    })
  const pensionDates = (fukaYear: number): readonly PlainDate[] =>
    PENSION_MONTHS.map((month) =>
      onOrPreviousBusinessDay(fromParts({ year: yearOfMonth(fukaYear, month), month, day: 15 }), holidays),
    )
  const running = fiscalYearOf(today)
  const hasBegun = (dueDates(running)[0] ?? today) < today
  const fukaYear = hasBegun ? running : running - 1
  return {
    seed,
    today,
    holidays,
    fukaYear,
    newest: dueDates(fukaYear).filter((due) => due < today).length - 1,
    dueDates,
    pensionDates,
  }
}

/** 収納日: the bank has the money on the next 開庁日. */
export const collectedOn = (world: World, receivedOn: PlainDate): PlainDate =>
  onOrNextBusinessDay(addDays(receivedOn, 1), world.holidays)
