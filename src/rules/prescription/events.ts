import type { PlainDate } from '#kernel/plain-date.ts'

/** 時効に関わる出来事, in the order of a form. */
export const PRESCRIPTION_EVENTS = [
  '督促',
  '一部納付',
  '承認',
  '催告',
  '猶予開始',
  '猶予終了',
  '差押',
  '取立',
  '差押解除',
  '差押取消',
  '執行停止',
] as const
type Kind = (typeof PRESCRIPTION_EVENTS)[number]

export interface PrescriptionEvent {
  readonly kind: Kind
  /** 督促: 指定期限 (or 到達, by option); 一部納付: 領収日; 承認: signed or received, the earlier; else the day itself. */
  readonly on: PlainDate
}

/** An event with its place in the given list; `isVoid`: a seizure that was cancelled is as if it had never been. */
export interface OrderedEvent extends PrescriptionEvent {
  readonly index: number
  readonly isVoid: boolean
}

/** An end without its beginning, or a second beginning: the history is incomplete. */
export interface IncompleteHistory {
  readonly index: number
  readonly event: PrescriptionEvent
  readonly because: 'not-begun' | 'already-begun'
}

export type Hold = '猶予' | '差押'
export const BEGINS: Readonly<Partial<Record<Kind, Hold>>> = { 猶予開始: '猶予', 差押: '差押' }
export const ENDS: Readonly<Partial<Record<Kind, Hold>>> = {
  猶予終了: '猶予',
  取立: '差押',
  差押解除: '差押',
  差押取消: '差押',
}

/** By day, of one day in the given order; seizures that were cancelled (取消し) are marked void, with their cancellation. */
export function inOrder(events: readonly PrescriptionEvent[]): readonly OrderedEvent[] {
  const ordered = events
    .map((event, index) => ({ ...event, index, isVoid: event.kind === '差押取消' }))
    .toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))
  for (const [place, { kind }] of ordered.entries()) {
    if (kind !== '差押取消') continue
    const seizure = ordered.slice(0, place).findLast((one) => one.kind === '差押')
    if (seizure) seizure.isVoid = true
  }
  return ordered
}

/** The first event that does not fit the ones before it, or null. */
export function incompleteAt(ordered: readonly OrderedEvent[]): IncompleteHistory | null {
  const held = new Set<Hold>()
  for (const { kind, on, index } of ordered) {
    const [begins, ends] = [BEGINS[kind], ENDS[kind]]
    if (begins && held.has(begins)) return { index, event: { kind, on }, because: 'already-begun' }
    if (ends && !held.has(ends)) return { index, event: { kind, on }, because: 'not-begun' }
    if (begins) held.add(begins)
    if (ends) held.delete(ends)
  }
  return null
}
