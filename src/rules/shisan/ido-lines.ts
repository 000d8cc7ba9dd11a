import { type IdoEvent, isPastYear, ruleOf, type TokuchoEffect } from '../ido/events.ts'
import type { IdoOptions } from '../ido/options.ts'
import type { IdoChange } from '../ido/place-change.ts'
import type { Placement } from '../ido/placement.ts'
import { type ExplainLine, sayYen } from './definition.ts'
import { pastYearLines } from './ido-past-year-lines.ts'
import { placingLines } from './ido-placing-lines.ts'
import { startLines } from './ido-start-lines.ts'
import { tokuchoLines } from './ido-tokucho-lines.ts'
import { sayShares } from './say-shares.ts'
import { type ToldChange, tellChange } from './told-change.ts'
import { overpaidLines, proofLine } from './told-slots.ts'

/** 算定の内訳 of an 異動: from the event to every 期 that changes, then the proof. */
export function idoLines(placement: Placement, change: IdoChange, options: IdoOptions): readonly ExplainLine[] {
  const all = tellChange(placement, change, options)
  const begun = placement.slots.slice(change.slots.length)
  return [
    ...change.events.map((event, nth) => eventLine(event, nth)),
    beforeLine(all),
    ...(change.events.some(isPastYear) ? pastYearLines(all) : [...tokuchoLines(all), ...placingLines(all)]),
    ...startLines(all),
    ...overpaidLines(placement.overpaid, all.byDate),
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

function eventLine(event: IdoEvent, nth: number): ExplainLine {
  const { label, effect, basis } = ruleOf(event)
  return { label: nth === 0 ? '異動の事由' : '同時の事由', how: EFFECTS[effect], value: label, basis }
}

function beforeLine({ byDate, placement }: ToldChange): ExplainLine {
  const sum = sayShares(byDate.map(({ slot }) => ({ method: slot.method, month: slot.month, yen: slot.chargedYen })))
  return { label: 'これまでの賦課額', how: sum ?? '賦課額のある期はない', value: sayYen(placement.beforeYen) }
}
