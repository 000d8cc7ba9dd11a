import { addMonths, addYears, maxDate, type PlainDate } from '#kernel/plain-date.ts'
import { err, ok, type Result } from '#kernel/result.ts'
import {
  BEGINS,
  ENDS,
  type Hold,
  incompleteAt,
  type IncompleteHistory,
  inOrder,
  type OrderedEvent,
  type PrescriptionEvent,
} from './events.ts'

/** What an event did: 更新 begins the years again, 完成猶予 gives six months at least, 進行停止 holds while it lasts. */
export type PrescriptionEffect =
  | { readonly kind: '更新' | '完成猶予' | '進行停止' }
  | { readonly kind: '効果なし'; readonly because: NoEffect }
type NoEffect = 'cancelled' | 'already-extinct' | 'demanded-before' | 'reminded-before' | 'moves-nothing' | 'runs-on'

export interface PrescriptionStep {
  readonly event: PrescriptionEvent
  readonly effect: PrescriptionEffect
  /** 時効完成日 after the event; null while 猶予 or 差押 holds the clock. */
  readonly completesOn: PlainDate | null
}

export interface PrescriptionClock {
  /** 時効完成日 by the 納期限 alone. */
  readonly firstCompletesOn: PlainDate
  /** 時効完成日; the claim is extinct after it. Null while 猶予 or 差押 lasts. */
  readonly completesOn: PlainDate | null
  readonly steps: readonly PrescriptionStep[]
}

interface State {
  completesOn: PlainDate
  readonly held: Set<Hold>
  isDemanded: boolean
  isReminded: boolean
}

const GRACE_MONTHS = 6

/**
 * 時効の進行 of one instalment: `years` (2) from the 納期限, same day; days start the day after [source: 高確法160条1項]. 更新 by
 * the first 督促 [source: 160条2項], by part payment, 承認, the end of 猶予, collection from a seizure; 差押解除 without result and
 * one 催告 between two 更新 (民法150条) give six months at least; 執行停止 lets it run; nothing revives an extinct claim
 * [own knowledge, verify: rules §7]. Events may come in any order; those of one day count in the given one.
 */
export function runPrescriptionClock(
  dueOn: PlainDate,
  events: readonly PrescriptionEvent[],
  years: number,
): Result<PrescriptionClock, IncompleteHistory> {
  const ordered = inOrder(events)
  const incomplete = incompleteAt(ordered)
  if (incomplete !== null) return err(incomplete)
  const firstCompletesOn = addYears(dueOn, years)
  const state: State = { completesOn: firstCompletesOn, held: new Set(), isDemanded: false, isReminded: false }
  const current = (): PlainDate | null => (state.held.size > 0 ? null : state.completesOn)
  const steps = ordered.map((one): PrescriptionStep => {
    const effect = applyEvent(state, one, addYears(maxDate(dueOn, one.on), years))
    return { event: { kind: one.kind, on: one.on }, effect, completesOn: current() }
  })
  return ok({ firstCompletesOn, completesOn: current(), steps })
}

function applyEvent(state: State, { kind, on, isVoid }: OrderedEvent, renewedUntil: PlainDate): PrescriptionEffect {
  if (isVoid) return none('cancelled')
  if (state.held.size === 0 && on > state.completesOn) return none('already-extinct')
  const [begins, ends] = [BEGINS[kind], ENDS[kind]]
  if (begins) state.held.add(begins)
  if (ends) state.held.delete(ends)
  switch (kind) {
    case '督促':
      if (state.isDemanded) return none('demanded-before')
      state.isDemanded = true
      return renew(state, renewedUntil)
    case '一部納付':
    case '承認':
    case '猶予終了':
    case '取立':
      return renew(state, renewedUntil)
    case '催告':
      if (state.isReminded) return none('reminded-before')
      state.isReminded = extend(state, on)
      return state.isReminded ? { kind: '完成猶予' } : none('moves-nothing')
    case '差押解除':
      return extend(state, on) ? { kind: '完成猶予' } : none('moves-nothing')
    case '猶予開始':
    case '差押':
      return { kind: '進行停止' }
    case '差押取消': // void: answered above
    case '執行停止':
      return none('runs-on')
    default:
      return kind satisfies never
  }
}

const none = (because: NoEffect): PrescriptionEffect => ({ kind: '効果なし', because })

function renew(state: State, until: PlainDate): PrescriptionEffect {
  state.completesOn = until
  state.isReminded = false
  return { kind: '更新' }
}

/** Six months from the event at least; whether that moved the completion. */
function extend(state: State, on: PlainDate): boolean {
  const until = addMonths(on, GRACE_MONTHS)
  if (until <= state.completesOn) return false
  state.completesOn = until
  return true
}
