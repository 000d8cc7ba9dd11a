/** A value that has one canonical text. bigint becomes its digits in a string. */
export type Canonical =
  | string
  | number
  | boolean
  | bigint
  | null
  | undefined
  | readonly Canonical[]
  | { readonly [key: string]: Canonical }

/**
 * JSON with sorted keys and no spaces: equal values give equal bytes. `undefined` fields are left out. Throws TypeError
 * for what JSON has no value for (NaN, functions, Date).
 */
export function canonicalJson(value: unknown): string {
  if (value === null) return 'null'
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return JSON.stringify(value)
    case 'bigint':
      return `"${value}"`
    case 'number':
      if (!Number.isFinite(value)) throw new TypeError(`no canonical JSON for ${value}`)
      return JSON.stringify(value)
    case 'object':
      return Array.isArray(value) ? arrayText(value) : objectText(value)
    default:
      throw new TypeError(`no canonical JSON for a ${typeof value}`)
  }
}

const arrayText = (items: readonly unknown[]): string =>
  `[${items.map((item) => canonicalJson(item === undefined ? null : item)).join(',')}]`

function objectText(value: object): string {
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null)
    throw new TypeError('no canonical JSON for a class instance')
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  return `{${fields.map(([key, field]) => `${JSON.stringify(key)}:${canonicalJson(field)}`).join(',')}}`
}
