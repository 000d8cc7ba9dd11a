import type { Reply } from '#api/contract.ts'
import { halfWidth } from './half-width.ts'

export type SettingField = Reply<'GET /api/settings/municipality/:name'>['fields'][number]
/** What stands in the inputs, by path; a group that is not used is absent. */
export type Texts = Readonly<Record<string, string>>
type Json = Readonly<Record<string, unknown>>

const at = (value: unknown, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>(
      (here, name) => (typeof here === 'object' && here !== null ? (here as Record<string, unknown>)[name] : undefined),
      value,
    )

/** A stored setting as the texts of its form. */
export function textsOf(fields: readonly SettingField[], value: Json | null): Texts {
  return Object.fromEntries(
    fields.map(({ path, kind }) => {
      const found = at(value, path)
      if (kind === 'group') return [path, found === undefined || found === null ? '' : 'on']
      if (found === undefined || found === null) return [path, '']
      if (kind === 'lines') return [path, (found as readonly string[]).join('\n')] // the schema says a list of texts
      if (kind === 'choice') return [path, sortedJson(found)]
      return [path, String(found as string | number | boolean)] // what JSON has left
    }),
  )
}

/** As the choices are written: keys in order, whatever order the database gives. */
const sortedJson = (value: unknown): string =>
  typeof value === 'object' && value !== null
    ? JSON.stringify(Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))))
    : JSON.stringify(value)

/** Whether a field is asked for: every group above it is used. */
export const isAsked = (texts: Texts, path: string): boolean =>
  path
    .split('.')
    .slice(0, -1)
    .every((_, index, parts) => texts[parts.slice(0, index + 1).join('.')] !== '')

/** The form as the setting that is sent; null where something optional is empty. The server checks it by its schema. */
export function valueOf(fields: readonly SettingField[], texts: Texts, before: Json | null): Json {
  const value: Record<string, unknown> = {}
  for (const field of fields) {
    const { path } = field
    if (!isAsked(texts, path)) continue
    const names = path.split('.')
    const last = names.pop() ?? ''
    const home = names.reduce<Record<string, unknown>>((here, name) => here[name] as Record<string, unknown>, value) // groups come before their fields
    const text = texts[path] ?? ''
    const wasThere = at(before, path) !== undefined
    const read = readText(field, text)
    // what was never set and is still empty stays away: a schema may know 「left out」 but no null
    if (read !== null || wasThere || !field.isOptional) home[last] = read
  }
  return value
}

function readText({ kind }: SettingField, text: string): unknown {
  switch (kind) {
    case 'group':
      return text === '' ? null : {}
    case 'lines':
      return text
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '')
    case 'integer':
    case 'number': {
      const digits = halfWidth(text).replaceAll(',', '')
      return /^-?\d+(\.\d+)?$/.test(digits) ? Number(digits) : text === '' ? null : text
    }
    case 'yesno':
      return text === '' ? null : text === 'true'
    case 'choice':
      return text === '' ? null : (JSON.parse(text) as unknown)
    case 'text':
      return text === '' ? null : text
    default:
      return kind satisfies never
  }
}
