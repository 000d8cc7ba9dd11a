import { fiscalYearOf, partsOf, type PlainDate, plainDateOf } from '#kernel/plain-date.ts'

export interface Era {
  readonly name: '明治' | '大正' | '昭和' | '平成' | '令和'
  readonly letter: 'M' | 'T' | 'S' | 'H' | 'R'
  readonly from: PlainDate
  /** The last day of the era; null while it lasts. */
  readonly to: PlainDate | null
  /** The western year whose number is 元年. */
  readonly firstYear: number
}

const era = (name: Era['name'], letter: Era['letter'], from: string, to: string | null): Era => ({
  name,
  letter,
  from: plainDateOf(from),
  to: to === null ? null : plainDateOf(to),
  firstYear: Number(from.slice(0, 4)),
})

/** 元号, newest first. Source: rules §11. Before 1873 the calendar was 太陰太陽暦: such days are outside our use. */
export const ERAS: readonly Era[] = [
  era('令和', 'R', '2019-05-01', null),
  era('平成', 'H', '1989-01-08', '2019-04-30'),
  era('昭和', 'S', '1926-12-25', '1989-01-07'),
  era('大正', 'T', '1912-07-30', '1926-12-24'),
  era('明治', 'M', '1868-01-25', '1912-07-29'),
]

const eraOf = (date: PlainDate): Era => {
  const found = ERAS.find((one) => one.from <= date)
  if (!found) throw new RangeError(`before 明治: ${date}`)
  return found
}

/** 元号と年: 2026-08-20 → 令和, 8. Throws RangeError before 明治. */
export function eraYearOf(date: PlainDate): { readonly era: Era; readonly number: number } {
  const of = eraOf(date)
  return { era: of, number: numberIn(of, partsOf(date).year) }
}

const numberIn = (of: Era, year: number): number => year - of.firstYear + 1

/** 元号の年: 「元」 for the first year, else the number. */
const sayYear = (number: number): string => (number === 1 ? '元' : String(number))

/** 和暦の日付: 「令和8年8月20日」, 「令和元年5月1日」. Throws RangeError before 明治. */
export function formatWareki(date: PlainDate): string {
  const { month, day } = partsOf(date)
  const { era: of, number } = eraYearOf(date)
  return `${of.name}${sayYear(number)}年${month}月${day}日`
}

/** 西暦の日付: 「2026年8月20日」. */
export function formatWestern(date: PlainDate): string {
  const { year, month, day } = partsOf(date)
  return `${year}年${month}月${day}日`
}

/** 和暦の略記: 「R8.8.20」, for lists and narrow columns. The first year is 1 here. */
export function formatWarekiShort(date: PlainDate): string {
  const { month, day } = partsOf(date)
  const { era: of, number } = eraYearOf(date)
  return `${of.letter}${number}.${month}.${day}`
}

/**
 * 和暦の年度: 2026 → 「令和8年度」. The era is that of the 年度's last day, so 2019 is 「令和元年度」 (平成31年度 is the other
 * accepted spelling) [own knowledge, verify: rules §11]. An era that begins in January to March has no 年度 of that western year
 * yet: 1988 is 「昭和63年度」.
 */
export function formatWarekiFiscalYear(fiscalYear: number): string {
  const of = eraOfFiscalYear(fiscalYear)
  return `${of.name}${sayYear(numberIn(of, fiscalYear))}年度`
}

/** 和暦の年度の略記: 2026 → 「R8」, 2019 → 「R1」, for narrow columns. */
export function formatWarekiFiscalYearShort(fiscalYear: number): string {
  const of = eraOfFiscalYear(fiscalYear)
  return `${of.letter}${numberIn(of, fiscalYear)}`
}

function eraOfFiscalYear(fiscalYear: number): Era {
  const day = (year: number, monthDay: string) => plainDateOf(`${String(year).padStart(4, '0')}-${monthDay}`)
  const last = eraOf(day(fiscalYear + 1, '03-31'))
  return fiscalYear >= last.firstYear ? last : eraOf(day(fiscalYear, '04-01'))
}

/** 日付の属する年度の和暦: 2026-03-31 → 「令和7年度」. */
export const formatWarekiFiscalYearOf = (date: PlainDate): string => formatWarekiFiscalYear(fiscalYearOf(date))
