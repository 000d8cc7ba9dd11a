import { partsOf, plainDateOf, type PlainDate } from '#kernel/plain-date.ts'
import { sayTenths } from './interest/tenths.ts'

/** 条例等の設定: what one option is. The basis names the day that picks the version. */
export type OptionDefinition = {
  readonly label: string
  /** 暦年: a value is for the calendar year of its day alone; in a year without one the default holds again. */
  readonly basis: '賦課年度' | '納期限' | '発送日' | '納付日' | '暦年'
  /** 条例, page or rules section the default comes from; empty = none. */
  readonly source: string
  /** The default is [own knowledge, verify]. */
  readonly verify: boolean
} & (
  | {
      readonly type: 'integer' | 'yen'
      readonly min: number
      readonly max: number
      /** Only these values, where a range is too wide. */
      readonly allowed?: readonly number[]
      /** 「日」 after the number; yen say 円 by themselves. */
      readonly unit?: string
      readonly default: number
    }
  | {
      /** 率, in tenths of a percent: 18 is said 「1.8%」. */
      readonly type: 'percent'
      readonly min: number
      readonly max: number
      /** What 0 is said as. */
      readonly zero: string
      /** The rate that the program itself knows for a day, where none is recorded; null when it knows none. */
      readonly builtIn?: (day: PlainDate) => number | null
      readonly default: number
    }
  | { readonly type: 'boolean'; readonly default: boolean }
  | { readonly type: 'choice'; readonly choices: Readonly<Record<string, string>>; readonly default: string }
)

/** One recorded value of an option, in force for basis days from `validFrom`. */
export interface OptionVersion {
  readonly name: string
  readonly validFrom: PlainDate
  readonly value: number | boolean | string
}

/** Values with the first basis day each is for, oldest first; the first entry reaches back without limit. */
export type Schedule<T> = readonly { readonly from: PlainDate; readonly value: T }[]

const BEGINNING = plainDateOf('0001-01-01')

export const constant = <T>(value: T): Schedule<T> => [{ from: BEGINNING, value }]

/** 基準日に有効な値. Throws RangeError for an empty schedule. */
export function at<T>(schedule: Schedule<T>, day: PlainDate): T {
  for (let index = schedule.length - 1; index >= 0; index -= 1) {
    const entry = schedule[index]
    if (entry && (entry.from <= day || index === 0)) return entry.value
  }
  throw new RangeError('a schedule without values')
}

/** Whether a value may be recorded for the option; the reason in Japanese, or null. */
export function refuseOptionValue(definition: OptionDefinition, value: unknown): string | null {
  switch (definition.type) {
    case 'boolean':
      return typeof value === 'boolean' ? null : `${definition.label}は「する」か「しない」です。`
    case 'choice':
      return typeof value === 'string' && Object.hasOwn(definition.choices, value)
        ? null
        : `${definition.label}は${Object.values(definition.choices).join('、')}から選んでください。`
    case 'percent':
      return isIntegerWithin(definition, value)
        ? null
        : `${definition.label}は${sayTenths(definition.min)}%から${sayTenths(definition.max)}%までの、0.1%きざみの率です。`
    case 'integer':
    case 'yen':
      return isIntegerWithin(definition, value) &&
        (definition.allowed === undefined || definition.allowed.includes(value))
        ? null
        : `${definition.label}は${definition.allowed?.join('か') ?? `${definition.min}から${definition.max}までの整数`}です。`
    default:
      return definition satisfies never
  }
}

const isIntegerWithin = (
  { min, max }: { readonly min: number; readonly max: number },
  value: unknown,
): value is number => typeof value === 'number' && Number.isSafeInteger(value) && value >= min && value <= max

/**
 * A value in words: 「1か月」「100円」「する」, the label of a choice. A value of another shape is shown as it is. With the day it
 * counts on, a rate that is not recorded is said as the one the program knows: 「1.8%(組込み)」.
 */
export function sayOptionValue(definition: OptionDefinition, value: unknown, day?: PlainDate): string {
  if (refuseOptionValue(definition, value) !== null) return JSON.stringify(value)
  switch (definition.type) {
    case 'boolean':
      return value === true ? 'する' : 'しない'
    case 'choice':
      return definition.choices[value as string] ?? String(value) // checked on the first line
    case 'percent':
      return value === 0 ? sayBuiltIn(definition, day) : `${sayTenths(Number(value))}%`
    case 'integer':
    case 'yen':
      return `${Number(value).toLocaleString('ja-JP')}${definition.type === 'yen' ? '円' : (definition.unit ?? '')}`
    default:
      return definition satisfies never
  }
}

function sayBuiltIn({ zero, builtIn }: Extract<OptionDefinition, { type: 'percent' }>, day?: PlainDate): string {
  const known = day === undefined ? null : (builtIn?.(day) ?? null)
  return known === null ? zero : `${sayTenths(known)}%(組込み)`
}

/**
 * The schedule of one option from its recorded versions (any order); before the first version the default holds. Of two
 * versions with one day the later recorded one, which comes later in the list, counts. Throws RangeError for a bad value.
 */
export function scheduleOf(
  name: string,
  definition: OptionDefinition,
  versions: readonly OptionVersion[],
): Schedule<number | boolean | string> {
  const schedule: { from: PlainDate; value: number | boolean | string }[] = [
    { from: BEGINNING, value: definition.default },
  ]
  for (const version of versions.filter((one) => one.name === name).toSorted(byDay)) {
    const wrong = refuseOptionValue(definition, version.value)
    if (wrong !== null) throw new RangeError(`${name}: ${wrong}`)
    if (schedule.at(-1)?.from === version.validFrom) schedule.pop()
    schedule.push({ from: version.validFrom, value: version.value })
  }
  return definition.basis === '暦年' ? lapsingByYear(schedule, definition.default) : schedule
}

/** Ends every value with its calendar year. */
function lapsingByYear<T>(schedule: Schedule<T>, afterwards: T): Schedule<T> {
  return schedule.flatMap((entry, index) => {
    const next = index === 0 ? null : plainDateOf(`${yearOf(entry.from) + 1}-01-01`)
    const following = schedule[index + 1]
    return next === null || (following !== undefined && following.from <= next)
      ? [entry]
      : [entry, { from: next, value: afterwards }]
  })
}

const yearOf = (day: PlainDate): number => partsOf(day).year

/** Whether a value recorded for `from` on is still for the day: by 暦年 it is only for its own year. */
export const isForDay = (basis: OptionDefinition['basis'], from: PlainDate, day: PlainDate): boolean =>
  from <= day && (basis !== '暦年' || yearOf(from) === yearOf(day))

const byDay = (a: OptionVersion, b: OptionVersion): number =>
  a.validFrom < b.validFrom ? -1 : a.validFrom > b.validFrom ? 1 : 0
