import { addDays, maxDate, minDate, type PlainDate, weekdayOf } from '#kernel/plain-date.ts'
import { type Holidays, isBusinessDay } from '../calendar/business-day.ts'
import { formatWareki } from '../calendar/wareki.ts'
import { weekdayName } from '../calendar/weekday.ts'
import { sayDay } from './definition.ts'

/** 「令和6年8月11日(日)」, 「令和6年8月12日(月・祝日または閉庁日)」: a day that is no 開庁日, and why where the weekday does not tell. */
function sayClosed(day: PlainDate, holidays: Holidays): string {
  if (isWeekend(day)) return sayDay(day)
  const reason = holidays.has(day) ? '祝日または閉庁日' : '年末年始の休み'
  return `${formatWareki(day)}(${weekdayName(day)}・${reason})`
}

const isWeekend = (day: PlainDate): boolean => weekdayOf(day) % 6 === 0

/** 「令和6年8月10日(土)、…は休み」: the days without 開庁 from `day` to the one before `moved` (or after it, when it went back). */
export function sayClosedUntil(day: PlainDate, moved: PlainDate, holidays: Holidays): string {
  const step = moved < day ? -1 : 1
  const said: string[] = []
  for (let one = day; one !== moved; one = addDays(one, step)) said.push(sayClosed(one, holidays))
  return `${said.join('、')}は休み`
}

/** The days between that are no 開庁日 although they are neither Saturday nor Sunday; the first and the last do not count. */
export function weekdaysClosedBetween(a: PlainDate, b: PlainDate, holidays: Holidays): readonly PlainDate[] {
  const closed: PlainDate[] = []
  for (let day = addDays(minDate(a, b), 1); day < maxDate(a, b); day = addDays(day, 1))
    if (!isWeekend(day) && !isBusinessDay(day, holidays)) closed.push(day)
  return closed
}
