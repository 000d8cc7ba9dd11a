import type { Yen } from '#kernel/yen.ts'
import type { Treatment } from './choose-treatment.ts'
import type { Overpaid } from './overpaid.ts'
import type { PlacedAnnual } from './place-annual.ts'
import type { Method, Strip } from './slot.ts'
import type { Started } from './start-tokucho.ts'

export interface PlacedSlot {
  readonly month: number
  readonly method: Method
  readonly chargedYen: Yen
  readonly orderedYen: Yen
}

/** 期割 as the strip stands, in the order of the input. */
export const slotsOf = ({ slots, charged, ordered }: Strip): readonly PlacedSlot[] =>
  slots.map(({ month, method }, index) => ({
    month,
    method,
    chargedYen: charged[index] ?? 0n,
    orderedYen: ordered[index] ?? 0n,
  }))

/** 特別徴収の扱い in words. */
export type TokuchoOutcome = '継続' | '中止' | '開始' | '不能' | 'なし'

export interface Placement {
  /** In the order of the input; slots that a start makes come last. */
  readonly slots: readonly PlacedSlot[]
  readonly zuijiYen: Yen
  readonly overpaid: Overpaid
  readonly outcome: TokuchoOutcome
  readonly treatment: Treatment
  /** Σ charged before; X, Y and O of the sheet. */
  readonly beforeYen: Yen
  readonly fixedYen: Yen
  readonly toPlaceYen: Yen
  readonly openYen: Yen
  /** Indexes into the input: 動かせる普徴 (Op), by date. */
  readonly open: readonly number[]
  /** The first month of a stop, from which 普徴 takes over; null: none. */
  readonly stopMonth: number | null
  /** Indexes into the input: set to 0 (S), brought back to the order, split anew by 本徴収 or 仮徴収額変更. */
  readonly stopped: readonly number[]
  /** Of `stopped`: whose amount `next-period` puts whole into the next 期. */
  readonly failed: readonly number[]
  readonly restored: readonly number[]
  readonly recalculated: readonly number[]
  readonly placed: PlacedAnnual
  readonly started: Started | null
}
