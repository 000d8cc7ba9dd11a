import fc from 'fast-check'
import { computeHokenryo, type Member, type PersonPremium } from '#rules/hokenryo/compute-hokenryo.ts'
import { type Prefecture, PREFECTURES } from '#rules/hokenryo/prefectures.ts'
import { termsOf } from '#rules/hokenryo/terms.ts'
import { aged, richHead, termsIn } from './household.ts'
import { describe, expect, it } from 'vitest'

const premiumOf = (member: Member, fiscalYear: number, prefecture: Prefecture, others: readonly Member[] = []) => {
  const [person] = computeHokenryo([member, ...others], termsIn(fiscalYear, prefecture)).people
  if (person === undefined) throw new Error('nobody insured')
  return person
}
/** A person whose 賦課のもととなる所得 is `baseYen`, in a household without 軽減. */
const withBase = (baseYen: bigint, fiscalYear: number, prefecture: Prefecture): PersonPremium =>
  premiumOf(aged({ otherIncomeYen: 430_000n + baseYen, isHead: false }), fiscalYear, prefecture, [richHead])

// the oracle rows of rules §15.1 are the examples of the 試算
describe('保険料', () => {
  it('O-11, the formula without 軽減: 47,300 + 470,000 × 9.67 % → 92,700', () => {
    expect(withBase(470_000n, 2025, '東京')).toMatchObject({
      iryo: { kintoYen: 47_300n, shotokuwariYen: 45_449n, sumYen: 92_749n, cappedYen: 92_749n, yen: 92_700n },
      kodomo: null,
      annualYen: 92_700n,
    })
  })

  it.each<[string, number, Prefecture, bigint, bigint]>([
    ['令和6年度, 58万円', 2024, '埼玉', 580_000n, 842n],
    ['令和6年度, 58万1円', 2024, '埼玉', 580_001n, 903n],
    ['令和7年度', 2025, '埼玉', 580_000n, 903n],
    ['令和6年度, no reduced rate known', 2024, '宮城', 580_000n, 928n],
  ])('所得割率: %s', (_, year, prefecture, baseYen, rate) => {
    expect(withBase(baseYen, year, prefecture).iryo.rate).toBe(rate)
  })

  it.each<[bigint, bigint, bigint]>([
    [150_000n, 50n, 7_252n],
    [150_001n, 25n, 10_878n],
    [200_000n, 25n, 14_505n],
    [200_001n, 0n, 19_340n],
  ])('東京都独自の軽減: base %s, %s%% off, 所得割 %s', (baseYen, shotokuwariOff, shotokuwariYen) => {
    expect(withBase(baseYen, 2025, '東京').iryo).toMatchObject({ shotokuwariOff, shotokuwariYen })
    expect(withBase(baseYen, 2025, '神奈川').iryo.shotokuwariOff).toBe(0n)
  })

  it('東京都独自の軽減 leaves the 子ども分 alone', () => {
    expect(withBase(150_000n, 2026, '東京')).toMatchObject({
      iryo: { shotokuwariOff: 50n, shotokuwariYen: 7_410n },
      kodomo: { shotokuwariOff: 0n, shotokuwariYen: 390n },
    })
  })

  it.each<[number, boolean, bigint, bigint | null]>([
    [2022, true, 660_000n, null],
    [2024, false, 800_000n, null],
    [2024, true, 730_000n, null],
    [2025, true, 800_000n, null],
    [2026, true, 850_000n, 21_000n],
    [2027, false, 850_000n, 21_000n],
  ])('賦課限度額 of %i, insured before 令和6年度: %s', (year, insuredBeforeR6, iryo, kodomo) => {
    const fiscalYear = Math.max(year, 2023)
    const prefecture = fiscalYear === 2023 ? '奈良' : '東京'
    const person = premiumOf(aged({ otherIncomeYen: 90_000_000n, insuredBeforeR6 }), fiscalYear, prefecture)
    expect(person.iryo).toMatchObject({ limitYen: iryo, cappedYen: iryo, yen: iryo })
    expect(person.kodomo?.yen ?? null).toBe(kodomo)
    expect(person.iryo.sumYen).toBeGreaterThan(iryo)
  })

  it.each<[Prefecture, bigint, bigint, bigint]>([
    // base 123,456 in 令和7年度
    ['埼玉', 45_930n, 11_140n, 57_000n],
    ['福岡', 60_004n, 14_604n, 74_600n],
    ['大阪', 57_172n, 14_506n, 71_600n],
  ])('端数処理 of %s', (prefecture, kintoYen, shotokuwariYen, yen) => {
    expect(withBase(123_456n, 2025, prefecture).iryo).toMatchObject({ kintoYen, shotokuwariYen, yen })
  })

  it('福岡 keeps tens of yen', () => {
    expect(withBase(123_600n, 2025, '福岡').iryo).toMatchObject({ sumYen: 74_625n, yen: 74_620n })
  })

  it('gives a premium to each insured person only, in the order of the household', () => {
    const household = [
      aged({ isInsured: false }),
      aged({ isHead: false, pensionYen: 2_000_000n }),
      aged({ isHead: false, isInsured: false }),
      aged({ isHead: false }),
    ]
    const { people, judged } = computeHokenryo(household, termsIn(2026, '千葉'))
    expect(people.map(({ index }) => index)).toEqual([1, 3])
    expect(judged.map(({ index }) => index)).toEqual([0, 1, 3])
  })
})

