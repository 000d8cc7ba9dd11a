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
  return new Set([...nationalHolidays(from, to), ...closures.map((row) => row.closed_on)])
}

/** 国民の祝日 of a span, from a table of 1970–2050 that knows the moved days of 2019–2021. */
export const nationalHolidays = (from: PlainDate, to: PlainDate): PlainDate[] =>
  Object.keys(holidayJp.holidays)
    .filter((day) => from <= day && day <= to)
    .map(plainDateOf)

/** All 国民の祝日 that are known; without the closures of a municipality, which stand in its database. */
export const allNationalHolidays = (): ReadonlySet<PlainDate> =>
  new Set(nationalHolidays(KNOWN_HOLIDAYS.from, KNOWN_HOLIDAYS.to))
