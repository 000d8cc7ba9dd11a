import { addDays, partsOf, type PlainDate, plainDateOf } from '#kernel/plain-date.ts'
import { ok } from '#kernel/result.ts'
import { yenToJson } from '#kernel/yen.ts'
import { formatWareki } from '../calendar/wareki.ts'
import type { InterestSpan } from '../interest/spans.ts'
import { computeKasankin, type OverpaymentKind } from '../kanpu/compute-kasankin.ts'
import { AVERAGE_LENDING, KASANKIN_RATES, rateOfAverageLending } from '../kanpu/kasankin-rates.ts'
import { defineShisan, type ExplainLine, refuse, sayYen } from './definition.ts'
import {
  ownRateLines,
  ownRates,
  readOwnRates,
  refuseWithoutRate,
  resultLines,
  sayPerMille,
  MERGED_BASIS,
  spanLines,
} from './interest.ts'
import { choice, date, integer, record, yen } from './schema.ts'

const RATES_BASIS =
  '割合は、その日の属する年の還付加算金特例基準割合による(2021年から平均貸付割合 + 0.5%)[source: 大津市「還付加算金」, 広島市]'

const AVERAGE = '平均貸付割合'
/** 7.3 % less the 0.5 % that is added. */
const MAX_AVERAGE_PER_MILLE = 68

const row = (
  id: string,
  source: string,
  [amountYen, kind, paidOn, decidedOn]: readonly [number, OverpaymentKind, string, string],
  [baseYen, fromOn, days, rawYen, kasankinYen]: readonly [number, string, number, number, number],
) => ({
  id,
  source,
  input: { amountYen, kind, paidOn, decidedOn },
  expected: { baseYen, fromOn, days, rawYen, kasankinYen },
})

