import type { TSchema } from 'typebox'
import { canonicalJson } from '#audit/canonical-json.ts'

/** One line of a settings form, made from the schema and the names of its fields. */
export interface SettingField {
  readonly path: string
  readonly label: string
  /** group: a heading; what is below it has the longer paths. lines: a list, one entry a line. choice: of `choices`. */
  readonly kind: 'group' | 'text' | 'lines' | 'integer' | 'number' | 'yesno' | 'choice'
  /** May be left empty (null or left out). */
  readonly isOptional: boolean
  readonly maxLength: number | null
  /** `value` is canonical JSON of what is chosen. */
  readonly choices: { readonly value: string; readonly label: string }[]
}

/** The parts of JSON Schema our settings use. */
interface Node {
  readonly type?: string
  readonly properties?: Readonly<Record<string, Node>>
  readonly required?: readonly string[]
  readonly anyOf?: readonly Node[]
  readonly maxLength?: number
  readonly pattern?: string
  readonly const?: unknown
}

/** 様式 of a setting, in the order of its schema, groups after what stands beside them. A path with choices is one field, whatever lies below it. */
export function fieldsOfSetting(
  schema: TSchema,
  labels: Readonly<Record<string, string>>,
  choices: Readonly<Record<string, SettingField['choices']>>,
): SettingField[] {
  return below(schema as Node, '')

  function below(node: Node, prefix: string): SettingField[] {
    const isGroup = (name: string, child: Node): number =>
      choices[`${prefix}${name}`] === undefined && innerOf(child).type === 'object' ? 1 : 0
    const properties = Object.entries(node.properties ?? {})
    return properties
      .toSorted(([a, one], [b, other]) => isGroup(a, one) - isGroup(b, other))
      .flatMap(([name, child]) => {
        const path = `${prefix}${name}`
        const inner = innerOf(child)
        const isNullable = child.anyOf?.some(({ type }) => type === 'null') ?? false
        const isOptional = isNullable || !(node.required ?? []).includes(name)
        const offered = choices[path]
        const field = { path, label: labels[path] ?? path, isOptional, maxLength: inner.maxLength ?? null }
        if (offered !== undefined) return [{ ...field, kind: 'choice' as const, choices: offered }]
        if (inner.type === 'object')
          return [{ ...field, kind: 'group' as const, choices: [] }, ...below(inner, `${path}.`)]
        return [{ ...field, kind: kindOf(inner), choices: [] }]
      })
  }
}

const innerOf = (node: Node): Node => node.anyOf?.find(({ type }) => type !== 'null') ?? node

function kindOf({ type }: Node): SettingField['kind'] {
  if (type === 'array') return 'lines'
  if (type === 'boolean') return 'yesno'
  if (type === 'integer' || type === 'number') return type
  return 'text'
}

/** Where two values of a setting differ, field by field, as texts; the longer paths only. */
export function differencesOf(
  fields: readonly SettingField[],
  before: unknown,
  after: unknown,
): { readonly label: string; readonly before: string | null; readonly after: string | null }[] {
  return fields
    .filter(({ kind }) => kind !== 'group')
    .map(({ path, label, choices }) => ({
      label,
      before: textAt(before, path, choices),
      after: textAt(after, path, choices),
    }))
    .filter((one) => one.before !== one.after)
}

function textAt(value: unknown, path: string, choices: SettingField['choices']): string | null {
  const found = path
    .split('.')
    .reduce<unknown>(
      (at, name) => (typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[name] : undefined),
      value,
    )
  if (found === undefined || found === null) return null
  if (Array.isArray(found)) return found.join('、')
  if (typeof found === 'boolean') return found ? 'する' : 'しない'
  if (typeof found === 'object') {
    const key = canonicalJson(found)
    return choices.find((one) => one.value === key)?.label ?? key
  }
  return String(found as string | number) // what JSON has left
}
