import { ok } from '#kernel/result.ts'
import { yenToJson } from '#kernel/yen.ts'
import { karichoshuOf } from '../tokucho/karichoshu.ts'
import { defineShisan } from './definition.ts'
import { karichoshuLines } from './karichoshu-lines.ts'
import { integer, record, withDefault, yen } from './schema.ts'

const RULE = '厚木市(介護)・宇部市・土浦市の規則(年額換算 ÷ 6、100円未満切捨て)から算出'

export const karichoshu = defineShisan({
  name: 'karichoshu',
  term: '仮徴収額',
  summary: '4月、6月、8月に特別徴収を始める人の、1回当たりの仮徴収額を求めます。',
  basis: [
    '前年度の年額換算 ÷ 6、100円未満切捨て [source: 厚木市(介護)、土浦市、宇部市]',
    '2月に特別徴収した人の4月・6月・8月は、2月と同じ額 [source: 北海道広域連合「特別徴収について」; 三好市]',
  ],
  formula: ['1回の額 = 前年度の年額 × 12 ÷ 月数 ÷ 6(100円未満切捨て。端数処理は最後に1回だけ行う)'],
  doubts: ['2月に特別徴収している人には使わない。その人の仮徴収額は2月に依頼した額になる。'],
  input: record(
    '入力',
    { previousAnnualYen: yen('前年度の年額', { description: '減額や減免の後の額' }) },
    {
      months: withDefault(
        integer('前年度の月数', '月', {
          description: '前年度の年額が何か月分か',
          minimum: 1,
          maximum: 12,
        }),
        12,
      ),
    },
  ),
  output: record('結果', { perPaymentYen: yen('1回の仮徴収額') }),
  examples: [
    { id: 'O-39 76,300円', source: RULE, input: { previousAnnualYen: 76_300 }, expected: { perPaymentYen: 12_700 } },
    { id: 'O-39 86,500円', source: RULE, input: { previousAnnualYen: 86_500 }, expected: { perPaymentYen: 14_400 } },
    { id: 'O-39 48,000円', source: RULE, input: { previousAnnualYen: 48_000 }, expected: { perPaymentYen: 8000 } },
    { id: '3.2 §8 #10', source: RULE, input: { previousAnnualYen: 73_400 }, expected: { perPaymentYen: 12_200 } },
    {
      id: '3.2 §8 #11 7か月',
      source: RULE,
      input: { previousAnnualYen: 41_400, months: 7 },
      expected: { perPaymentYen: 11_800 },
    },
    {
      id: '3.2 §8 #11 11か月',
      source: RULE,
      input: { previousAnnualYen: 52_700, months: 11 },
      expected: { perPaymentYen: 9500 },
    },
    {
      id: '3.5 §9 I24c',
      source: '6か月分28,900円、翌年4月開始 [derived]',
      input: { previousAnnualYen: 28_900, months: 6 },
      expected: { perPaymentYen: 9600 },
    },
  ],
  compute({ previousAnnualYen, months }) {
    const annualYen = BigInt(previousAnnualYen)
    return ok({
      output: { perPaymentYen: yenToJson(karichoshuOf(annualYen, months).perPaymentYen) },
      lines: karichoshuLines('前年度', annualYen, months),
    })
  },
})
