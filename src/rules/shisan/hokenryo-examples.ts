import type { Prefecture } from '../hokenryo/prefectures.ts'
import type { REDUCTION_NAMES } from './hokenryo-words.ts'

interface Person {
  readonly kintoYen: number
  readonly shotokuwariYen: number
  readonly reduction: (typeof REDUCTION_NAMES)[keyof typeof REDUCTION_NAMES]
  readonly annualYen: number
  readonly iryoYen?: number
  readonly kodomoYen?: number
}

/** 単身, 75歳以上, the head: only what the example changes is told. */
const alone = (rest: {
  readonly pensionYen: number
  readonly otherIncomeYen?: number
  readonly wasDependant?: boolean
  readonly insuredBeforeR6?: boolean
}) => ({ age: 80, isInsured: true, isHead: true, ...rest })

const one = (
  [id, source]: readonly [string, string],
  [fiscalYear, prefecture]: readonly [number, Prefecture],
  member: Parameters<typeof alone>[0],
  expected: Person,
) => ({ id, source, input: { fiscalYear, prefecture, household: [alone(member)] }, expected: { people: [expected] } })

const printedExample = (number: number): string =>
  `埼玉県後期高齢者医療広域連合「令和6年度の保険料額算定例」例${number}(印刷された例)`
const CALCULATOR = '公開された計算機の試験が引く東京都の公式計算例'
const CITY_DOCUMENT = '公開された計算機の試験が引く恵庭市 資料No.17'
const DERIVED = '算式から算出'