export const kanpuKasankin = defineShisan({
  name: 'kanpu-kasankin',
  term: '還付加算金',
  summary: '過誤納金を還付または充当するときの還付加算金を計算します。',
  basis: [
    '過納は納付の日の翌日から、誤納は納付の日の翌日から1か月を経過する日の翌日から加算する(地方税法17条の4の例)[source: 中野区「保険料の還付」, 宮前区ポータル, 草津市]',
    '終わりは支出を決定した日、充当では充当をした日(充当適状日が先ならその日)[source: 地方税法17条の4の解説, 広島市]',
    '計算の基礎は1,000円未満切捨て、2,000円未満は加算しない。年の日数は365日とする [source: 大津市, 高石市]',
    '1,000円未満は加算せず、100円未満は切り捨てる [source: 大津市, 高石市]',
    RATES_BASIS,
  ],
  formula: [
    '計算の基礎 = 過誤納の額(2,000円未満は0、1,000円未満切捨て)',
    '期間ごとの額 = 計算の基礎 × 割合 × 日数 ÷ 365(1円未満切捨て)',
    '日数は、起算日から決定の日まで(両端を含む)',
    '割合が同じ期間は、年をまたいでも1つの期間とする',
    '還付加算金 = 期間ごとの額の合計(1,000円未満は0、100円未満切捨て)',
  ],
  doubts: [
    '保険料に還付加算金を付けるには条例の定めがいる。令和8年に始めた市町村もある(豊島区)。',
    '過納を還付と充当に分けるときは、分けた額ごとに計算する [own knowledge, verify]',
    '通知から30日以内に請求がないときは、その後請求までの日数を除く。ここでは除かない。',
    '死亡後の年金から徴収され、年金保険者へ返す額には付けない [own knowledge, verify]',
  ],
  input: record(
    '入力',
    {
      amountYen: yen('過誤納の額', { description: '還付または充当する額' }),
      kind: choice('区分', [
        ['過納', '過納(納付の後に保険料が減った)'],
        ['誤納', '誤納(二重や誤りの納付)'],
      ]),
      paidOn: date('納付の日'),
      decidedOn: date('決定の日', '支出を決定した日。充当では充当適状日'),
    },
    { rates: ownRates(AVERAGE, AVERAGE_LENDING.fromYear, MAX_AVERAGE_PER_MILLE) },
  ),
  output: record('結果', {
    baseYen: yen('計算の基礎'),
    fromOn: date('起算日'),
    days: integer('日数', '日', { minimum: 0, maximum: 100_000 }),
    rawYen: yen('計', { description: '端数処理の前' }),
    kasankinYen: yen('還付加算金'),
  }),
  examples: [
    row(
      'O-15.8',
      '中野区・大津市の規則(2,000円未満)から算出',
      [1999, '過納', '2024-04-30', '2026-06-30'],
      [0, '2024-05-01', 791, 0, 0],
    ),
    row('4.5 §9 #1', '誤納、規則から算出', [8900, '誤納', '2026-09-02', '2026-11-10'], [8000, '2026-10-03', 39, 11, 0]),
    row(
      '4.5 §9 #2',
      '過納、年をまたぐ例、規則から算出',
      [305_400, '過納', '2025-11-28', '2026-11-20'],
      [305_000, '2025-11-29', 357, 3767, 3700],
    ),
    row(
      '4.5 §9 #3',
      '過納、規則から算出',
      [305_400, '過納', '2025-11-28', '2026-12-01'],
      [305_000, '2025-11-29', 368, 3887, 3800],
    ),
    row(
      '4.5 §9 #4 999円',
      '1,000円未満は加算しない、規則から算出',
      [88_000, '過納', '2026-01-05', '2026-11-20'],
      [88_000, '2026-01-06', 319, 999, 0],
    ),
    row(
      '4.5 §9 #4 1,000円',
      '1,000円は加算する、規則から算出',
      [90_000, '過納', '2026-01-12', '2026-11-20'],
      [90_000, '2026-01-13', 312, 1000, 1000],
    ),
    row(
      '4.5 §9 #5',
      '割合の同じ年は1つの期間、規則から算出',
      [64_500, '過納', '2024-07-01', '2026-11-20'],
      [64_000, '2024-07-02', 872, 1602, 1600],
    ),
    row(
      '4.5 §9 #6 応当日なし',
      '民法143条から算出',
      [9000, '誤納', '2026-01-30', '2026-03-01'],
      [9000, '2026-03-01', 1, 0, 0],
    ),
    row('4.5 §9 #6', '民法143条から算出', [9000, '誤納', '2026-05-20', '2026-06-21'], [9000, '2026-06-21', 1, 0, 0]),
    row(
      '起算日の前の決定',
      '1か月を過ぎない誤納に加算はない',
      [900_000, '誤納', '2026-05-20', '2026-06-20'],
      [900_000, '2026-06-21', 0, 0, 0],
    ),
    {
      id: '納付より前の決定',
      source: '日の順が逆',
      input: { amountYen: 9000, kind: '過納', paidOn: '2026-05-20', decidedOn: '2026-05-19' },
      refusedAt: '/decidedOn',
    },
    {
      id: '割合がまだない年',
      source: '登録のない年の割合は推測しない',
      input: { amountYen: 9000, kind: '過納', paidOn: '2026-05-20', decidedOn: '2027-01-01' },
      refusedAt: '/decidedOn',
    },
    {
      id: '割合がまだない年、割合を入れる',
      source: '2027年の平均貸付割合を1.0%とした例、規則から算出',
      input: {
        amountYen: 500_000,
        kind: '過納' as const,
        paidOn: '2026-12-21',
        decidedOn: '2027-03-31',
        rates: [{ year: 2027, basePct: 1 }],
      },
      expected: { baseYen: 500_000, fromOn: '2026-12-22', days: 100, rawYen: 2027, kasankinYen: 2000 },
    },
    {
      id: '同じ年の割合が二つ',
      source: '試算の入力の決まり',
      input: {
        amountYen: 9000,
        kind: '過納' as const,
        paidOn: '2026-05-20',
        decidedOn: '2027-01-01',
        rates: [
          { year: 2027, basePct: 1 },
          { year: 2027, basePct: 1.1 },
        ],
      },
      refusedAt: '/rates/1/year',
    },
    {
      id: '割合の登録より前の年',
      source: '登録のない年の割合は推測しない',
      input: { amountYen: 9000, kind: '過納', paidOn: '2013-12-30', decidedOn: '2014-01-31' },
      refusedAt: '/paidOn',
    },
  ],
  compute({ amountYen, kind, paidOn: paid, decidedOn: decided, rates = [] }) {
    const [paidOn, decidedOn] = [plainDateOf(paid), plainDateOf(decided)]
    if (decidedOn < paidOn)
      return refuse('/decidedOn', '決定の日が納付の日より前です。', '納付の日と決定の日を確かめてください。')
    const amount = BigInt(amountYen)
    const own = readOwnRates(rates, MAX_AVERAGE_PER_MILLE)
    if (!own.ok) return own
    const result = computeKasankin({ amountYen: amount, kind, paidOn, decidedOn }, [
      ...KASANKIN_RATES,
      ...own.value.map(({ year, perMille }) => rateOfAverageLending(year, perMille)),
    ])
    const { baseYen, fromOn, days, missingRateOn } = result
    if (missingRateOn !== null) return refuseYear(missingRateOn, fromOn)
    return ok({
      output: {
        baseYen: yenToJson(baseYen),
        fromOn,
        days,
        rawYen: yenToJson(result.rawYen),
        kasankinYen: yenToJson(result.yen),
      },
      lines: [
        {
          label: '計算の基礎',
          how: `過誤納の額 ${sayYen(amount)}${baseYen === 0n ? 'が2,000円未満のため、加算はない' : 'の1,000円未満切捨て'}`,
          value: sayYen(baseYen),
          basis: '[source: 大津市; 高石市]',
        },
        startLine(kind, paidOn, fromOn),
        daysLine(fromOn, decidedOn, days),
        ...(baseYen === 0n || days === 0
          ? [
              {
                label: '還付加算金',
                how: baseYen === 0n ? '計算の基礎が0円のため、加算しない' : '日数が0日のため、加算しない',
                value: sayYen(0n),
              },
            ]
          : [
              ...ownRateLines(AVERAGE, rates),
              ...spanLines(result.spans, {
                noteOf: () => '',
                rateOf: sayParts,
                basis: RATES_BASIS,
                mergedBasis: MERGED_BASIS,
              }),
              ...resultLines('還付加算金', { none: '加算しない', basis: RESULT_BASIS }, result),
            ]),
      ],
    })
  },
})

