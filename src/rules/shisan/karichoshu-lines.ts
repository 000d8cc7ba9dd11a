import type { Yen } from '#kernel/yen.ts'
import { karichoshuOf } from '../tokucho/karichoshu.ts'
import { type ExplainLine, sayYen } from './definition.ts'
import { sayQuotient } from './say-quotient.ts'

/** 仮徴収額 of who starts in April, June or August, step by step. `year`: 前年度 as seen from the year of the payments. */
export function karichoshuLines(year: string, annualYen: Yen, months: number): readonly ExplainLine[] {
  const { annualisedYen, perPaymentYen } = karichoshuOf(annualYen, months)
  const yearYen = annualYen * 12n
  const annual = sayYen(annualYen)
  const isWhole = months === 12
  const isExact = annualisedYen * BigInt(months) === yearYen
  return [
    {
      label: '年額換算',
      how: isWhole
        ? `${year}は12か月分のため、そのままの額`
        : `${annual} × 12か月 ÷ ${months}か月${isExact ? '' : '(1円未満は省いて示す。次の計算では省かない)'}`,
      value: sayYen(annualisedYen),
    },
    {
      label: '1回の仮徴収額',
      how: `${annual}${isWhole ? '' : ` × 12か月 ÷ ${months}か月`} ÷ 6回(4月から2月までの回数) ${sayQuotient(yearYen, months * 6, 100n)}。決まった年額との差は10月から後で精算する`,
      value: sayYen(perPaymentYen),
      basis: '年額換算の6分の1 [source: 厚木市(介護); 土浦市; 宇部市]',
    },
  ]
}
