import type { Yen } from '#kernel/yen.ts'
import { type Autumn, splitHonchoshu } from '../tokucho/honchoshu.ts'
import { type ExplainLine, sayYen } from './definition.ts'

const SPLIT_BASIS = '残りを3回で割り、100円未満の端数は10月に合わせる [source: 能美市; 厚木市(介護); 琴浦町]'
/** 残りがなければ10月から徴収しない. */
export const EXCESS_BASIS = '[source: 都城市; 三好市; 横須賀市]'

/** 本徴収: what is left of the year after 仮徴収, and how October, December and February share it. `annual`: 「年額 60,200円」. */
export function autumnLines(annual: string, autumn: Autumn): readonly ExplainLine[] {
  const { provisionalYen, restYen, excessYen } = autumn
  const taken = `仮徴収計 ${sayYen(provisionalYen)}`
  if (excessYen > 0n)
    return [
      {
        label: '10月・12月・2月',
        how: `${taken} が ${annual} より ${sayYen(excessYen)} 多いため徴収しない(超えた額は過誤納の見込み)`,
        value: sayYen(0n),
        basis: EXCESS_BASIS,
      },
    ]
  const rest: ExplainLine = { label: '残り', how: `${annual} − ${taken}`, value: sayYen(restYen) }
  if (restYen === 0n)
    return [rest, { label: '10月・12月・2月', how: '残りがないため徴収しない', value: sayYen(0n), basis: EXCESS_BASIS }]
  return [rest, ...autumnSplitLines('残り', restYen)]
}

/** How October, December and February share an amount. */
export function autumnSplitLines(name: string, yen: Yen): readonly ExplainLine[] {
  const { octYen, decYen, febYen } = splitHonchoshu(yen)
  return [
    {
      label: '12月・2月(各)',
      how: `${name} ${sayYen(yen)} ÷ 3回 = ${sayYen(yen / 3n)}(1円未満切捨て)、100円未満切捨て`,
      value: sayYen(decYen),
      basis: SPLIT_BASIS,
    },
    {
      label: '10月',
      how: `${name} ${sayYen(yen)} − 12月 ${sayYen(decYen)} − 2月 ${sayYen(febYen)}(端数は10月に合わせる)`,
      value: sayYen(octYen),
    },
  ]
}

/** 翌年度の仮徴収額: that of February once more; `none`: what is said where there is none. */
export const nextYearLine = (yen: Yen, none: Pick<ExplainLine, 'how' | 'basis'>): ExplainLine => ({
  label: '翌年度の仮徴収額',
  ...(yen > 0n ? AS_FEBRUARY : none),
  value: sayYen(yen),
})

const AS_FEBRUARY = {
  how: '2月と同じ額を、翌年度の4月・6月・8月に1回ずつ徴収',
  basis: '[source: 北海道広域連合「特別徴収について」; 三好市]',
}
