import { computeHokenryo, type Member } from '#rules/hokenryo/compute-hokenryo.ts'
import type { Prefecture } from '#rules/hokenryo/prefectures.ts'
import { judgeReduction, reductionYearOf } from '#rules/hokenryo/reduction.ts'
import { aged, richHead, termsIn } from './household.ts'
import { describe, expect, it } from 'vitest'

const judge = (household: readonly Member[], year = 2025) =>
  computeHokenryo(household, termsIn(year, year < 2024 ? '奈良' : '東京')).judgement

describe('軽減の基準', () => {
  it.each<[number, number, number, bigint, bigint, bigint]>([
    // 年度, insured, 給与所得者等, 7割, 5割, 2割
    [2023, 1, 0, 430_000n, 720_000n, 965_000n],
    [2024, 1, 1, 430_000n, 725_000n, 975_000n],
    [2025, 1, 1, 430_000n, 735_000n, 990_000n],
    [2026, 1, 1, 430_000n, 740_000n, 1_000_000n],
    [2026, 2, 2, 530_000n, 1_150_000n, 1_670_000n],
    [2026, 3, 3, 630_000n, 1_560_000n, 2_340_000n],
    [2027, 1, 1, 430_000n, 740_000n, 1_000_000n],
  ])('%i, %i insured, %i earning', (year, insured, earners, seven, five, two) => {
    const figures = reductionYearOf(year)
    if (figures === null) throw new Error(`no figures for ${year}`)
    const classOf = (judgedYen: bigint) => judgeReduction(judgedYen, insured, earners, figures)
    expect(classOf(0n)).toMatchObject({ sevenLimitYen: seven, fiveLimitYen: five, twoLimitYen: two, insured, earners })
    expect([seven, seven + 1n, five, five + 1n, two, two + 1n].map((yen) => classOf(yen).class)).toEqual([
      'seven',
      'five',
      'five',
      'two',
      'two',
      'none',
    ])
  })

  it('before 令和5年度 there are none', () => {
    expect(reductionYearOf(2022)).toBeNull()
  })
})

describe('軽減判定所得', () => {
  it('O-02: 年金168万円, single: 168 − 110 − 15 = 43万円 → 7割 (当別町)', () => {
    expect(judge([aged({ pensionYen: 1_680_000n })])).toMatchObject({ judgedYen: 430_000n, class: 'seven' })
    expect(judge([aged({ pensionYen: 1_680_001n })])).toMatchObject({ judgedYen: 430_001n, class: 'five' })
  })

  it.each<[string, Partial<Member>, bigint]>([
    ['65 on January 1st: 15万円 less', { age: 65, pensionYen: 1_700_000n }, 450_000n],
    ['64: nothing less', { age: 64, pensionYen: 1_700_000n }, 1_000_000n],
    ['a pension income below 15万円 gives no loss', { pensionYen: 1_200_000n, otherIncomeYen: 500_000n }, 500_000n],
    ['15万円 of pension income exactly', { pensionYen: 1_250_000n, otherIncomeYen: 500_000n }, 500_000n],
    ['one yen more', { pensionYen: 1_250_001n, otherIncomeYen: 500_000n }, 500_001n],
  ])('%s', (_, told, judgedYen) => {
    expect(judge([aged(told)]).judgedYen).toBe(judgedYen)
  })

  it('the head counts without being insured, other members do not', () => {
    const insured = aged({ isHead: false })
    const earning = { otherIncomeYen: 3_000_000n, isInsured: false }
    expect(judge([insured, aged({ ...earning, isHead: true })])).toMatchObject({ class: 'none', insured: 1 })
    expect(judge([aged(), aged({ ...earning, isHead: false })])).toMatchObject({ class: 'seven', judgedYen: 0n })
  })

  it.each<[string, Partial<Member>, number]>([
    ['給与55万円', { salaryYen: 550_000n }, 0],
    ['給与55万1円', { salaryYen: 550_001n }, 1],
    ['65歳の年金125万円', { age: 65, pensionYen: 1_250_000n }, 0],
    ['65歳の年金125万1円', { age: 65, pensionYen: 1_250_001n }, 1],
    ['64歳の年金60万円', { age: 64, pensionYen: 600_000n }, 0],
    ['64歳の年金60万1円', { age: 64, pensionYen: 600_001n }, 1],
    ['other income', { otherIncomeYen: 9_000_000n }, 0],
  ])('給与所得者等, %s', (_, told, earners) => {
    expect(judge([aged(told)]).earners).toBe(earners)
  })
})

describe('均等割 after reduction', () => {
  it.each<[string, Prefecture, readonly bigint[]]>([
    ['当別町', '北海道', [15_885n, 26_476n, 42_362n]],
    ['藤井寺市', '大阪', [17_151n, 28_586n, 45_737n]],
    ['駒ヶ根市', '長野', [13_309n, 22_182n, 35_492n]],
    ['福津市', '福岡', [18_001n, 30_002n, 48_003n]],
    ['宍粟市, 加古川市', '兵庫', [15_837n, 26_395n, 42_232n]],
    ['埼玉県広域連合: 10円', '埼玉', [13_770n, 22_960n, 36_740n]],
  ])('%s', (_, prefecture, expected) => {
    const terms = termsIn(2025, prefecture)
    const kinto = [430_000n, 735_000n, 990_000n].map(
      (otherIncomeYen) => computeHokenryo([aged({ otherIncomeYen })], terms).people[0]?.iryo.kintoYen,
    )
    expect(kinto).toEqual(expected)
  })

  it.each<[number, bigint, bigint, bigint | null]>([
    [2025, 0n, 70n, null],
    [2026, 0n, 72n, 70n],
    [2026, 740_000n, 50n, 50n],
    [2026, 1_000_000n, 20n, 20n],
    [2026, 1_000_001n, 0n, 0n],
  ])('%i, judged %s: %s%% off the 医療分', (year, otherIncomeYen, iryo, kodomo) => {
    const [person] = computeHokenryo([aged({ otherIncomeYen })], termsIn(year, '東京')).people
    expect([person?.iryo.kintoOff, person?.kodomo?.kintoOff ?? null]).toEqual([iryo, kodomo])
  })

  it.each<[string, readonly Member[], string, bigint]>([
    ['7割 wins', [aged({ wasDependant: true })], 'seven', 70n],
    ['5割 stays', [aged({ wasDependant: true, otherIncomeYen: 735_000n })], 'five', 50n],
    ['better than 2割', [aged({ wasDependant: true, otherIncomeYen: 990_000n })], 'dependant', 50n],
    ['without a reduction of the household', [aged({ wasDependant: true, isHead: false }), richHead], 'dependant', 50n],
  ])('元被扶養者: %s, and no 所得割', (_, household, reduction, kintoOff) => {
    const [person] = computeHokenryo(household, termsIn(2025, '東京')).people
    expect(person).toMatchObject({ reduction, isDependant: true, iryo: { kintoOff, shotokuwariYen: 0n } })
  })
})
