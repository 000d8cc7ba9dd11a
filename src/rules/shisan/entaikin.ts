import { addDays, partsOf, type PlainDate, plainDateOf } from '#kernel/plain-date.ts'
import { ok } from '#kernel/result.ts'
import { type Yen, yenToJson } from '#kernel/yen.ts'
import { periodEndAfter } from '../calendar/period-end.ts'
import { formatWareki } from '../calendar/wareki.ts'
import { byDay, computeEntaikin, type PartPayment } from '../entaikin/compute-entaikin.ts'
import { ADDED_PER_MILLE, ENTAIKIN_RATES, MAX_BASE_PER_MILLE, rateOfBase } from '../entaikin/rates.ts'
import { interestBase, type InterestSpan } from '../interest/spans.ts'
import { defineShisan, type ExplainLine, refuse, sayYen } from './definition.ts'
import {
  ownRateLines,
  ownRates,
  readOwnRates,
  refuseWithoutRate,
  resultLines,
  sayPerMille,
  spanJson,
  MERGED_BASIS,
  spanLines,
} from './interest.ts'
import { choice, date, integer, list, percent, record, yen } from './schema.ts'

const RATES_BASIS =
  '割合は、その日の属する年の延滞金特例基準割合による [source: 岐阜市, 安曇野市, 米沢市, 南陽市, 大津市, 広島市]'

const DAYS_BASIS = '年の日数は、うるう年も365日とする [source: 小平市, 福岡市]'
const FLOOR_BASIS = '期間ごとに1円未満を切り捨てる [source: 豊橋市, 福岡市, 岐阜市]'

const BASE = '延滞金特例基準割合'

interface Row {
  readonly unpaidYen: number
  readonly dueOn: string
  readonly paidOn: string
  readonly lowMonths: 1 | 3
  /** days, percent, yen */
  readonly spans: readonly (readonly [string, string, number, number, number])[]
  readonly baseYen: number
  readonly totalYen: number
  readonly entaikinYen: number
}

const row = (id: string, source: string, { unpaidYen, dueOn, paidOn, lowMonths, spans, ...rest }: Row) => ({
  id,
  source,
  input: { unpaidYen, dueOn, paidOn, lowMonths },
  expected: {
    ...rest,
    spans: spans.map(([from, to, days, ratePct, yenEach]) => ({ from, to, days, ratePct, yen: yenEach })),
  },
})

