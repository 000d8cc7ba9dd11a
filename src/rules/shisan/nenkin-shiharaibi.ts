import { ok } from '#kernel/result.ts'
import { pensionPaymentDays } from '../tokucho/pension-payment-days.ts'
import { defineShisan, sayDay } from './definition.ts'
import { sayClosedUntil } from './say-closed.ts'
import { date, fiscalYear, list, record } from './schema.ts'

export const nenkinShiharaibi = defineShisan({
  name: 'nenkin-shiharaibi',
  term: '年金支払日',
  summary: '年度の6回の年金支払日(特別徴収の日)を求めます。',
  basis: ['偶数月の15日。土曜・日曜・祝日なら、その前の平日に繰り上げる [source: 真狩村]'],
  formula: ['4月・6月・8月・10月・12月・翌2月の15日', '休みの日なら、前の開庁日(納期限とは逆に、前に動く)'],
  doubts: ['毎月払いや一時金の年金の支払日は対象外。'],
  input: record('入力', { fiscalYear: fiscalYear() }),
  output: record('結果', {
    paidOn: list('年金支払日', date('支払日'), { description: '4月から2月まで', minItems: 6, maxItems: 6 }),
  }),
  examples: [
    {
      id: 'O-57',
      source: '真狩村、令和6年度(印刷された例)',
      input: { fiscalYear: 2024 },
      expected: { paidOn: ['2024-04-15', '2024-06-14', '2024-08-15', '2024-10-15', '2024-12-13', '2025-02-14'] },
    },
    {
      id: '3.4 §9 令和8年度',
      source: '真狩村の規則から算出 [derived]',
      input: { fiscalYear: 2026 },
      expected: { paidOn: ['2026-04-15', '2026-06-15', '2026-08-14', '2026-10-15', '2026-12-15', '2027-02-15'] },
    },
  ],
  compute(input, holidays) {
    const days = pensionPaymentDays(input.fiscalYear, holidays)
    return ok({
      output: { paidOn: days.map(({ paidOn }) => paidOn) },
      lines: days.map(({ nominalOn, paidOn }) => ({
        label: `${Number(nominalOn.slice(5, 7))}月`,
        how:
          nominalOn === paidOn
            ? `${sayDay(nominalOn)}は休みの日でないため、そのまま`
            : `${sayClosedUntil(nominalOn, paidOn, holidays)}のため、前の平日に繰上げ`,
        value: sayDay(paidOn),
      })),
    })
  },
})
