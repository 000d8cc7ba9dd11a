/** A calendar day in Japan, `YYYY-MM-DD`. No time, no zone: arithmetic is on days, not on instants. */
export type PlainDate = string & { readonly [plainDate]: true }
declare const plainDate: unique symbol

const SHAPE = /^(\d{4})-(\d{2})-(\d{2})$/

export interface DateParts {
  readonly year: number
  readonly month: number
  readonly day: number
}

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const

/** Number of days of a month, `month` 1–12. */
export const daysInMonth = (year: number, month: number): number =>
  month === 2 && isLeap(year) ? 29 : (MONTH_DAYS[month - 1] ?? 0)

/** The date, or null when the text is no existing day (2026-02-30, 2026-2-3 …). */
export function parsePlainDate(text: string): PlainDate | null {
  const match = SHAPE.exec(text)
  if (!match) return null
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])]
  return year >= 1 && day >= 1 && day <= daysInMonth(year, month) ? (text as PlainDate) : null
}

/** Like `parsePlainDate`, for texts that must be dates. Throws RangeError. */
export function plainDateOf(text: string): PlainDate {
  const date = parsePlainDate(text)
  if (date === null) throw new RangeError(`not a date: ${text}`)
  return date
}

export function partsOf(date: PlainDate): DateParts {
  return { year: Number(date.slice(0, 4)), month: Number(date.slice(5, 7)), day: Number(date.slice(8, 10)) }
}

export const fromParts = ({ year, month, day }: DateParts): PlainDate =>
  plainDateOf(`${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`)

/** Days since 1970-01-01 in the proleptic Gregorian calendar. */
export function dayNumber(date: PlainDate): number {
  const { year, month, day } = partsOf(date)
  const shifted = month <= 2 ? year - 1 : year
  const era = Math.floor(shifted / 400)
  const yearOfEra = shifted - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}

function fromDayNumber(number: number): PlainDate {
  const shifted = number + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const part = Math.floor((5 * dayOfYear + 2) / 153)
  const month = part < 10 ? part + 3 : part - 9
  return fromParts({
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * part + 2) / 5) + 1,
  })
}

export const addDays = (date: PlainDate, days: number): PlainDate => fromDayNumber(dayNumber(date) + days)

/** Days from `from` to `to`; negative when `to` is earlier. */
export const daysBetween = (from: PlainDate, to: PlainDate): number => dayNumber(to) - dayNumber(from)

/** The same day `months` later, or that month's last day when it has no such day (民法143条). */
export function addMonths(date: PlainDate, months: number): PlainDate {
  const { year, month, day } = partsOf(date)
  const index = year * 12 + month - 1 + months
  const target = { year: Math.floor(index / 12), month: (index % 12) + 1 }
  return fromParts({ ...target, day: Math.min(day, daysInMonth(target.year, target.month)) })
}

export const addYears = (date: PlainDate, years: number): PlainDate => addMonths(date, years * 12)

/** 0 = Sunday … 6 = Saturday. */
export const weekdayOf = (date: PlainDate): number => (((dayNumber(date) + 4) % 7) + 7) % 7

export const maxDate = (a: PlainDate, b: PlainDate): PlainDate => (a > b ? a : b)
export const minDate = (a: PlainDate, b: PlainDate): PlainDate => (a < b ? a : b)

/** 年度: April to March. 2027-03-31 → 2026. */
export const fiscalYearOf = (date: PlainDate): number => {
  const { year, month } = partsOf(date)
  return month >= 4 ? year : year - 1
}

/** In force on a day: `from ≤ day` and (`to` empty or `day ≤ to`). */
export const isInForce = (from: PlainDate, to: PlainDate | null, day: PlainDate): boolean =>
  from <= day && (to === null || day <= to)
