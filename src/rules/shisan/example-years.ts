import type { SlotState } from '../ido/slot.ts'
import type { SentOf, ValueOf } from './schema.ts'
import type { placedSlotList, slotList } from './slots.ts'

type SentSlots = SentOf<ReturnType<typeof slotList>>
type PlacedSlots = ValueOf<ReturnType<typeof placedSlotList>>

/** One letter a slot, so that a year of an example can be read as a line. */
const STATES: Readonly<Record<string, SlotState>> = {
  c: 'collected',
  g: 'changeable',
  l: 'locked',
  s: 'stoppable',
  x: 'failed',
  d: 'due',
  p: 'paid-on',
  b: 'handed-to-bank',
  o: 'open',
  w: 'written-off',
}
const TOKUCHO_MONTHS = [4, 6, 8, 10, 12, 2]
/** 普徴 ends in March: nine amounts begin in July, twelve in April. */
const toMarch = (count: number): number[] => Array.from({ length: count }, (_, nth) => ((15 - count + nth) % 12) + 1)

export interface Year {
  /** States and charges of 特徴 from April on, and what is ordered where that differs. */
  readonly t?: readonly [string, readonly number[]]
  readonly tOrdered?: readonly number[]
  readonly f: readonly [string, readonly number[]]
  /** Where the periods do not run to March month by month. */
  readonly fMonths?: readonly number[]
}

export interface PlacedYear {
  readonly t?: readonly number[]
  readonly tOrdered?: readonly number[]
  /** 特徴 slots that begin: month, charge, order. */
  readonly started?: readonly (readonly [number, number, number])[]
  readonly f: readonly number[]
  readonly fMonths?: readonly number[]
}

/** The same amount, some times. */
export const n = (times: number, yen: number): readonly number[] => Array.from({ length: times }, () => yen)

export const slotsOf = ({ t, tOrdered, f, fMonths }: Year): SentSlots => [
  ...(t?.[1] ?? []).map((chargedYen, nth) => ({
    method: '特徴' as const,
    month: TOKUCHO_MONTHS[nth] ?? 0,
    chargedYen,
    orderedYen: tOrdered?.[nth] ?? chargedYen,
    state: STATES[t?.[0][nth] ?? ''] ?? 'planned',
  })),
  ...f[1].map((chargedYen, nth) => ({
    method: '普徴' as const,
    month: (fMonths ?? toMarch(f[1].length))[nth] ?? 0,
    chargedYen,
    state: STATES[f[0][nth] ?? ''] ?? 'open',
  })),
]

export const placedOf = ({ t, tOrdered, started, f, fMonths }: PlacedYear): PlacedSlots => [
  ...(t ?? []).map((chargedYen, nth) => ({
    month: TOKUCHO_MONTHS[nth] ?? 0,
    method: '特徴' as const,
    chargedYen,
    orderedYen: tOrdered?.[nth] ?? chargedYen,
  })),
  ...f.map((chargedYen, nth) => ({
    month: (fMonths ?? toMarch(f.length))[nth] ?? 0,
    method: '普徴' as const,
    chargedYen,
    orderedYen: 0,
  })),
  ...(started ?? []).map(([month, chargedYen, orderedYen]) => ({
    month,
    method: '特徴' as const,
    chargedYen,
    orderedYen,
  })),
]
