import type { Field, RecordField } from '#rules/shisan/schema.ts'

export type Values = Readonly<Record<string, unknown>>

export const valuesOf = (value: unknown): Values =>
  typeof value === 'object' && value !== null ? (value as Values) : {} // a record of the form
export const rowsOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

/** What a form begins with: the rows that must be there, everything else empty. */
export function blankOf(field: Field, isRequired: boolean): unknown {
  if (!('type' in field) || !isRequired) return undefined
  if (field.type === 'array')
    return Array.from({ length: Math.max(1, field.minItems) }, () => blankOf(field.items, true) ?? null)
  return field.type === 'object' ? blankRecord(field) : undefined
}

const blankRecord = (field: RecordField): Values =>
  Object.fromEntries(
    Object.entries(field.properties).map(([name, one]) => [name, blankOf(one, field.required.includes(name))]),
  )

/** What is sent: what is empty is left out, so that the server names what lacks; a box that must be told is false unticked. */
export function sentOf(field: Field, value: unknown, isRequired: boolean): unknown {
  if (!('type' in field)) return value
  switch (field.type) {
    case 'boolean':
      return value ?? (isRequired ? false : undefined)
    case 'array': {
      const rows = rowsOf(value).map((row) => sentOf(field.items, row, true) ?? null)
      return rows.length === 0 && !isRequired ? undefined : rows
    }
    case 'object': {
      const sent = Object.entries(field.properties)
        .map(([name, one]) => [name, sentOf(one, valuesOf(value)[name], field.required.includes(name))] as const)
        .filter(([, one]) => one !== undefined)
      // a record that may be absent is there when something other than an unticked box stands in it
      const isEmpty = sent.every(([, one]) => one === false)
      return isEmpty && !isRequired ? undefined : Object.fromEntries(sent)
    }
    default:
      return value === '' || value === null ? undefined : value
  }
}
