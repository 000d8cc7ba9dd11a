import type { Yen } from '#kernel/yen.ts'
import { karichoshuOf } from '../tokucho/karichoshu.ts'
import { type ExplainLine, sayYen } from './definition.ts'

/** 仮徴収額 of who starts in April, June or August, step by step. `year`: 前年度 as seen from the year of the payments. */
export function karichoshuLines(year: string, annualYen: Yen, months: number): readonly ExplainLine[] {
  const { annualisedYen, exactYen, perPaymentYen } = karichoshuOf(annualYen, months)
  return [
    {
      label: '年額換算',
      how:
        months === 12
          ? `${year}は12か月分のため、そのままの額`
          : `${sayYen(annualYen)} × 12か月 ÷ ${months}か月(1円未満は次の計算まで残し、ここでは省いて示す)`,
      value: sayYen(annualisedYen),
    },
    {
      label: '1回の仮徴収額',
      how: `${sayYen(annualisedYen)} ÷ 6回(4月から2月までの回数)= ${sayYen(exactYen)}(1円未満切捨て)、100円未満切捨て。決まった年額との差は10月から後で精算する`,
      value: sayYen(perPaymentYen),
      basis: '[source: 厚木市(介護); 土浦市; 宇部市]',
    },
  ]
}
