import type { Yen } from '#kernel/yen.ts'
import type { SlotState, Strip } from './slot.ts'

/** さかのぼる順. */
export type BackwardOrder = 'latest-first' | 'unpaid-first'

/**
 * さかのぼりの減額: takes `yen` off the slots from the latest to the earliest, 普徴 before 特徴 within a month, each to not less
 * than 0; `unpaid-first` takes 普徴 that is due and unpaid first. `candidates` are in the order of date. Changes the strip and
 * gives what did not fit. Source: sheet 3.4 §5.3.
 */
export function reduceBackwards(
  strip: Strip,
  candidates: readonly number[],
  yen: Yen,
  backwardOrder: BackwardOrder,
): Yen {
  let left = yen
  for (const index of orderBackwards(candidates, (one) => strip.slots[one]?.state, backwardOrder)) {
    if (left === 0n) return 0n
    const charged = strip.charged[index] ?? 0n
    const taken = charged < left ? charged : left
    strip.charged[index] = charged - taken
    left -= taken
  }
  return left
}

/** さかのぼる順 of what is given by date. */
export function orderBackwards<T>(
  byDate: readonly T[],
  stateOf: (one: T) => SlotState | undefined,
  order: BackwardOrder,
): readonly T[] {
  const latestFirst = byDate.toReversed()
  if (order === 'latest-first') return latestFirst
  const isUnpaid = (one: T): boolean => stateOf(one) === 'due' || stateOf(one) === 'deferred'
  return [...latestFirst.filter(isUnpaid), ...latestFirst.filter((one) => !isUnpaid(one))]
}
