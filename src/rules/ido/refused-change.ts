import type { Yen } from '#kernel/yen.ts'
import { type IdoEvent, isPastYear, ruleOf } from './events.ts'
import { CHANGEABLE_MONTHS, fiscalIndex, FUCHO_STATES, type Slot, type SlotState, TOKUCHO_STATES } from './slot.ts'
import { HANDED_OVER } from './slots-to-stop.ts'
import { START_MONTHS } from './start-tokucho.ts'

/** Why a change is not calculated. */
export type IdoRefusal =
  /** 状態が徴収方法に合わない, 特徴 in an odd month, or a month whose amount can never be changed. */
  | { readonly kind: 'slot-state' | 'slot-month' | 'slot-not-changeable'; readonly slot: number }
  /** A second 特徴 slot of one month; 徴収不能の部分 alone stands beside what was collected. */
  | { readonly kind: 'slot-twice'; readonly slot: number; readonly month: number }
  /** The amount goes the other way than the event says. */
  | { readonly kind: 'not-a-decrease' | 'not-an-increase'; readonly beforeYen: Yen }
  | { readonly kind: 'tokucho-running' | 'tokucho-not-running' }
  /** The event takes no month; needs one of `months`. */
  | { readonly kind: 'month-unused' }
  | { readonly kind: 'month-needed'; readonly months: readonly number[] }
  /** 不能となった回がなく、月も分からない. どの依頼の不可か分からない. */
  | { readonly kind: 'failure-unknown' | 'order-unknown' }
  /** 過年度の異動は他の事由と合わせられない. */
  | { readonly kind: 'past-year-alone' }
  /** 移す普徴がない (T14); 開始月から特別徴収がある. */
  | { readonly kind: 'nothing-to-move' | 'already-tokucho' }
  /** 特別徴収を続けると、依頼した額を下げることになる. `isChosen`: it goes on by 職員の選択. */
  | { readonly kind: 'ordered-lowered'; readonly month: number; readonly isChosen: boolean }
  /** A reduction would reach 不納欠損: hand list. */
  | { readonly kind: 'written-off'; readonly leftYen: Yen }

export function refusedSlot(slots: readonly Slot[]): IdoRefusal | null {
  const seen = new Set<string>()
  for (const [slot, one] of slots.entries()) {
    const kind = faultOf(one)
    if (kind !== null) return { kind, slot }
    if (one.method === '普徴') continue // 随時 may fall into the month of another
    const key = `${one.month} ${one.state === 'failed'}`
    if (seen.has(key)) return { kind: 'slot-twice', slot, month: one.month }
    seen.add(key)
  }
  return null
}

function faultOf({ method, month, state }: Slot): 'slot-state' | 'slot-month' | 'slot-not-changeable' | null {
  const states: readonly SlotState[] = method === '特徴' ? TOKUCHO_STATES : FUCHO_STATES
  if (!states.includes(state)) return 'slot-state'
  if (method === '特徴' && month % 2 === 1) return 'slot-month'
  return state === 'changeable' && !CHANGEABLE_MONTHS.includes(month) ? 'slot-not-changeable' : null
}

export function refusedMonth(events: readonly IdoEvent[], fromMonth: number | null): IdoRefusal | null {
  if (fromMonth !== null && events.every((one) => ruleOf(one).month === undefined)) return { kind: 'month-unused' }
  for (const event of events) {
    const months: readonly number[] | null = event === 'ADD' || event === 'ADD-k' ? START_MONTHS[event] : null
    if (months !== null && (fromMonth === null || !months.includes(fromMonth))) return { kind: 'month-needed', months }
  }
  return null
}

/** What only the month of the event could tell: which payment failed, which of two orders was refused. */
export function refusedWithoutMonth(
  events: readonly IdoEvent[],
  slots: readonly Slot[],
  fromMonth: number | null,
): IdoRefusal | null {
  if (fromMonth !== null) return null
  if (events.includes('FAL') && !slots.some(({ state }) => state === 'failed')) return { kind: 'failure-unknown' }
  if (!events.includes('REF')) return null
  const ordered = slots.filter(({ state, orderedYen }) => HANDED_OVER.includes(state) && orderedYen > 0n)
  const isOfSpring = ({ month }: Slot): boolean => fiscalIndex(month) < fiscalIndex(10)
  return ordered.some(isOfSpring) && !ordered.every(isOfSpring) ? { kind: 'order-unknown' } : null
}

export function refusedEvents(
  events: readonly IdoEvent[],
  amounts: { readonly beforeYen: Yen; readonly newAnnualYen: Yen },
  isTokuchoRunning: boolean,
): IdoRefusal | null {
  const { beforeYen, newAnnualYen } = amounts
  const isAll = (direction: 'up' | 'down'): boolean =>
    events.every((event) => (ruleOf(event).amount ?? direction) === direction)
  for (const event of events) {
    const { amount, tokucho } = ruleOf(event)
    if (amount === 'down' && newAnnualYen > beforeYen && isAll('down')) return { kind: 'not-a-decrease', beforeYen }
    if (amount === 'up' && newAnnualYen < beforeYen && isAll('up')) return { kind: 'not-an-increase', beforeYen }
    if (tokucho === 'running' && !isTokuchoRunning) return { kind: 'tokucho-not-running' }
    if (tokucho === 'not-running' && isTokuchoRunning) return { kind: 'tokucho-running' }
  }
  return events.some(isPastYear) && events.length > 1 ? { kind: 'past-year-alone' } : null
}