/** 計算例: all oracle rows of the annual premium, and rows for what they do not reach. */
export const HOKENRYO_EXAMPLES = [
  one(
    ['O-01', printedExample(1)],
    [2024, '埼玉'],
    { pensionYen: 1_530_000 },
    { kintoYen: 13_770, shotokuwariYen: 0, reduction: '7割', annualYen: 13_700 },
  ),
  one(
    ['O-02', printedExample(2)],
    [2024, '埼玉'],
    { pensionYen: 1_680_000 },
    { kintoYen: 13_770, shotokuwariYen: 12_630, reduction: '7割', annualYen: 26_400 },
  ),
  one(
    ['O-04', printedExample(4)],
    [2024, '埼玉'],
    { pensionYen: 2_210_000 },
    { kintoYen: 36_740, shotokuwariYen: 61_400, reduction: '2割', annualYen: 98_100 },
  ),
  one(
    ['O-05', printedExample(5)],
    [2024, '埼玉'],
    { pensionYen: 2_400_000 },
    { kintoYen: 45_930, shotokuwariYen: 78_560, reduction: 'なし', annualYen: 124_400 },
  ),
  one(
    ['O-07', printedExample(7)],
    [2024, '埼玉'],
    { pensionYen: 10_740_000 },
    { kintoYen: 45_930, shotokuwariYen: 754_450, reduction: 'なし', annualYen: 800_000 },
  ),
  one(
    ['O-07 限度額73万円', printedExample(7)],
    [2024, '埼玉'],
    { pensionYen: 10_740_000, insuredBeforeR6: true },
    { kintoYen: 45_930, shotokuwariYen: 754_450, reduction: 'なし', annualYen: 730_000 },
  ),
  one(
    ['O-08', '大和郡山市「ケース別 令和5年度計算例」(印刷された例)'],
    [2023, '奈良'],
    { pensionYen: 1_500_000 },
    { kintoYen: 15_150, shotokuwariYen: 0, reduction: '7割', annualYen: 15_100 },
  ),
  one(
    ['O-10', 'LIMO「後期高齢者医療保険料シミュレーション」(印刷された例)'],
    [2025, '東京'],
    { pensionYen: 3_000_000 },
    { kintoYen: 47_300, shotokuwariYen: 142_149, reduction: 'なし', annualYen: 189_400 },
  ),
  one(
    ['O-11 2割軽減', 'LIMOの例(賦課のもととなる所得47万円)に軽減を入れて算出'],
    [2025, '東京'],
    { pensionYen: 2_000_000 },
    { kintoYen: 37_840, shotokuwariYen: 45_449, reduction: '2割', annualYen: 83_200 },
  ),
  one(
    ['O-12', CALCULATOR],
    [2026, '東京'],
    { pensionYen: 3_500_000 },
    {
      kintoYen: 53_300,
      shotokuwariYen: 189_696,
      reduction: 'なし',
      annualYen: 249_100,
      iryoYen: 242_900,
      kodomoYen: 6200,
    },
  ),
  one(
    ['O-13', CALCULATOR],
    [2026, '東京'],
    { pensionYen: 15_000_000 },
    {
      kintoYen: 53_300,
      shotokuwariYen: 1_246_362,
      reduction: 'なし',
      annualYen: 871_000,
      iryoYen: 850_000,
      kodomoYen: 21_000,
    },
  ),
  one(
    ['O-14', CALCULATOR],
    [2026, '東京'],
    { pensionYen: 1_500_000 },
    { kintoYen: 14_924, shotokuwariYen: 0, reduction: '7割', annualYen: 15_200, iryoYen: 14_900, kodomoYen: 300 },
  ),
  one(
    ['O-17 宮城', '所得500万円×9.28%。小数で計算すると511,399円になる例'],
    [2024, '宮城'],
    { pensionYen: 0, otherIncomeYen: 5_430_000 },
    { kintoYen: 47_400, shotokuwariYen: 464_000, reduction: 'なし', annualYen: 511_400 },
  ),
  one(
    ['O-17 石川 子ども分', '所得110万円×0.24%。小数で計算すると3,999円になる例'],
    [2026, '石川'],
    { pensionYen: 0, otherIncomeYen: 1_530_000 },
    {
      kintoYen: 57_300,
      shotokuwariYen: 122_540,
      reduction: 'なし',
      annualYen: 183_800,
      iryoYen: 179_800,
      kodomoYen: 4000,
    },
  ),
  one(
    ['O-18 153万円', CITY_DOCUMENT],
    [2026, '北海道'],
    { pensionYen: 1_530_000 },
    { kintoYen: 16_789, shotokuwariYen: 0, reduction: '7割', annualYen: 17_100, iryoYen: 16_700, kodomoYen: 400 },
  ),
  one(
    ['O-18 168万円', CITY_DOCUMENT],
    [2026, '北海道'],
    { pensionYen: 1_680_000 },
    { kintoYen: 16_789, shotokuwariYen: 17_415, reduction: '7割', annualYen: 35_000, iryoYen: 34_200, kodomoYen: 800 },
  ),
  one(
    ['O-19c', '福島県の町村の計算例(133,006円、端数処理前)'],
    [2024, '福島'],
    { pensionYen: 2_500_000 },
    { kintoYen: 45_900, shotokuwariYen: 87_106, reduction: 'なし', annualYen: 133_000 },
  ),
  one(
    ['3.2 §8 #19', DERIVED],
    [2025, '東京'],
    { pensionYen: 0, otherIncomeYen: 1_030_000 },
    { kintoYen: 47_300, shotokuwariYen: 58_020, reduction: 'なし', annualYen: 105_300 },
  ),
  one(
    ['3.4 §9 K1', DERIVED],
    [2026, '東京'],
    { pensionYen: 2_100_000 },
    {
      kintoYen: 42_640,
      shotokuwariYen: 56_316,
      reduction: '2割',
      annualYen: 101_400,
      iryoYen: 98_900,
      kodomoYen: 2500,
    },
  ),
  one(
    ['東京都独自の軽減', `${DERIVED}(所得15万円以下は所得割を半分)`],
    [2025, '東京'],
    { pensionYen: 1_680_000 },
    { kintoYen: 14_190, shotokuwariYen: 7252, reduction: '7割', annualYen: 21_400 },
  ),
  one(
    ['元被扶養者', DERIVED],
    [2025, '東京'],
    { pensionYen: 2_400_000, wasDependant: true },
    { kintoYen: 23_650, shotokuwariYen: 0, reduction: '5割(元被扶養者)', annualYen: 23_600 },
  ),
  one(
    ['元被扶養者で7割', DERIVED],
    [2025, '東京'],
    { pensionYen: 1_000_000, wasDependant: true },
    { kintoYen: 14_190, shotokuwariYen: 0, reduction: '7割', annualYen: 14_100 },
  ),
  one(
    ['令和9年度', `${DERIVED}(令和8年度の軽減の基準による)`],
    [2027, '東京'],
    { pensionYen: 1_500_000 },
    { kintoYen: 14_924, shotokuwariYen: 0, reduction: '7割', annualYen: 15_200, iryoYen: 14_900, kodomoYen: 300 },
  ),
  {
    id: '夫婦',
    source: `${DERIVED}(軽減は二人の所得で判定)`,
    input: {
      fiscalYear: 2025,
      prefecture: '東京',
      household: [
        { pensionYen: 2_000_000, age: 80, isInsured: true, isHead: true },
        { pensionYen: 800_000, age: 77, isInsured: true, isHead: false },
      ],
    },
    expected: {
      people: [
        { kintoYen: 23_650, shotokuwariYen: 45_449, reduction: '5割', annualYen: 69_000 },
        { kintoYen: 23_650, shotokuwariYen: 0, reduction: '5割', annualYen: 23_600 },
      ],
    },
  },
  {
    id: '世帯主が被保険者でない',
    source: `${DERIVED}(世帯主の給与所得202万円で軽減なし)`,
    input: {
      fiscalYear: 2025,
      prefecture: '東京',
      household: [
        { pensionYen: 0, salaryYen: 3_000_000, age: 55, isInsured: false, isHead: true },
        { pensionYen: 800_000, age: 84, isInsured: true, isHead: false },
      ],
    },
    expected: { people: [{ kintoYen: 47_300, shotokuwariYen: 0, reduction: 'なし', annualYen: 47_300 }] },
  },
  {
    id: 'O-08 料率を入力',
    source: '大和郡山市「ケース別 令和5年度計算例」の料率を入力',
    input: {
      fiscalYear: 2023,
      prefecture: '東京',
      household: [alone({ pensionYen: 1_500_000 })],
      rates: { kintoYen: 50_500, ratePct: 9.93 },
    },
    expected: { people: [{ kintoYen: 15_150, shotokuwariYen: 0, reduction: '7割', annualYen: 15_100 }] },
  },
  {
    id: '料率と端数処理を入力',
    source: DERIVED,
    input: {
      fiscalYear: 2026,
      prefecture: '埼玉',
      household: [alone({ pensionYen: 2_100_000 })],
      rates: {
        kintoYen: 52_371,
        ratePct: 9.5,
        kodomoKintoYen: 1331,
        kodomoRatePct: 0.25,
        kintoUnitYen: 1,
        shotokuwariUnitYen: 1,
        totalUnitYen: 10,
      },
    },
    expected: {
      people: [
        {
          kintoYen: 41_896,
          shotokuwariYen: 54_150,
          reduction: '2割',
          annualYen: 98_520,
          iryoYen: 96_040,
          kodomoYen: 2480,
        },
      ],
    },
  },
  ...(
    [
      ['世帯主がいない', { household: [{ ...alone({ pensionYen: 800_000 }), isHead: false }] }, '/household'],
      ['世帯主が二人', { household: [alone({ pensionYen: 0 }), alone({ pensionYen: 0 })] }, '/household/1/isHead'],
      ['被保険者がいない', { household: [{ ...alone({ pensionYen: 0 }), isInsured: false }] }, '/household'],
      ['限度額が登録されていない年度', { fiscalYear: 2028 }, '/fiscalYear'],
      ['軽減の基準が登録されていない年度', { fiscalYear: 2022 }, '/fiscalYear'],
      ['料率が登録されていない年度', { fiscalYear: 2023 }, '/rates'],
      ['子ども分の料率がない', { rates: { kintoYen: 53_300, ratePct: 9.88 } }, '/rates'],
      ['率が細かすぎる', { rates: { kintoYen: 53_300, ratePct: 9.885 } }, '/rates/ratePct'],
      [
        '58万円以下の率が細かすぎる',
        { rates: { kintoYen: 53_300, ratePct: 9.88, lowRatePct: 8.123 } },
        '/rates/lowRatePct',
      ],
      [
        '子ども分の率が細かすぎる',
        { rates: { kintoYen: 53_300, ratePct: 9.88, kodomoKintoYen: 1300, kodomoRatePct: 0.255 } },
        '/rates/kodomoRatePct',
      ],
    ] as const
  ).map(([id, changed, refusedAt]) => ({
    id,
    source: '入力の誤り',
    input: { fiscalYear: 2026, prefecture: '東京' as const, household: [alone({ pensionYen: 800_000 })], ...changed },
    refusedAt,
  })),
] as const