describe('賦課の条件', () => {
  const own = {
    rates: { iryo: { kintoYen: 50_000n, rate: 950n }, lowRate: null, kodomo: null, source: '入力した料率' },
    rounding: {},
  }
  it.each<[string, number, Prefecture, Parameters<typeof termsOf>[2], string]>([
    ['before the thresholds', 2022, '奈良', null, 'year'],
    ['after the limits', 2028, '東京', own, 'year'],
    ['no rates', 2023, '東京', null, 'rates'],
    ['own rates without the 子ども分', 2026, '東京', own, 'kodomo'],
  ])('%s', (_, year, prefecture, rates, error) => {
    expect(termsOf(year, prefecture, rates)).toEqual({ ok: false, error })
  })

  it('own rates and own rounding go before the table', () => {
    const rounding = { totalUnitYen: 1n }
    expect(termsOf(2025, '埼玉', { ...own, rounding })).toMatchObject({
      ok: true,
      value: { rates: own.rates, rounding: { kintoUnitYen: 10n, shotokuwariUnitYen: 10n, totalUnitYen: 1n } },
    })
  })
})

describe('properties', () => {
  const yen = fc.bigInt({ min: 0n, max: 40_000_000n })
  const member = fc.record({
    pensionYen: fc.bigInt({ min: 0n, max: 12_000_000n }),
    salaryYen: fc.bigInt({ min: 0n, max: 12_000_000n }),
    otherIncomeYen: yen,
    age: fc.integer({ min: 60, max: 100 }),
    isInsured: fc.boolean(),
    isHead: fc.boolean(),
    wasDependant: fc.boolean(),
    insuredBeforeR6: fc.boolean(),
  })
  const place = fc.tuple(fc.constantFrom(2024, 2025, 2026, 2027), fc.constantFrom(...PREFECTURES))

  it('parts add up, respect unit and limit, and are never negative', () => {
    fc.assert(
      fc.property(fc.array(member, { minLength: 1, maxLength: 4 }), place, (household, [year, prefecture]) => {
        const terms = termsIn(year, prefecture)
        const { people, judged, judgement } = computeHokenryo(household, terms)
        expect(people).toHaveLength(household.filter(({ isInsured }) => isInsured).length)
        expect(judged.reduce((sum, one) => sum + one.judgedYen, 0n)).toBe(judgement.judgedYen)
        for (const person of people) {
          const parts = [person.iryo, ...(person.kodomo === null ? [] : [person.kodomo])]
          expect(parts.reduce((sum, part) => sum + part.yen, 0n)).toBe(person.annualYen)
          for (const part of parts) {
            expect(part.sumYen).toBe(part.kintoYen + part.shotokuwariYen)
            expect(part.kintoYen >= 0n && part.shotokuwariYen >= 0n && part.yen >= 0n).toBe(true)
            expect(part.yen <= part.cappedYen && part.cappedYen <= part.limitYen).toBe(true)
            expect(part.yen % terms.rounding.totalUnitYen).toBe(0n)
            expect(part.cappedYen - part.yen).toBeLessThan(terms.rounding.totalUnitYen)
          }
        }
      }),
    )
  })

  it('more income beside the pension never lowers the premium of anybody in the household', () => {
    fc.assert(
      fc.property(member, member, yen, place, (first, second, more, [year, prefecture]) => {
        const terms = termsIn(year, prefecture)
        const before = computeHokenryo([first, second], terms)
        const raised = { ...first, otherIncomeYen: first.otherIncomeYen + more }
        const after = computeHokenryo([raised, second], terms)
        for (const [at, person] of after.people.entries())
          expect(person.annualYen).toBeGreaterThanOrEqual(before.people[at]?.annualYen ?? 0n)
      }),
    )
  })

  it('is not moved by the order of the household', () => {
    fc.assert(
      fc.property(fc.array(member, { minLength: 2, maxLength: 4 }), place, (household, [year, prefecture]) => {
        const terms = termsIn(year, prefecture)
        const amounts = (members: readonly Member[]) =>
          computeHokenryo(members, terms).people.map(({ annualYen }) => annualYen)
        expect(amounts(household.toReversed())).toEqual(amounts(household).toReversed())
      }),
    )
  })
})
