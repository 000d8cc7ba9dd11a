import { partsOf, plainDateOf, type PlainDate } from '#kernel/plain-date.ts'
import { formatWareki, formatWarekiShort } from '#rules/calendar/wareki.ts'
import { weekdayName } from '#rules/calendar/weekday.ts'

const weekday = (date: PlainDate): string => `(${weekdayName(date)})`

/** 「11/17(火)」: a day one acts on. */
export function monthDay(date: PlainDate): string {
  const { month, day } = partsOf(date)
  return `${month}/${day}${weekday(date)}`
}

/** 「11月17日(火)」 */
export function monthDayLong(date: PlainDate): string {
  const { month, day } = partsOf(date)
  return `${month}月${day}日${weekday(date)}`
}

/** 「令和8年11月17日(火)」 */
export const warekiDay = (date: PlainDate): string => formatWareki(date) + weekday(date)

const parts = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Asia/Tokyo',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
})

/** An instant (ISO, UTC) as a day and a time of day in Japan. */
export function inJapan(instant: string): { day: PlainDate; time: string; seconds: string } {
  const of = Object.fromEntries(parts.formatToParts(new Date(instant)).map(({ type, value }) => [type, value]))
  return {
    day: plainDateOf(`${of['year']}-${of['month']}-${of['day']}`),
    time: `${of['hour']}:${of['minute']}`,
    seconds: `${of['hour']}:${of['minute']}:${of['second']}`,
  }
}

/** 「11/16 09:05」 */
export function shortMoment(instant: string): string {
  const { day, time } = inJapan(instant)
  const { month, day: date } = partsOf(day)
  return `${month}/${date} ${time}`
}

/** An ISO day of the API as 「令和8年11月17日」. */
export const warekiText = (day: string): string => formatWareki(plainDateOf(day))

/** An ISO day of the API as 「R8.11.17」. */
export const shortDay = (day: string): string => formatWarekiShort(plainDateOf(day))
