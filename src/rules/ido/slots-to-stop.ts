import type { TokuchoAction } from './choose-treatment.ts'
import { fiscalIndex, isLive, pick, type Slot, type SlotState, type Strip } from './slot.ts'

const UNCOLLECTED: readonly SlotState[] = ['changeable', 'locked', 'stoppable', 'planned']
/** States of a slot whose line was handed over. */
export const HANDED_OVER: readonly SlotState[] = ['changeable', 'locked', 'stoppable']

/** Whether the pension side still has something to withhold. */
export const isRunning = (strip: Strip): boolean =>
  strip.slots.some((slot, index) => UNCOLLECTED.includes(slot.state) && isLive(strip, index))

/**
 * The month from which the treatment takes away, April = 0: the one the event names; for a stop by the pension side else that
 * of the failure, which ends what follows it and not what was asked for before. A failed slot whose amount has been moved
 * still says the month, so that the same event told again changes nothing.
 */
export function stopsFrom(strip: Strip, action: TokuchoAction, fromMonth: number | null): number {
  if (fromMonth !== null) return fiscalIndex(fromMonth)
  if (action !== 'pension-stop') return 0
  const failed = pick(strip, ({ state }) => state === 'failed')
  const index = failed.find((one) => isLive(strip, one)) ?? failed.at(-1)
  return index === undefined ? 0 : fiscalIndex(strip.slots[index]?.month ?? 4)
}

/**
 * 0円とする特徴の枠 (S): the failed ones and, by the treatment, from the month `first` on (April = 0) — a stop of ours: what
 * can still be stopped or has not been handed over; the pension side's stop: all uncollected, whatever the cut-off; a refused
 * order: all that was ordered and is uncollected. Source: sheet 3.5 §5.2 step 1, §5.3 note (g).
 */
export function slotsToStop(
  strip: Strip,
  action: TokuchoAction,
  first: number,
  changeToZero: boolean,
): readonly number[] {
  return pick(strip, (slot, index) => {
    if (slot.method === '普徴' || !isLive(strip, index)) return false
    if (slot.state === 'failed') return true
    return fiscalIndex(slot.month) >= first && isStopped(slot, action, changeToZero)
  })
}

function isStopped(slot: Slot, action: TokuchoAction, changeToZero: boolean): boolean {
  switch (action) {
    case 'continue':
      return false
    case 'stop':
      if (slot.state === 'changeable') return slot.isPastStopCutoff !== true || changeToZero
      return slot.state === 'stoppable' || slot.state === 'planned'
    case 'pension-stop':
      return UNCOLLECTED.includes(slot.state)
    case 'order-refused':
      return HANDED_OVER.includes(slot.state)
    default:
      return action satisfies never
  }
}
