import type { TokuchoAction } from './choose-treatment.ts'
import { fiscalIndex, isLive, pick, type Slot, type SlotState, type Strip } from './slot.ts'

const UNCOLLECTED: readonly SlotState[] = ['changeable', 'locked', 'stoppable', 'planned']
/** States of a slot whose line was handed over. */
const HANDED_OVER: readonly SlotState[] = ['changeable', 'locked', 'stoppable']

/** Whether the pension side still has something to withhold. */
export const isRunning = (strip: Strip): boolean =>
  strip.slots.some((slot, index) => UNCOLLECTED.includes(slot.state) && isLive(strip, index))

/**
 * 0円とする特徴の枠 (S): the failed ones and, by the treatment, from `fromMonth` on (null: no bound) — a stop of ours: what can
 * still be stopped or has not been handed over; the pension side's stop: all uncollected, whatever the cut-off; a refused
 * order: all that was ordered and is uncollected. Source: sheet 3.5 §5.2 step 1, §5.3 note (g).
 */
export function slotsToStop(
  strip: Strip,
  action: TokuchoAction,
  fromMonth: number | null,
  changeToZero: boolean,
): readonly number[] {
  const first = fromMonth === null ? firstFailed(strip, action) : fiscalIndex(fromMonth)
  return pick(strip, (slot, index) => {
    if (slot.method === '普徴' || !isLive(strip, index)) return false
    if (slot.state === 'failed') return true
    return fiscalIndex(slot.month) >= first && isStopped(slot, action, changeToZero)
  })
}

/** 不能 in October ends November's neighbours, not what was asked for August. */
function firstFailed(strip: Strip, action: TokuchoAction): number {
  if (action !== 'pension-stop') return 0
  const [first] = pick(strip, (slot, index) => slot.state === 'failed' && isLive(strip, index))
  return first === undefined ? 0 : fiscalIndex(strip.slots[first]?.month ?? 4)
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
