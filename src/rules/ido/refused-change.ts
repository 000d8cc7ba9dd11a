import type { Yen } from '#kernel/yen.ts'
import { FUCHO_STATES, type Slot, type SlotState, TOKUCHO_STATES } from './slot.ts'
import { type IdoEvent, ruleOf } from './events.ts'

/** Why a change is not calculated. */
export type IdoRefusal =
  /** 状態が徴収方法に合わない, or 特徴 in an odd month. */
  | { readonly kind: 'slot-state' | 'slot-month'; readonly slot: number }
  /** The amount goes the other way than the event says. */
  | { readonly kind: 'not-a-decrease' | 'not-an-increase'; readonly beforeYen: Yen }
  | { readonly kind: 'tokucho-running' | 'tokucho-not-running' }
  /** The event takes no month; needs one of `months`. */
  | { readonly kind: 'month-unused' }
  | { readonly kind: 'month-needed'; readonly months: readonly number[] }
  /** 過年度の異動は他の事由と合わせられない. */
  | { readonly kind: 'past-year-alone' }
  /** 移す普徴がない (T14); 開始月から特別徴収がある. */
  | { readonly kind: 'nothing-to-move' | 'already-tokucho' }
  /** A reduction would reach 不納欠損: hand list. */
  | { readonly kind: 'written-off'; readonly leftYen: Yen }

export function refusedSlot(slots: readonly Slot[]): IdoRefusal | null {
  for (const [slot, { method, month, state }] of slots.entries()) {
    const states: readonly SlotState[] = method === '特徴' ? TOKUCHO_STATES : FUCHO_STATES
    if (!states.includes(state)) return { kind: 'slot-state', slot }
    if (method === '特徴' && month % 2 === 1) return { kind: 'slot-month', slot }
  }
  return null
}

/** Months in which 特別徴収 can start: of this year, of the next. Source: flows §0.6. */
const STARTS: Partial<Record<IdoEvent, readonly number[]>> = { ADD: [12, 2], 'ADD-k': [4, 6, 8] }

export function refusedMonth(events: readonly IdoEvent[], fromMonth: number | null): IdoRefusal | null {
  if (fromMonth !== null && events.every((one) => ruleOf(one).month === undefined)) return { kind: 'month-unused' }
  for (const event of events) {
    const months = STARTS[event]
    if (months && (fromMonth === null || !months.includes(fromMonth))) return { kind: 'month-needed', months }
  }
  return null
}

export function refusedEvents(
  events: readonly IdoEvent[],
  amounts: { readonly beforeYen: Yen; readonly newAnnualYen: Yen },
  isTokuchoRunning: boolean,
): IdoRefusal | null {
  const { beforeYen, newAnnualYen } = amounts
  for (const event of events) {
    const { amount, tokucho } = ruleOf(event)
    if (amount === 'down' && newAnnualYen > beforeYen) return { kind: 'not-a-decrease', beforeYen }
    if (amount === 'up' && newAnnualYen < beforeYen) return { kind: 'not-an-increase', beforeYen }
    if (tokucho === 'running' && !isTokuchoRunning) return { kind: 'tokucho-not-running' }
    if (tokucho === 'not-running' && isTokuchoRunning) return { kind: 'tokucho-running' }
  }
  const isPast = events.includes('PST+') || events.includes('PST-')
  return isPast && events.length > 1 ? { kind: 'past-year-alone' } : null
}
