import { type IdoEvent, isLoss, isPastYear, ruleOf, type TokuchoEffect } from '../ido/events.ts'
import type { IdoOptions } from '../ido/options.ts'
import type { IdoChange } from '../ido/place-change.ts'
import type { Placement } from '../ido/placement.ts'
import { type ExplainLine, sayYen } from './definition.ts'
import { pastYearLines } from './ido-past-year-lines.ts'
import { placingLines } from './ido-placing-lines.ts'
import { startLines } from './ido-start-lines.ts'
import { tokuchoLines } from './ido-tokucho-lines.ts'
import { overpaidLines, paidLine } from './overpaid-lines.ts'
import { sayShares } from './say-shares.ts'
import { type ToldChange, tellChange } from './told-change.ts'
import { proofLine } from './told-slots.ts'

/** 算定の内訳 of an 異動: from the event to every 期 that changes, then the proof. */
export function idoLines(placement: Placement, change: IdoChange, options: IdoOptions): readonly ExplainLine[] {
  const all = tellChange(placement, change, options)
  const begun = placement.slots.slice(change.slots.length)
  return [
    ...change.events.map((event, nth) => eventLine(event, nth, change)),
    ...monthsLine(change),
    beforeLine(all),
    ...paidLine(all.byDate),
    ...(change.events.some(isPastYear) ? pastYearLines(all) : [...tokuchoLines(all), ...placingLines(all)]),
    ...startLines(all),
    ...overpaidLines(placement.overpaid, all.byDate),
    ...(change.events.includes('DTH') ? [heirsLine(all)] : []),
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
  if (slots.some(({ method }) => method === '特徴')) return EFFECTS[ruleOf(event).effect]
  if (event === 'MOV') return '徴収する市町村が変わる事由'
  return isLoss(event) ? '資格がなくなる事由' : '普通徴収の期に割り振る事由'
}

/** 12か月 goes without saying. */
const monthsLine = ({ months }: IdoChange): readonly ExplainLine[] =>
  months === 12
    ? []
    : [{ label: '年額の月数', how: `新しい年額は、資格のある ${months}か月分の額`, value: `${months}か月` }]

function beforeLine({ byDate, placement }: ToldChange): ExplainLine {
  const sum = sayShares(byDate.map(({ slot }) => ({ method: slot.method, month: slot.month, yen: slot.chargedYen })))
  return { label: 'これまでの賦課額', how: sum ?? '賦課額のある期はない', value: sayYen(placement.beforeYen) }
}

const heirsLine = ({ placement: { overpaid } }: ToldChange): ExplainLine => ({
  label: overpaid.totalYen > 0n ? '返す相手' : '納める人',
  how:
    overpaid.totalYen > 0n
      ? '相続人に返す(亡くなった人に未納の保険料があれば、それに充てる)。ただし、死亡した月の翌々月から後に年金から引かれた額は年金保険者に返す(死亡した月は、ここでは尋ねない)'
      : '亡くなった人の残りの保険料は、相続人に納めていただく',
  value: '相続人',
  basis: `${overpaid.totalYen > 0n ? '高齢者医療確保法施行規則108条 ' : ''}[source: 国分寺市; 宮代町]`,
})
