import { type PlainDate, plainDateOf } from '#kernel/plain-date.ts'
import { formatYen } from '#kernel/yen.ts'
import { formatWareki, formatWarekiFiscalYear, formatWestern } from '../calendar/wareki.ts'
import type { DateField, Field } from './schema.ts'

/**
 * 値 as a person reads it, by its schema: 92,700円, 8回, 令和8年7月31日, 2.4%, the words of a choice, はい or いいえ; rows with 「、」
 * between them, records as 「年齢 76歳、世帯主 はい」. The value fits the schema; an absent one is 「—」.
 */
export function sayValue(field: Field, value: unknown): string {
  if (value === undefined) return '—'
  if (!('type' in field)) return field['x-labels'][field.enum.findIndex((one) => one === value)] ?? '—'
  if (typeof value === 'number') return sayNumber(field, value)
  if (typeof value === 'boolean') return value ? 'はい' : 'いいえ'
  if (typeof value === 'string') return 'format' in field ? sayDate(field, plainDateOf(value)) : value
  if (field.type === 'array') return sayRows(field.items, value as readonly unknown[]) // the schema says so
  if (field.type !== 'object') return '—'
  const of = value as Readonly<Record<string, unknown>> // the schema says so
  return Object.entries(field.properties)
    .filter(([name]) => of[name] !== undefined)
    .map(([name, one]) => `${one.title} ${sayValue(one, of[name])}`)
    .join('、')
}

const sayDate = (field: DateField, day: PlainDate): string =>
  field['x-calendar'] === 'western' ? formatWestern(day) : formatWareki(day)

/** A number without a unit is a code: it has no separators. A 年度 is said by both calendars. */
function sayNumber(field: Field, value: number): string {
  const unit = ('x-unit' in field ? field['x-unit'] : undefined) ?? ''
  if (unit === '年度') return `${formatWarekiFiscalYear(value)}(${value}年度)`
  return unit !== '' && Number.isSafeInteger(value) ? `${formatYen(BigInt(value))}${unit}` : `${value}${unit}`
}

/** Rows of records are numbered, so that one sees where each begins. */
function sayRows(items: Field, rows: readonly unknown[]): string {
  if (rows.length === 0) return 'なし'
  const isRecord = 'type' in items && items.type === 'object'
  return rows
    .map((row, index) => (isRecord ? `(${index + 1}) ${sayValue(items, row)}` : sayValue(items, row)))
    .join(isRecord ? ' ' : '、')
}
