import { type IdoEvent, isLoss, isPastYear, ruleOf, type TokuchoEffect } from '../ido/events.ts'
import type { IdoOptions } from '../ido/options.ts'
import type { IdoChange } from '../ido/place-change.ts'
import type { Placement } from '../ido/placement.ts'
import { nextYearByOrder } from './autumn-lines.ts'
import { type ExplainLine, sayYen } from './definition.ts'
import { heirsLine, OF_WHO_DIED } from './heirs-line.ts'
import { pastYearLines } from './ido-past-year-lines.ts'
import { placingLines } from './ido-placing-lines.ts'
import { startLines } from './ido-start-lines.ts'
import { tokuchoLines } from './ido-tokucho-lines.ts'
import { overpaidLines, paidLine } from './overpaid-lines.ts'
import { sayShares } from './say-shares.ts'
import { type ToldChange, tellChange } from './told-change.ts'
import { proofLine } from './told-slots.ts'

/** 算定の内訳 of an 異動: from the event to every 期 that changes, then the proof. `months` as they were typed in. */
export function idoLines(
  placement: Placement,
  change: IdoChange,
  options: IdoOptions,
  months: number | undefined,
): readonly ExplainLine[] {
  const all = tellChange(placement, change, options)
  const begun = placement.slots.slice(change.slots.length)
  return [
    ...change.events.map((event, nth) => eventLine(event, nth, change)),
    ...monthsLine(change.events, months),
    beforeLine(all),
    ...paidLine(all.byDate),
    ...(change.events.some(isPastYear) ? pastYearLines(all) : [...tokuchoLines(all), ...placingLines(all)]),
    ...startLines(all),
    ...overpaidLines(placement.overpaid, all.byDate),
    ...nextYearLines(all),
    ...(change.events.includes('DTH') ? [heirsLine(OF_WHO_DIED, placement)] : []),
    proofLine(all.byDate, begun, placement.zuijiYen, change.newAnnualYen),
  ]
}

const EFFECTS: Readonly<Record<TokuchoEffect, string>> = {
  stop: '特別徴収を止める事由',
  'pension-stop': '年金から徴収できなくなる事由',
  'order-refused': '特別徴収の依頼が受け付けられない事由',
  'by-amount': '特別徴収を続けるか止めるかを、年額の増減で決める事由',
  manual: '特別徴収を続けるか止めるかを、職員が選ぶ事由',
  none: '特別徴収を止めない事由',
}

function eventLine(event: IdoEvent, nth: number, change: IdoChange): ExplainLine {
  const { label, basis } = ruleOf(event)
  return { label: nth === 0 ? '異動の事由' : '同時の事由', how: sayEffect(event, change), value: label, basis }
}

function sayEffect(event: IdoEvent, { slots }: IdoChange): string {
  if (event === 'ADD' || event === 'ADD-k') return '特別徴収を始める事由'
  if (isPastYear(event)) return '過年度の年額が変わる事由'
  if (event === 'RFS') return '送った中止が受け付けられなかった事由'
  if (slots.some(({ method }) => method === '特徴')) return EFFECTS[ruleOf(event).effect]
  if (event === 'MOV') return '徴収する市町村が変わる事由'
  return isLoss(event) ? '資格がなくなる事由' : '普通徴収の期に割り振る事由'
}

/** 12か月 go without saying, but for who comes or goes; of who moves within the prefecture they are not those of 資格. */
function monthsLine(events: readonly IdoEvent[], months: number | undefined): readonly ExplainLine[] {
  const label = '年額の月数'
  const isPartial = events.some((event) => isLoss(event) || event === 'ACQ')
  if (months === undefined)
    return isPartial
      ? [{ label, how: '月数の入力なし。新しい年額を、月割の済んだ額としてそのまま使う', value: '入力なし' }]
      : []
  if (months === 12 && !isPartial) return []
  const isMoved = events.includes('MOV') && !events.includes('DTH') && !events.includes('LOS')
  const how = isMoved
    ? `新しい年額は、この市町村の分とされた ${months}か月分の額(広域連合の決定)`
    : `新しい年額は、資格のある ${months}か月分の額`
  return [{ label, how, value: `${months}か月` }]
}

function beforeLine({ byDate, placement }: ToldChange): ExplainLine {
  const sum = sayShares(byDate.map(({ slot }) => ({ method: slot.method, month: slot.month, yen: slot.chargedYen })))
  return { label: 'これまでの賦課額', how: sum ?? '賦課額のある期はない', value: sayYen(placement.beforeYen) }
}

/** Where 特別徴収 goes on, and February is charged less than was ordered. */
function nextYearLines({ byDate, placement }: ToldChange): readonly ExplainLine[] {
  const february = byDate.find(({ slot }) => slot.method === '特徴' && slot.month === 2 && slot.state !== 'failed')
  if (placement.outcome !== '継続' || february === undefined) return []
  const { slot, orderedYen, chargedYen } = february
  return orderedYen > chargedYen
    ? [nextYearByOrder(slot.state === 'collected' ? '引かれた' : '引かれる', orderedYen, chargedYen)]
    : []
}
