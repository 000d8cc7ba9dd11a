/**
 * JSON of the engine, keys kept exactly: an integer beyond 2^53 becomes a bigint, every other value is as usual.
 * From partition 4 on the engine's keys no longer fit a JavaScript number.
 */
export type Lossless =
  | string
  | number
  | bigint
  | boolean
  | null
  | readonly Lossless[]
  | { readonly [key: string]: Lossless }
export type LosslessObject = { readonly [key: string]: Lossless }

// The third argument (source text of the number) is ECMAScript 2026 and not yet in the compiler's library.
type Reviver = (this: unknown, key: string, value: unknown, context: { readonly source?: string }) => unknown
const parse = JSON.parse as (text: string, reviver: Reviver) => unknown

const exactNumber: Reviver = (_key, value, { source }) =>
  typeof value === 'number' && !Number.isSafeInteger(value) && source !== undefined && /^-?\d+$/.test(source)
    ? BigInt(source)
    : value

/** Throws `SyntaxError` on anything that is not JSON. */
export const parseLossless = (text: string): Lossless => parse(text, exactNumber) as Lossless

/** As `parseLossless`, and throws `TypeError` unless the text is a JSON object. */
export function parseLosslessObject(text: string): LosslessObject {
  const value = parseLossless(text)
  if (!isObject(value)) throw new TypeError('JSON object expected')
  return value
}

export const isObject = (value: Lossless | undefined): value is LosslessObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