export const entaikin = defineShisan({
  name: 'entaikin',
  term: '延滞金',
  summary: '納期限の後に納める保険料の延滞金を、1つの期について計算します。',
  basis: [
    '督促をした歳入には条例で延滞金を徴収できる(地方自治法231条の3第2項)[own knowledge, verify]',
    RATES_BASIS,
    '計算の基礎は1,000円未満を切り捨て、2,000円未満は計算しない [source: 各市町村のページ]',
    DAYS_BASIS,
    FLOOR_BASIS,
    '1,000円未満は徴収せず、100円未満は切り捨てる。期ごとに計算する [source: 小平市, 中野区]',
    '低い割合の期間は、納期限の翌日から1か月(小平市ほか)または3か月(中野区ほか)で、条例による。応当する日がない月は末日まで(民法143条)',
  ],
  formula: [
    '計算の基礎 = 未納額(2,000円未満は0、1,000円未満切捨て)',
    '期間ごとの額 = 計算の基礎 × 割合 × 日数 ÷ 365(1円未満切捨て)',
    '日数は、納期限の翌日から納付の日まで(両端を含む)',
    '割合が同じ期間は、年をまたいでも1つの期間とする',
    '延滞金 = 期間ごとの額の合計(1,000円未満は0、100円未満切捨て)',
    '一部の納付があったときは、その翌日から残りの額を基礎とする',
  ],
  doubts: [
    '割合が同じ年をまたぐ期間を1つとするか年ごとに分けるかで、1円の差が出ることがある [derived: 安曇野市は1つとする]',
    '一部納付の後の計算(残りの額の1,000円未満切捨て)[own knowledge, verify]',
    '徴収猶予・執行停止の期間、延滞金の減免はここでは計算しない。',
    '延滞金を徴収するかどうか、いつの賦課から徴収するかは市町村による。',
  ],
  input: record(
    '入力',
    {
      unpaidYen: yen('未納額', { description: '納期限を過ぎたときに未納であった保険料の額(下の一部納付を引く前)' }),
      dueOn: date('納期限', '休日の繰延べをした後の日'),
      paidOn: date('納付の日', '残りの全部を納める日'),
      lowMonths: choice(
        '低い割合の月数',
        [
          [1, '1か月'],
          [3, '3か月'],
        ],
        '条例の定め',
      ),
    },
    {
      partPayments: list(
        '一部納付',
        record('一部納付', {
          paidOn: date('納付の日'),
          yen: yen('納付した額', { minimum: 1 }),
        }),
        { description: '納期限の後、納付の日までに納めた分', minItems: 0, maxItems: 60 },
      ),
      rates: ownRates(BASE, 2014, MAX_BASE_PER_MILLE),
    },
  ),
  output: record('結果', {
    baseYen: yen('計算の基礎', { description: '最初の期間の額。延滞金がかからないときは0' }),
    spans: list(
      '期間',
      record('期間', {
        from: date('始め'),
        to: date('終わり'),
        days: integer('日数', '日', { minimum: 1, maximum: 100_000 }),
        ratePct: percent('割合'),
        yen: yen('額'),
      }),
      { minItems: 0, maxItems: 400 },
    ),
    totalYen: yen('計', { description: '端数処理の前' }),
    entaikinYen: yen('延滞金'),
  }),
  examples: [
    row('O-20', '豊橋市「延滞金の計算方法」', {
      unpaidYen: 65_000,
      dueOn: '2021-05-31',
      paidOn: '2022-01-31',
      lowMonths: 1,
      baseYen: 65_000,
      spans: [
        ['2021-06-01', '2021-06-30', 30, 2.5, 133],
        ['2021-07-01', '2021-12-31', 184, 8.8, 2883],
        ['2022-01-01', '2022-01-31', 31, 8.7, 480],
      ],
      totalYen: 3496,
      entaikinYen: 3400,
    }),
    row('O-22', '品川区「国民健康保険料 延滞金について」', {
      unpaidYen: 100_000,
      dueOn: '2021-04-30',
      paidOn: '2021-10-31',
      lowMonths: 3,
      baseYen: 100_000,
      spans: [
        ['2021-05-01', '2021-07-31', 92, 2.5, 630],
        ['2021-08-01', '2021-10-31', 92, 8.8, 2218],
      ],
      totalYen: 2848,
      entaikinYen: 2800,
    }),
    row('O-23', '北見市「延滞金について」(2つ目の期間の額は算出)', {
      unpaidYen: 75_000,
      dueOn: '2017-08-31',
      paidOn: '2017-11-15',
      lowMonths: 1,
      baseYen: 75_000,
      spans: [
        ['2017-09-01', '2017-09-30', 30, 2.7, 166],
        ['2017-10-01', '2017-11-15', 46, 9, 850],
      ],
      totalYen: 1016,
      entaikinYen: 1000,
    }),
    row('O-25', '安曇野市「延滞金について」(59円は印刷、残りは算出)', {
      unpaidYen: 30_000,
      dueOn: '2024-05-31',
      paidOn: '2025-05-31',
      lowMonths: 1,
      baseYen: 30_000,
      spans: [
        ['2024-06-01', '2024-06-30', 30, 2.4, 59],
        ['2024-07-01', '2025-05-31', 335, 8.7, 2395],
      ],
      totalYen: 2454,
      entaikinYen: 2400,
    }),
    row('O-27', '大網白里市「市税の延滞金」(127円は印刷、残りは算出)', {
      unpaidYen: 60_300,
      dueOn: '2021-06-30',
      paidOn: '2021-12-10',
      lowMonths: 1,
      baseYen: 60_000,
      spans: [
        ['2021-07-01', '2021-07-31', 31, 2.5, 127],
        ['2021-08-01', '2021-12-10', 132, 8.8, 1909],
      ],
      totalYen: 2036,
      entaikinYen: 2000,
    }),
    row('O-29b', '各市町村のページの規則(2,000円未満)から算出', {
      unpaidYen: 1999,
      dueOn: '2020-01-31',
      paidOn: '2026-01-31',
      lowMonths: 1,
      baseYen: 0,
      spans: [],
      totalYen: 0,
      entaikinYen: 0,
    }),
    {
      id: '収納共通 §14 #3',
      source: '一部納付のある例、規則から算出',
      input: {
        unpaidYen: 87_400,
        dueOn: '2026-07-31',
        paidOn: '2026-12-10',
        lowMonths: 1,
        partPayments: [{ paidOn: '2026-09-15', yen: 40_000 }],
      },
      expected: {
        baseYen: 87_000,
        spans: [
          { from: '2026-08-01', to: '2026-08-31', days: 31, ratePct: 2.8, yen: 206 },
          { from: '2026-09-01', to: '2026-09-15', days: 15, ratePct: 9.1, yen: 325 },
          { from: '2026-09-16', to: '2026-12-10', days: 86, ratePct: 9.1, yen: 1007 },
        ],
        totalYen: 1538,
        entaikinYen: 1500,
      },
    },
    {
      id: '割合がまだない年',
      source: '登録のない年の割合は推測しない',
      input: { unpaidYen: 50_000, dueOn: '2026-12-25', paidOn: '2027-01-14', lowMonths: 1 },
      refusedAt: '/paidOn',
    },
    {
      id: '割合がまだない年、割合を入れる',
      source: '2027年の延滞金特例基準割合を2.0%とした例、規則から算出',
      input: {
        unpaidYen: 500_000,
        dueOn: '2026-12-25',
        paidOn: '2027-01-31',
        lowMonths: 1,
        rates: [{ year: 2027, basePct: 2 }],
      },
      expected: {
        spans: [
          { from: '2026-12-26', to: '2026-12-31', days: 6, ratePct: 2.8, yen: 230 },
          { from: '2027-01-01', to: '2027-01-25', days: 25, ratePct: 3, yen: 1027 },
          { from: '2027-01-26', to: '2027-01-31', days: 6, ratePct: 9.3, yen: 764 },
        ],
        totalYen: 2021,
        entaikinYen: 2000,
      },
    },
    {
      id: '割合の小数第2位',
      source: '割合は0.1%きざみ',
      input: {
        unpaidYen: 50_000,
        dueOn: '2026-12-25',
        paidOn: '2027-01-14',
        lowMonths: 1,
        rates: [{ year: 2027, basePct: 1.85 }],
      },
      refusedAt: '/rates/0/basePct',
    },
    {
      id: '割合の登録より前の年',
      source: '登録のない年の割合は推測しない',
      input: { unpaidYen: 50_000, dueOn: '2013-11-30', paidOn: '2014-03-31', lowMonths: 1 },
      refusedAt: '/dueOn',
    },
    {
      id: '納めすぎの一部納付',
      source: '一部納付の計が未納額を超えることはない',
      input: {
        unpaidYen: 10_000,
        dueOn: '2026-07-31',
        paidOn: '2026-12-10',
        lowMonths: 1,
        partPayments: [
          { paidOn: '2026-09-15', yen: 6000 },
          { paidOn: '2026-10-15', yen: 6000 },
        ],
      },
      refusedAt: '/partPayments',
    },
    {
      id: '納期限までの一部納付',
      source: '納期限までに納めた分は未納額に入らない',
      input: {
        unpaidYen: 10_000,
        dueOn: '2026-07-31',
        paidOn: '2026-12-10',
        lowMonths: 3,
        partPayments: [
          { paidOn: '2026-08-01', yen: 6000 },
          { paidOn: '2026-07-31', yen: 1000 },
        ],
      },
      refusedAt: '/partPayments/1/paidOn',
    },
    {
      id: '期限内の納付',
      source: '納期限の日までの納付に延滞金はない',
      input: { unpaidYen: 650_000, dueOn: '2026-07-31', paidOn: '2026-07-31', lowMonths: 1 },
      expected: { baseYen: 0, spans: [], totalYen: 0, entaikinYen: 0 },
    },
    {
      id: '納付の日より後の一部納付',
      source: '納付の日には全部が納まっている',
      input: {
        unpaidYen: 10_000,
        dueOn: '2026-07-31',
        paidOn: '2026-12-10',
        lowMonths: 1,
        partPayments: [{ paidOn: '2026-12-11', yen: 6000 }],
      },
      refusedAt: '/partPayments/0/paidOn',
    },
  ],
  compute({ unpaidYen, dueOn: due, paidOn, lowMonths, partPayments = [], rates = [] }) {
    const [dueOn, until] = [plainDateOf(due), plainDateOf(paidOn)]
    const chargedYen = BigInt(unpaidYen)
    const payments = partPayments.map((one) => ({ paidOn: plainDateOf(one.paidOn), yen: BigInt(one.yen) }))
    const outside = payments.findIndex((one) => one.paidOn <= dueOn || one.paidOn > until)
    if (outside >= 0)
      return refuse(
        `/partPayments/${outside}/paidOn`,
        '一部納付の日が、納期限の翌日から残りの全部を納める日までの間にありません。',
        '日を確かめてください。納期限までに納めた分は、未納額から引いて入れてください。',
      )
    if (payments.reduce((sum, one) => sum + one.yen, 0n) > chargedYen)
      return refuse('/partPayments', '一部納付の計が未納額を超えています。', '未納額と一部納付の額を確かめてください。')
    const own = readOwnRates(rates, MAX_BASE_PER_MILLE)
    if (!own.ok) return own
    const result = computeEntaikin({ dueOn, until, chargedYen, payments, lowMonths }, [
      ...ENTAIKIN_RATES,
      ...own.value.map(({ year, perMille }) => rateOfBase(year, perMille)),
    ])
    if (result.missingRateOn !== null) return refuseYear(result.missingRateOn, dueOn)
    const lowEndsOn = periodEndAfter(dueOn, lowMonths)
    const first = result.spans[0]
    const output = {
      baseYen: yenToJson(first?.baseYen ?? 0n),
      spans: result.spans.map(spanJson),
      totalYen: yenToJson(result.rawYen),
      entaikinYen: yenToJson(result.yen),
    }
    if (first === undefined) return ok({ output, lines: [nothingLine(chargedYen, dueOn, until)] })
    const low: ExplainLine = {
      label: '低い割合の期間',
      how: `納期限 ${formatWareki(dueOn)}の翌日から${lowMonths}か月(応当する日がない月は末日まで)`,
      value: `${formatWareki(lowEndsOn)}まで`,
      basis: '条例、民法143条',
    }
    return ok({
      output,
      lines: [
        {
          label: '計算の基礎',
          how: `未納額 ${sayYen(chargedYen)}の1,000円未満切捨て`,
          value: sayYen(first.baseYen),
          basis: BASE_BASIS,
        },
        ...partPaymentLines(chargedYen, payments, until),
        low,
        ...ownRateLines(BASE, rates),
        ...spanLines(result.spans, {
          noteOf: (span) => (span.to <= lowEndsOn ? '(低い割合)' : ''),
          rateOf: (span) => sayParts(span, lowEndsOn),
          basis: `${RATES_BASIS}。${DAYS_BASIS}。${FLOOR_BASIS}`,
          mergedBasis: `${MERGED_BASIS} [source: 安曇野市]`,
        }),
        ...resultLines('延滞金', { none: '徴収しない', basis: RESULT_BASIS }, result),
      ],
    })
  },
})

