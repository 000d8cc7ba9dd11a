import { Fault } from '#kernel/faults.ts'

/** A page mark: what the last row of a page was sorted by. Ids, dates and counts only, never a name. */
export const encodeCursor = (values: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify(values)).toString('base64url')

/** The values of a page mark of `length` parts. Throws REQ-001 for anything that is not one of ours. */
export function decodeCursor(cursor: string, length: number): readonly (string | number)[] {
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    const isOurs =
      Array.isArray(values) &&
      values.length === length &&
      values.every((value) => typeof value === 'string' || typeof value === 'number')
    if (isOurs) return values as (string | number)[] // checked on the lines above
  } catch {
    // the same answer as for one of another shape
  }
  throw new Fault('REQ-001', { detail: 'cursor 前の頁の値を使ってください。' })
}

/** A page of a list that is read by `offset`: how many there are, and the offset of the next page. */
export function pageAt<T>(offset: number, { items, total }: { readonly items: readonly T[]; readonly total: number }) {
  const end = offset + items.length
  return { items: [...items], total, nextCursor: end < total ? String(end) : null }
}
