import type { Yen } from '#kernel/yen.ts'
import {
  ADJUSTMENT_YEN,
  BASIC_DEDUCTIONS,
  type Bracket,
  PENSION_BRACKETS,
  PENSION_DEDUCTION_CUTS,
  type SalaryTable,
} from './income-tables.ts'

/** 前年の収入と所得 of one person, all known. */
export interface Revenue {
  /** 公的年金等の収入, without 遺族年金 and 障害年金 (非課税). */
  readonly pensionYen: Yen
  /** 給与収入. */
  readonly salaryYen: Yen
  /** その他の所得 (not revenue): 事業, 不動産, 譲渡, 山林 …. 雑損失の繰越控除 is not deducted. */
  readonly otherIncomeYen: Yen
  /** 年齢 on January 1st of the 賦課年度's calendar year: 65 decides on 公的年金等控除 and on the 15万円 of the 軽減判定. */
  readonly age: number
}

export interface Income {
  /** 公的年金等に係る雑所得. */
  readonly pensionIncomeYen: Yen
  /** 公的年金等控除額: what was taken off, not more than the revenue. */
  readonly pensionDeductionYen: Yen
  /** 給与所得 after 所得金額調整控除. */
  readonly salaryIncomeYen: Yen
  /** 給与所得控除額. */
  readonly salaryDeductionYen: Yen
  /** 所得金額調整控除額. */
  readonly adjustmentYen: Yen
  /** 総所得金額等. */
  readonly totalYen: Yen
  /** 基礎控除額. */
  readonly basicDeductionYen: Yen
  /** 賦課のもととなる所得金額: total − 基礎控除, not below 0. */
  readonly baseYen: Yen
}

const atLeastZero = (yen: Yen): Yen => (yen > 0n ? yen : 0n)
const less = (a: Yen, b: Yen): Yen => (a < b ? a : b)

/** The row of a 速算表 that holds for the revenue. */
export function bracketOf(revenueYen: Yen, brackets: readonly Bracket[]): Bracket {
  let found = brackets[0]
  for (const one of brackets) if (one.fromYen <= revenueYen) found = one
  if (!found) throw new RangeError('no brackets')
  return found
}

function applyBracket(revenueYen: Yen, brackets: readonly Bracket[]): Yen {
  const { stepYen, percent, plusYen } = bracketOf(revenueYen, brackets)
  return ((revenueYen - (revenueYen % stepYen)) * percent) / 100n + plusYen
}

/** 公的年金等の速算表 by 年齢. */
export const pensionBracketsOf = (age: number): readonly Bracket[] =>
  age >= 65 ? PENSION_BRACKETS.from65 : PENSION_BRACKETS.below65

/** By how much the 公的年金等控除 is less, because of so much other income; the row of the table, undefined for nothing. */
export const pensionCutOf = (besidesYen: Yen): (typeof PENSION_DEDUCTION_CUTS)[number] | undefined =>
  PENSION_DEDUCTION_CUTS.find(({ overYen }) => besidesYen > overYen)

function basicDeductionOf(totalYen: Yen): Yen {
  for (const { upToYen, yen } of BASIC_DEDUCTIONS) if (totalYen <= upToYen) return yen
  return 0n
}

/**
 * 所得の計算: 年金所得 and 給与所得 from the revenue, 総所得金額等, 賦課のもととなる所得金額 = max(0, 総所得金額等 − 基礎控除)
 * [source: 大田区「保険料の計算方法について」, 大阪府広域連合「保険料」]. Fractions of a yen are dropped from the income
 * [own knowledge, verify]. Amounts must not be negative.
 */
export function incomeOf(revenue: Revenue, salaryTable: SalaryTable): Income {
  const { pensionYen, salaryYen, otherIncomeYen, age } = revenue
  const salary = atLeastZero(applyBracket(salaryYen, salaryTable.brackets))
  const besides = salary + otherIncomeYen
  const cut = pensionCutOf(besides)
  const pensionIncomeYen = atLeastZero(
    less(pensionYen, applyBracket(pensionYen, pensionBracketsOf(age)) + (cut === undefined ? 0n : cut.lessYen)),
  )
  const adjustmentYen = atLeastZero(
    less(salary, ADJUSTMENT_YEN) + less(pensionIncomeYen, ADJUSTMENT_YEN) - ADJUSTMENT_YEN,
  )
  const salaryIncomeYen = salary - adjustmentYen
  const totalYen = pensionIncomeYen + salaryIncomeYen + otherIncomeYen
  const basicDeductionYen = basicDeductionOf(totalYen)
  return {
    pensionIncomeYen,
    pensionDeductionYen: pensionYen - pensionIncomeYen,
    salaryIncomeYen,
    salaryDeductionYen: salaryYen - salary,
    adjustmentYen,
    totalYen,
    basicDeductionYen,
    baseYen: atLeastZero(totalYen - basicDeductionYen),
  }
}
