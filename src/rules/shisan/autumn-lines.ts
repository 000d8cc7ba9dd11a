import type { Yen } from '#kernel/yen.ts'
import { type Autumn, splitHonchoshu } from '../tokucho/honchoshu.ts'
import { type ExplainLine, sayYen } from './definition.ts'
import { sayQuotient } from './say-quotient.ts'

const SPLIT_BASIS =
  '3回で等しく割り、100円未満の端数は10月に合わせる(高齢者医療確保法施行規則100条)[source: 能美市; 厚木市(介護); 琴浦町]'
/** 残りがなければ10月から徴収しない. */
const EXCESS_BASIS = '残りがなければ10月から徴収しない [source: 都城市; 三好市; 横須賀市]'

/** 本徴収: what is left of the year after 仮徴収, and how October, December and February share it. `annual`: 「年額 60,200円」. */
export function autumnLines(annual: string, autumn: Autumn): readonly ExplainLine[] {
  const { provisionalYen, restYen, excessYen } = autumn
  const taken = `仮徴収計 ${sayYen(provisionalYen)}`
  const none = { label: '特別徴収10月・12月・2月', value: sayYen(0n), basis: EXCESS_BASIS }
  if (excessYen > 0n)
    return [
      {
        ...none,
        how: `${taken} が ${annual} より ${sayYen(excessYen)} 多いため徴収しない(超えた額は過納の見込み。還付または充当の対象)`,
      },
    ]
  const rest: ExplainLine = { label: '残り', how: `${annual} − ${taken}`, value: sayYen(restYen) }
  if (restYen === 0n) return [rest, { ...none, how: '残りがないため徴収しない' }]
  return [rest, ...autumnSplitLines('残り', restYen)]
}

/** How October, December and February share an amount. */
export function autumnSplitLines(name: string, yen: Yen): readonly ExplainLine[] {
  const { octYen, decYen, febYen } = splitHonchoshu(yen)
  return [
    {
      label: '特別徴収12月・2月(各)',
      how: `${name} ${sayYen(yen)} ÷ 3回 ${sayQuotient(yen, 3, 100n)}`,
      value: sayYen(decYen),
      basis: SPLIT_BASIS,
    },
    {
      label: '特別徴収10月',
      how: `${name} ${sayYen(yen)} − 12月 ${sayYen(decYen)} − 2月 ${sayYen(febYen)}${octYen === decYen ? '' : '(端数は10月に合わせる)'}`,
      value: sayYen(octYen),
    },
  ]
}

/** 仮徴収 of next year, where February withholds more than it charges. Source: sheet 3.5 I11. */
export const nextYearByOrder = (said: string, orderedYen: Yen, chargedYen: Yen): ExplainLine => ({
  label: '翌年度の仮徴収額',
  how: `止めなければ、翌年度の4月からの仮徴収は2月に${said} ${sayYen(orderedYen)}(賦課額 ${sayYen(chargedYen)}ではない)による`,
  value: sayYen(orderedYen),
  basis: BY_FEBRUARY,
})

/** 翌年度の仮徴収額: that of February once more, as far as this year can tell. */
export const nextYearLine = (yen: Yen): ExplainLine => ({
  label: '翌年度の仮徴収額',
  ...(yen > 0n ? AS_FEBRUARY : NO_FEBRUARY),
  value: sayYen(yen),
})

const BY_FEBRUARY = '介護保険法140条(高齢者医療確保法110条で準用)[source: 北海道広域連合「特別徴収について」; 三好市]'
const AS_FEBRUARY = {
  how: '2月と同じ額を、翌年度の4月・6月・8月に1回ずつ徴収(6月・8月は、仮徴収額を変更することがある)',
  basis: BY_FEBRUARY,
}
const NO_FEBRUARY = {
  how: '2月に特別徴収する額がないため、2月から続く仮徴収はない。翌年度の4月・6月・8月から新しく始めるかは、翌年度の仮徴収の決定による',
  basis: '仮徴収は2月と同じ額: 介護保険法140条(高齢者医療確保法110条で準用)',
}
