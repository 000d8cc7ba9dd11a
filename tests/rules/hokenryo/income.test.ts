import fc from 'fast-check'
import { incomeOf } from '#rules/hokenryo/income.ts'
import { aged, termsIn } from './household.ts'
import { describe, expect, it } from 'vitest'

const R7 = termsIn(2025, '東京').salaryTable
const R8 = termsIn(2026, '東京').salaryTable

describe('公的年金等控除', () => {
  it.each<[number, bigint, bigint, bigint]>([
    // age, revenue, other income, income
    [65, 0n, 0n, 0n],
    [65, 1_100_000n, 0n, 0n],
    [65, 1_100_001n, 0n, 1n],
    [65, 3_299_999n, 0n, 2_199_999n],
    [65, 3_300_000n, 0n, 2_200_000n],
    [65, 3_300_001n, 0n, 2_200_000n],
    [65, 4_099_999n, 0n, 2_799_999n],
    [65, 4_100_000n, 0n, 2_800_000n],
    [65, 7_699_999n, 0n, 5_859_999n],
    [65, 7_700_000n, 0n, 5_860_000n],
    [65, 9_999_999n, 0n, 8_044_999n],
    [65, 10_000_000n, 0n, 8_045_000n],
    [65, 10_740_000n, 0n, 8_785_000n],
    [64, 600_000n, 0n, 0n],
    [64, 600_001n, 0n, 1n],
    [64, 1_299_999n, 0n, 699_999n],
    [64, 1_300_000n, 0n, 700_000n],
    [64, 3_300_000n, 0n, 2_200_000n],
    [64, 4_100_000n, 0n, 2_800_000n],
    [65, 2_000_000n, 10_000_000n, 900_000n],
    [65, 2_000_000n, 10_000_001n, 1_000_000n],
    [65, 2_000_000n, 20_000_000n, 1_000_000n],
    [65, 2_000_000n, 20_000_001n, 1_100_000n],
    [65, 50_000n, 20_000_001n, 0n],
  ])('%i歳, %s円, beside %s円 → %s円', (age, pensionYen, otherIncomeYen, expected) => {
    const income = incomeOf(aged({ age, pensionYen, otherIncomeYen }), R8)
    expect(income.pensionIncomeYen).toBe(expected)
    expect(income.pensionDeductionYen).toBe(pensionYen - expected)
    expect(income.totalYen).toBe(expected + otherIncomeYen)
  })

  it('does not give the deduction of a pension smaller than the cut back', () => {
    // 20,000,001円 beside: the deduction is 900,000円
    expect(incomeOf(aged({ pensionYen: 900_001n, otherIncomeYen: 20_000_001n }), R8).pensionIncomeYen).toBe(1n)
  })

  it('counts the salary among the income beside', () => {
    // 11,950,000 − 1,950,000 = 10,000,000
    expect(incomeOf(aged({ pensionYen: 2_000_000n, salaryYen: 11_950_000n }), R8).pensionIncomeYen).toBe(900_000n)
    expect(incomeOf(aged({ pensionYen: 2_000_000n, salaryYen: 11_950_001n }), R8).pensionIncomeYen).toBe(1_000_000n)
  })
})

