import type { Yen } from '#kernel/yen.ts'
import type { Slot, Strip } from './slot.ts'

export interface Overpaid {
  /** 納付済み・徴収済みのうち、賦課額を超える額. */
  readonly nowYen: Yen
  /** これから徴収・振替される額のうち、賦課額を超える額: paid back when it has come in. */
  readonly laterYen: Yen
  readonly totalYen: Yen
}

/** 過納見込 of the year: what was and will be received beyond the charge, slot by slot; slots set to 0 by a stop bring nothing. */
export function overpaidOf(strip: Strip): Overpaid {
  let nowYen = 0n
  let laterYen = 0n
  strip.slots.forEach((slot, index) => {
    const over = receivedYen(slot, strip.ordered[index] ?? 0n) - (strip.charged[index] ?? 0n)
    if (over <= 0n) return
    if (willComeIn(slot)) laterYen += over
    else nowYen += over
  })
  return { nowYen, laterYen, totalYen: nowYen + laterYen }
}

/** 止められずに、これから徴収・振替される. */
export const willComeIn = ({ method, state }: Slot): boolean =>
  method === '特徴' ? state !== 'collected' : state === 'handed-to-bank'

/** 納付済みの額、またはこれから引かれる額. */
export function receivedYen(slot: Slot, orderedYen: Yen): Yen {
  if (slot.method === '特徴') return slot.state === 'collected' ? (slot.paidYen ?? orderedYen) : orderedYen
  if (slot.state === 'handed-to-bank') return slot.chargedYen
  return slot.paidYen ?? (slot.state === 'paid-on' ? slot.chargedYen : 0n)
}
