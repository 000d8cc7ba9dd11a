import { passes, type WorksheetFilter } from './facets.ts'
import type { Order, Pack } from './pack-cache.ts'
import type { Standing } from './standing.ts'

/** What a filter shows: which buckets, and among them which rows when it names rows or a text. */
export interface Shown {
  readonly buckets: Uint8Array
  /** By row number − 1; null: every row of the buckets. */
  readonly rows: Uint8Array | null
}

/** `named`: the rows that a text or a list of row numbers leaves; null when the filter has neither. */
export function shownBy(standing: Standing, filter: WorksheetFilter, named: readonly number[] | null): Shown {
  const buckets = Uint8Array.from(standing.buckets, (bucket) => (passes(bucket, filter) ? 1 : 0))
  if (named === null) return { buckets, rows: null }
  const rows = new Uint8Array(standing.bucketOf.length)
  for (const row of named) if (row >= 1 && row <= rows.length) rows[row - 1] = 1
  return { buckets, rows }
}

/** Whether the row at this place (row number − 1) is shown. */
export const isIn = ({ buckets, rows }: Shown, bucketOf: Int32Array, at: number): boolean =>
  buckets[bucketOf[at] ?? 0] === 1 && (rows === null || rows[at] === 1)

/**
 * Row numbers at [offset, offset + limit) of what is shown, `count` of them in all. Backwards, rows without a value still stand
 * last. A place in the second half is looked for from the end.
 */
export function rowsAt(
  standing: Standing,
  shown: Shown,
  order: Order,
  {
    descending,
    offset,
    limit,
    count,
  }: { readonly descending: boolean; readonly offset: number; readonly limit: number; readonly count: number },
): Int32Array {
  const { rows, empty } = order
  const { length } = rows
  const filled = length - empty
  const rowAt = (n: number): number => rows[descending && n < filled ? filled - 1 - n : n] ?? 0
  const until = Math.min(offset + limit, count)
  const wanted = Math.max(0, until - offset)
  const isFromEnd = count - until < offset
  const found = new Int32Array(wanted)
  let skip = isFromEnd ? count - until : offset
  let at = 0
  for (let n = 0; n < length && at < wanted; n += 1) {
    const row = rowAt(isFromEnd ? length - 1 - n : n)
    if (!isIn(shown, standing.bucketOf, row - 1)) continue
    if (skip > 0) skip -= 1
    else found[isFromEnd ? wanted - 1 - at++ : at++] = row
  }
  return found
}

/** Row numbers of all that is shown. */
export function rowsShown(standing: Standing, shown: Shown): number[] {
  const found: number[] = []
  for (let at = 0; at < standing.bucketOf.length; at += 1) if (isIn(shown, standing.bucketOf, at)) found.push(at + 1)
  return found
}

/** 人数: a person with several rows counts once, for the row that concerns them most: 対象, then 要確認, then 除外. */
export interface People {
  readonly all: number
  /** With a row 対象. */
  readonly target: number
  /** With a row 要確認 and none 対象. */
  readonly review: number
}

const [TARGET, REVIEW, OTHER] = [3, 2, 1] as const

export function countPeople(pack: Pack, standing: Standing, shown: Shown): People {
  const weightOf = standing.buckets.map(({ verdict }) =>
    verdict === '対象' ? TARGET : verdict === '要確認' ? REVIEW : OTHER,
  )
  const weights = new Uint8Array(pack.lastPerson + 1)
  const counts = [0, 0, 0, 0]
  for (let at = 0; at < pack.personOf.length; at += 1) {
    const person = pack.personOf[at] ?? 0
    const known = weights[person] ?? 0
    const weight = weightOf[standing.bucketOf[at] ?? 0] ?? OTHER
    if (weight <= known || !isIn(shown, standing.bucketOf, at)) continue
    if (known > 0) counts[known] = (counts[known] ?? 0) - 1
    counts[weight] = (counts[weight] ?? 0) + 1
    weights[person] = weight
  }
  const [, other = 0, review = 0, target = 0] = counts
  return { all: other + review + target, target, review }
}

/** 件数 of what is shown. */
export function countRows({ bucketOf, buckets }: Standing, shown: Shown): number {
  if (shown.rows === null) return buckets.reduce((sum, { count }, at) => sum + (shown.buckets[at] === 1 ? count : 0), 0)
  let count = 0
  for (let at = 0; at < bucketOf.length; at += 1) if (isIn(shown, bucketOf, at)) count += 1
  return count
}

/** The same without some rows. */
export function without(standing: Standing, { buckets, rows }: Shown, taken: readonly number[]): Shown {
  if (taken.length === 0) return { buckets, rows }
  const left = rows?.slice() ?? new Uint8Array(standing.bucketOf.length).fill(1)
  for (const row of taken) left[row - 1] = 0
  return { buckets, rows: left }
}