const BASE_BASIS = '1,000円未満切捨て、2,000円未満は計算しない [source: 各市町村のページ]'
const RESULT_BASIS = '1,000円未満は徴収せず、100円未満は切捨て [source: 小平市; 中野区]'

/** 特例基準割合 was called 延滞金特例基準割合 from 令和3年 on. */
const RENAMED_IN = 2021

/** 「延滞金特例基準割合 1.8% + 1%」: what the rate of a span is made of. */
function sayParts({ from, to, perMille }: InterestSpan, lowEndsOn: PlainDate): string {
  const name = partsOf(from).year < RENAMED_IN ? '特例基準割合' : BASE
  const added = to <= lowEndsOn ? ADDED_PER_MILLE.low : ADDED_PER_MILLE.high
  return `${name} ${sayPerMille(perMille - added)} + ${sayPerMille(added)}`
}

const nothingLine = (chargedYen: Yen, dueOn: PlainDate, until: PlainDate): ExplainLine => ({
  label: '計算の基礎',
  how:
    until <= dueOn
      ? `納期限 ${formatWareki(dueOn)}までの納付のため、延滞金はない`
      : `未納額 ${sayYen(chargedYen)}が2,000円未満のため、延滞金はない`,
  value: sayYen(0n),
  ...(until <= dueOn ? {} : { basis: BASE_BASIS }),
})

