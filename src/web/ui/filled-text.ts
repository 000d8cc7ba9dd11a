import { parsePlainDate } from '#kernel/plain-date.ts'
import { warekiDay } from '../lib/dates.ts'
import { formatNumber } from '../lib/numbers.ts'
import type { FormField, FormValues } from './form-schema.ts'

/** A value of a field as it is read aloud: 「令和8年8月20日(木)」, 「523通」, 「普通郵便」, 「2件(印字不良、その他)」. */
export function filledText(field: FormField, value: unknown): string {
  const labelOf = (one: unknown): string => field.choices.find((choice) => choice.value === one)?.label ?? String(one)
  switch (field.kind) {
    case 'date': {
      const date = typeof value === 'string' ? parsePlainDate(value) : null
      return date ? warekiDay(date) : String(value)
    }
    case 'integer':
      return typeof value === 'number' ? `${formatNumber(value)}${field.unit}` : String(value)
    case 'choice':
      return labelOf(value)
    case 'check':
      return value === true ? 'はい' : 'いいえ'
    case 'checks':
      return (value as readonly unknown[]).map(labelOf).join('、') // a field of checks holds a list
    case 'rows': {
      const rows = value as readonly FormValues[] // a field of rows holds a list of objects
      const said = rows.map((row) => filledRow(field, row)).filter((one) => one !== '')
      return `${formatNumber(rows.length)}件${said.length === 0 ? '' : `(${said.join('、')})`}`
    }
    case 'lines':
    case 'text':
      return String(value)
    default:
      return field.kind satisfies never
  }
}

/** What was chosen in one row of a table: 「印字不良」. */
export const filledRow = ({ fields }: FormField, row: FormValues): string =>
  fields
    .filter(({ kind, name }) => kind === 'choice' && name in row)
    .map((one) => filledText(one, row[one.name]))
    .join('、')
