import { type Slot, stripOf } from '../ido/slot.ts'
import { isBeforeJuly } from '../kakutei/october-start.ts'
import { isMovable, type KakuteiOptions, type KakuteiPlacement, type KakuteiYear } from '../kakutei/place-kakutei.ts'
import { toldAt } from './told-change.ts'
import type { ToldSlot } from './told-slots.ts'

/** What the explanation of a 確定 is made of: the year, how it was placed, and each 期. */
export interface ToldKakutei {
  readonly year: KakuteiYear
  readonly placement: KakuteiPlacement
  readonly options: KakuteiOptions
  readonly byDate: readonly ToldSlot[]
  /** The 普徴 periods that share the rest. */
  readonly targets: readonly ToldSlot[]
}

/** The year with every 期 before and after; nothing is computed anew. */
export function tellKakutei(placement: KakuteiPlacement, year: KakuteiYear, options: KakuteiOptions): ToldKakutei {
  const told = year.slots.map((slot, index): ToldSlot => {
    const { chargedYen, orderedYen } = placement.slots[index] ?? slot
    const settledYen = isMovable(slot) ? 0n : slot.chargedYen
    return { slot, settledYen, placedYen: chargedYen, chargedYen, orderedYen }
  })
  const byDate = toldAt({ told }, stripOf(year.slots).order)
  return { year, placement, options, byDate, targets: toldAt({ told }, placement.targets) }
}

/** What a 期 is of the year; null: an ordinary 期 of 普通徴収. */
export function kindOf(slot: Slot): '仮徴収' | '暫定賦課' | null {
  if (slot.method === '特徴') return '仮徴収'
  return isBeforeJuly(slot) ? '暫定賦課' : null
}
