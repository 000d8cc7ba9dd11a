import { parseArgs } from 'node:util'

/** Words and `--name value` options of a verb; null when an option is unknown or lacks its value. */
export function readOptions<const Name extends string>(
  args: readonly string[],
  names: readonly Name[],
): { readonly words: readonly string[]; readonly options: Readonly<Partial<Record<Name, string>>> } | null {
  try {
    const { positionals, values } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: Object.fromEntries(names.map((name) => [name, { type: 'string' as const }])),
    })
    return { words: positionals, options: values as Partial<Record<Name, string>> } // every option is a text
  } catch {
    return null
  }
}

/** 「--params '{"dueOn":"2026-07-31"}'」 as an object; null when it is none. */
export function readObject(text: string | undefined): Record<string, unknown> | null {
  if (text === undefined) return {}
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null // just checked
  } catch {
    return null
  }
}