/** What is left after each day of part payment, and the base from the next day on. */
function partPaymentLines(chargedYen: Yen, payments: readonly PartPayment[], until: PlainDate): readonly ExplainLine[] {
  let balance = chargedYen
  return [...Map.groupBy(payments.toSorted(byDay), ({ paidOn }) => paidOn)].flatMap(([paidOn, ofDay]) => {
    const before = balance
    balance = ofDay.reduce((left, { yen }) => left - yen, before)
    if (paidOn >= until) return []
    const base = interestBase(balance)
    const rounding = base === 0n ? 'が2,000円未満のため、この日から延滞金はない' : 'の1,000円未満切捨て'
    return {
      label: `${formatWareki(addDays(paidOn, 1))}からの計算の基礎`,
      how: `残り ${sayYen(before)} − ${ofDay.map(({ yen }) => sayYen(yen)).join(' − ')}(${formatWareki(paidOn)}の納付)= ${sayYen(balance)}${rounding}`,
      value: sayYen(base),
      basis: '一部納付の翌日から、残りの額で計算する [own knowledge, verify]',
    }
  })
}

const refuseYear = (day: PlainDate, dueOn: PlainDate) =>
  refuseWithoutRate(
    ENTAIKIN_RATES.some(({ fromYear }) => fromYear <= partsOf(dueOn).year) ? '/paidOn' : '/dueOn',
    day,
    '延滞金',
    BASE,
  )
