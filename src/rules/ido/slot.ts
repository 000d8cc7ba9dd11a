import type { Yen } from '#kernel/yen.ts'

export type Method = '特徴' | '普徴'

/** 特別徴収の枠の状態, first hit of sheet 3.4 §5.1. A slot already stopped has charge and order 0: any state will do. */
export const TOKUCHO_STATES = ['failed', 'collected', 'changeable', 'locked', 'stoppable', 'planned'] as const
/** 普通徴収の枠の状態. `written-off` (不納欠損) is touched by nothing. */
export const FUCHO_STATES = ['paid-on', 'handed-to-bank', 'due', 'deferred', 'open', 'written-off'] as const

export type SlotState = (typeof TOKUCHO_STATES)[number] | (typeof FUCHO_STATES)[number]

/** 仮徴収額を変更できる月; April is never changed [source: 介護保険法140条①②準用]. */
export const CHANGEABLE_MONTHS: readonly number[] = [6, 8]

/** 期割の枠 of one 賦課年度: an instalment with its state on the day of the calculation. */
export interface Slot {
  readonly method: Method
  /** Nominal month 1–12, not the month of a shifted day. */
  readonly month: number
  /** 賦課額: Σ 調定. */
  readonly chargedYen: Yen
  /** 依頼額: what the pension side will withhold; 0 for 普徴. Differs from the charge after a reduction that came too late. */
  readonly orderedYen: Yen
  readonly state: SlotState
  /** 納付額 less what was paid back. Absent: for `paid-on` the charge, for `collected` the order, else nothing. */
  readonly paidYen?: Yen | undefined
  /** `changeable` only: the day to stop it has passed, the day to change its amount has not. */
  readonly isPastStopCutoff?: boolean | undefined
}

/** April = 0 … March = 11. */
export const fiscalIndex = (month: number): number => (month + 8) % 12

/** The working sheet of one person's year; `order` lists the slots by date, 特徴 before 普徴 within a month. */
export interface Strip {
  readonly slots: readonly Slot[]
  readonly order: readonly number[]
  readonly charged: Yen[]
  readonly ordered: Yen[]
}

export function stripOf(slots: readonly Slot[]): Strip {
  const count = slots.length
  // one number a slot: its date, then its place in the input, so that a sort of numbers is enough
  const keys = slots.map(
    ({ month, method }, index) => (fiscalIndex(month) * 2 + (method === '普徴' ? 1 : 0)) * count + index,
  )
  return {
    slots,
    order: keys.sort((a, b) => a - b).map((key) => key % count),
    charged: slots.map((one) => one.chargedYen),
    ordered: slots.map((one) => one.orderedYen),
  }
}

/** The indexes for which the test holds, by date. */
export function pick(strip: Strip, test: (slot: Slot, index: number) => boolean): number[] {
  return strip.order.filter((index) => {
    const slot = strip.slots[index]
    return slot !== undefined && test(slot, index)
  })
}

export function sumOf(amounts: readonly Yen[], indexes: readonly number[]): Yen {
  let sum = 0n
  for (const index of indexes) sum += amounts[index] ?? 0n
  return sum
}

/** A 特徴 slot on which something is charged or will be withheld. */
export const isLive = (strip: Strip, index: number): boolean =>
  (strip.charged[index] ?? 0n) > 0n || (strip.ordered[index] ?? 0n) > 0n
