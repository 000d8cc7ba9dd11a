import { addDays, type PlainDate } from '#kernel/plain-date.ts'
import { type Holidays, isBusinessDay } from './business-day.ts'

/** A longer closure than this is an error of the holiday data, not a calendar. */
const LONGEST_CLOSURE = 60

function walk(from: PlainDate, step: 1 | -1, holidays: Holidays): PlainDate {
  let day = from
  for (let tried = 0; tried <= LONGEST_CLOSURE; tried += 1) {
    if (isBusinessDay(day, holidays)) return day
    day = addDays(day, step)
  }
  throw new RangeError(`no 開庁日 within ${LONGEST_CLOSURE} days of ${from}`)
}

/** 翌開庁日への繰延べ: the day itself when it is a 開庁日, else the next one. Source: rules §2.4 (柏市, 茅ヶ崎市). */
export const onOrNextBusinessDay = (date: PlainDate, holidays: Holidays): PlainDate => walk(date, 1, holidays)

/** 前開庁日への繰上げ: the day itself when it is a 開庁日, else the one before. */
export const onOrPreviousBusinessDay = (date: PlainDate, holidays: Holidays): PlainDate => walk(date, -1, holidays)

/** 翌開庁日: the first 開庁日 strictly after the day. */
export const nextBusinessDay = (date: PlainDate, holidays: Holidays): PlainDate => walk(addDays(date, 1), 1, holidays)

/** 前開庁日: the last 開庁日 strictly before the day. */
export const previousBusinessDay = (date: PlainDate, holidays: Holidays): PlainDate =>
  walk(addDays(date, -1), -1, holidays)

/** n開庁日後: the n-th 開庁日 strictly after the day; 0 gives the day itself. Throws RangeError for a negative count. */
export function businessDaysAfter(date: PlainDate, count: number, holidays: Holidays): PlainDate {
  return repeat(date, count, (day) => nextBusinessDay(day, holidays))
}

/** n開庁日前: the n-th 開庁日 strictly before the day; 0 gives the day itself. Throws RangeError for a negative count. */
export function businessDaysBefore(date: PlainDate, count: number, holidays: Holidays): PlainDate {
  return repeat(date, count, (day) => previousBusinessDay(day, holidays))
}

function repeat(date: PlainDate, count: number, move: (day: PlainDate) => PlainDate): PlainDate {
  if (!Number.isInteger(count) || count < 0) throw new RangeError(`not a count of days: ${count}`)
  let day = date
  for (let done = 0; done < count; done += 1) day = move(day)
  return day
}