const RESULT_BASIS = '1,000円未満は加算せず、100円未満は切捨て [source: 大津市; 高石市]'

/** 「平均貸付割合 0.8% + 0.5%」 from 2021, 「特例基準割合」 before: what the rate of a span is made of. */
const sayParts = ({ from, perMille }: InterestSpan): string =>
  partsOf(from).year >= AVERAGE_LENDING.fromYear
    ? `${AVERAGE} ${sayPerMille(perMille - AVERAGE_LENDING.addedPerMille)} + ${sayPerMille(AVERAGE_LENDING.addedPerMille)}`
    : '特例基準割合'

function startLine(kind: OverpaymentKind, paidOn: PlainDate, fromOn: PlainDate): ExplainLine {
  const paid = `納付の日 ${formatWareki(paidOn)}の翌日`
  return {
    label: '起算日',
    how:
      kind === '過納'
        ? `過納(納付の後に保険料が減った)のため、${paid}`
        : `誤納(二重や誤りの納付)のため、${paid}から1か月を経過する日 ${formatWareki(addDays(fromOn, -1))}の翌日`,
    value: formatWareki(fromOn),
    basis: '地方税法17条の4の例 [source: 中野区「保険料の還付」; 宮前区ポータル; 草津市]',
  }
}

const daysLine = (fromOn: PlainDate, decidedOn: PlainDate, days: number): ExplainLine => ({
  label: '日数',
  how:
    days === 0
      ? `決定の日 ${formatWareki(decidedOn)}が起算日より前のため、加算する日はない`
      : `起算日 ${formatWareki(fromOn)}から決定の日 ${formatWareki(decidedOn)}まで(両端を含む)`,
  value: `${days}日`,
  basis: '[source: 地方税法17条の4の解説; 広島市]',
})

const refuseYear = (day: PlainDate, fromOn: PlainDate) =>
  refuseWithoutRate(
    KASANKIN_RATES.some(({ fromYear }) => fromYear <= partsOf(fromOn).year) ? '/decidedOn' : '/paidOn',
    day,
    '還付加算金',
    AVERAGE,
  )
