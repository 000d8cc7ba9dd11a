import { PAST_YEAR_BASIS } from '../ido/events.ts'
import { backwardLines, backwardOrderOf } from './backward-lines.ts'
import { type ExplainLine, sayYen } from './definition.ts'
import { ZUIJI_DUE } from './ido-raise-lines.ts'
import type { ToldChange } from './told-change.ts'

const LAST_DAY = '過年度の額を変えられる最後の日は、試算「賦課決定の期間制限」で求める(ここでは調べていない)'

/** 過年度の異動: more is one 随時, less is taken off from the last 期 backwards. */
export function pastYearLines(all: ToldChange): readonly ExplainLine[] {
  const { change, placement, options, byDate } = all
  const [now, before] = [`新しい年額 ${sayYen(change.newAnnualYen)}`, `これまでの賦課額 ${sayYen(placement.beforeYen)}`]
  const moreYen = placement.toPlaceYen
  if (moreYen === 0n) return [{ label: '割り振り', how: '年額が変わらないため、期別の額は変えない', value: '変更なし' }]
  const lastDay = { label: '決定の期限', how: LAST_DAY, value: '別に試算する', basis: '高齢者医療確保法160条の2' }
  if (moreYen > 0n)
    return [
      lastDay,
      { label: '増える額', how: `${now} − ${before}`, value: sayYen(moreYen) },
      {
        label: '随時期',
        how: '過年度の期は割り直さず、増える額を今年度の随時期で納めていただく',
        value: sayYen(moreYen),
        basis: `${PAST_YEAR_BASIS}。${ZUIJI_DUE}`,
      },
    ]
  const { how, basis } = backwardOrderOf(options, byDate)
  return [
    lastDay,
    {
      label: '減らす額',
      how: `${before} − ${now}。過年度の期は割り直さず、${how}`,
      value: sayYen(-moreYen),
      basis: `${PAST_YEAR_BASIS}。${basis}`,
    },
    ...backwardLines(byDate, -moreYen, options.backwardOrder),
  ]
}
