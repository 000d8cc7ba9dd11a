import holidayJp from '@holiday-jp/holiday_jp'
import { plainDateOf, type PlainDate } from '#kernel/plain-date.ts'
import { KNOWN_HOLIDAYS } from '#rules/calendar/known-holidays.ts'
import type { Sql } from './database.ts'

/**
 * 休日: national holidays (with 振替休日 and 国民の休日) and the municipality's own closures from `from` to `to`, both included.
 * Weekends and 12/29–1/3 are not in it: they are in the rule of the 開庁日.
 */
export async function loadHolidays(sql: Sql, from: PlainDate, to: PlainDate): Promise<ReadonlySet<PlainDate>> {
  const closures = await sql.rows<{ closed_on: PlainDate }>(
    `select closed_on from local_closures where closed_on between $1 and $2`,
    [from, to],
  )
  return holidaysWith(
    closures.map((row) => row.closed_on),
    from,
    to,
  )
}

/** The same from the municipality's own closures, already read. */
export const holidaysWith = (closures: readonly PlainDate[], from: PlainDate, to: PlainDate): ReadonlySet<PlainDate> =>
  new Set([...nationalHolidays(from, to), ...closures])

export interface NamedHoliday {
  readonly day: PlainDate
  readonly name: string
  /** The municipality's own closure. */
  readonly isOwn: boolean
}

/** 祝日と休庁日 of a span with their names, in the order of the days. */
export async function namedHolidays(sql: Sql, from: PlainDate, to: PlainDate): Promise<NamedHoliday[]> {
  const own = await sql.rows<{ day: PlainDate; name: string }>(
    `select closed_on as day, name from local_closures where closed_on between $1 and $2`,
    [from, to],
  )
  return [
    ...nationalHolidays(from, to).map((day) => ({ day, name: nameOf(day), isOwn: false })),
    ...own.map((closure) => ({ ...closure, isOwn: true })),
  ].toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))
}

/**
 * 祝日の名: that of the law (国民の祝日に関する法律2条). Days of its 3条 have none there: 「休日」 (3条3項, between two 祝日), and what
 * everybody calls 振替休日 (3条2項).
 */
function nameOf(day: PlainDate): string {
  const known: Readonly<Record<string, { readonly name: string }>> = holidayJp.holidays
  const [name = '', moved] = (known[day]?.name ?? '').split(' ')
  return moved === undefined ? name : `${moved}(${name})`
}

/** 国民の祝日 of a span, from a table of 1970–2050 that knows the moved days of 2019–2021. */
export const nationalHolidays = (from: PlainDate, to: PlainDate): PlainDate[] =>
  Object.keys(holidayJp.holidays)
    .filter((day) => from <= day && day <= to)
    .map(plainDateOf)

/** All 国民の祝日 that are known; without the closures of a municipality, which stand in its database. */
export const allNationalHolidays = (): ReadonlySet<PlainDate> =>
  new Set(nationalHolidays(KNOWN_HOLIDAYS.from, KNOWN_HOLIDAYS.to))
