/** A value of PostgreSQL's COPY text format. */
export type CopyValue = string | number | bigint | boolean | null | undefined | readonly string[]

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }
const escape = (text: string): string => text.replace(/[\\\t\n\r]/g, (c) => ESCAPES[c] ?? c)

function arrayText(items: readonly string[]): string {
  return `{${items.map((item) => `"${item.replace(/["\\]/g, '\\$&')}"`).join(',')}}`
}

function field(value: CopyValue): string {
  if (value === null || value === undefined) return '\\N'
  if (typeof value === 'string') return escape(value)
  if (typeof value === 'boolean') return value ? 't' : 'f'
  if (typeof value === 'object') return escape(arrayText(value))
  return String(value)
}

/** One line of COPY text, with its line end. */
export const copyLine = (row: readonly CopyValue[]): string => `${row.map(field).join('\t')}\n`