describe('給与所得控除', () => {
  it.each<[string, typeof R7, bigint, bigint]>([
    ['R7', R7, 550_000n, 0n],
    ['R7', R7, 550_001n, 1n],
    ['R7', R7, 1_618_999n, 1_068_999n],
    ['R7', R7, 1_619_000n, 1_069_000n],
    ['R7', R7, 1_619_999n, 1_069_000n],
    ['R7', R7, 1_620_000n, 1_070_000n],
    ['R7', R7, 1_622_000n, 1_072_000n],
    ['R7', R7, 1_624_000n, 1_074_000n],
    ['R7', R7, 1_627_999n, 1_074_000n],
    ['R7', R7, 1_628_000n, 1_076_800n],
    ['R7', R7, 1_631_999n, 1_076_800n],
    ['R7', R7, 1_799_999n, 1_177_600n],
    ['R7', R7, 1_800_000n, 1_180_000n],
    ['R8', R8, 650_000n, 0n],
    ['R8', R8, 650_001n, 1n],
    ['R8', R8, 1_899_999n, 1_249_999n],
    ['R8', R8, 1_900_000n, 1_250_000n],
    ['R8', R8, 3_599_999n, 2_437_200n],
    ['R8', R8, 3_600_000n, 2_440_000n],
    ['R8', R8, 3_603_999n, 2_440_000n],
    ['R8', R8, 3_604_000n, 2_443_200n],
    ['R8', R8, 6_599_999n, 4_836_800n],
    ['R8', R8, 6_600_000n, 4_840_000n],
    ['R8', R8, 6_600_001n, 4_840_000n],
    ['R8', R8, 8_499_999n, 6_549_999n],
    ['R8', R8, 8_500_000n, 6_550_000n],
    ['R8', R8, 10_000_000n, 8_050_000n],
  ])('%s %#: %s', (_, table, salaryYen, expected) => {
    const income = incomeOf(aged({ salaryYen }), table)
    expect(income).toMatchObject({ salaryIncomeYen: expected, salaryDeductionYen: salaryYen - expected })
  })

  it.each<[bigint, bigint, bigint]>([
    // 給与所得 and 年金所得 of each, and what is taken off
    [50_000n, 50_000n, 0n],
    [50_001n, 50_000n, 1n],
    [100_000n, 100_000n, 100_000n],
    [99_999n, 300_000n, 99_999n],
    [300_000n, 300_000n, 100_000n],
    [300_000n, 0n, 0n],
    [0n, 300_000n, 0n],
  ])('所得金額調整控除 of %s and %s: %s', (salary, pension, adjustmentYen) => {
    const income = incomeOf(aged({ salaryYen: salary + 650_000n, pensionYen: pension + 1_100_000n }), R8)
    expect(income).toMatchObject({
      adjustmentYen,
      salaryIncomeYen: salary - adjustmentYen,
      salaryDeductionYen: 650_000n,
      totalYen: salary + pension - adjustmentYen,
    })
  })
})

describe('基礎控除', () => {
  it.each<[bigint, bigint, bigint]>([
    [0n, 430_000n, 0n],
    [429_999n, 430_000n, 0n],
    [430_001n, 430_000n, 1n],
    [24_000_000n, 430_000n, 23_570_000n],
    [24_000_001n, 290_000n, 23_710_001n],
    [24_500_000n, 290_000n, 24_210_000n],
    [24_500_001n, 150_000n, 24_350_001n],
    [25_000_000n, 150_000n, 24_850_000n],
    [25_000_001n, 0n, 25_000_001n],
  ])('of %s円 is %s円, leaves %s円', (otherIncomeYen, basicDeductionYen, baseYen) => {
    expect(incomeOf(aged({ otherIncomeYen }), R8)).toMatchObject({ basicDeductionYen, baseYen })
  })
})

it('more of anything never makes less of it, and nothing is negative', () => {
  const amount = fc.bigInt({ min: 0n, max: 30_000_000n })
  fc.assert(
    fc.property(amount, amount, amount, fc.constantFrom(64, 65), amount, (pension, salary, other, age, more) => {
      const before = { age, pensionYen: pension, salaryYen: salary, otherIncomeYen: other }
      const least = incomeOf(before, R7)
      for (const yen of Object.values(least)) expect(yen).toBeGreaterThanOrEqual(0n)
      for (const changed of [
        { pensionYen: pension + more },
        { salaryYen: salary + more },
        { otherIncomeYen: other + more },
      ]) {
        const income = incomeOf({ ...before, ...changed }, R7)
        expect(income.totalYen).toBeGreaterThanOrEqual(least.totalYen)
        expect(income.baseYen).toBeGreaterThanOrEqual(least.baseYen)
      }
    }),
  )
})
