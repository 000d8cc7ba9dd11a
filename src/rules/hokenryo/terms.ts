import { err, ok, type Result } from '#kernel/result.ts'
import { SALARY_TABLES, type SalaryTable } from './income-tables.ts'
import { type LimitYear, limitYearOf } from './limits.ts'
import type { Prefecture } from './prefectures.ts'
import { type Relief, reliefOf, type Rounding, roundingOf } from './profiles.ts'
import { type Rates, ratesOf } from './rates.ts'
import { type ReductionYear, reductionYearOf } from './reduction.ts'

/** What the premium of a 年度 goes by in one 広域連合. */
export interface Terms {
  readonly fiscalYear: number
  readonly prefecture: Prefecture
  readonly rates: Rates
  readonly limits: LimitYear
  readonly reduction: ReductionYear
  readonly salaryTable: SalaryTable
  readonly rounding: Rounding
  readonly relief: Relief
}

/** 広域連合・市町村が渡す料率, in place of the table's. */
export interface OwnRates {
  readonly rates: Rates
  readonly rounding: Partial<Rounding>
}

/** Why there are no terms: the year is outside the tables, the 広域連合's rates are, or own rates lack the 子ども分. */
export type NoTerms = 'year' | 'rates' | 'kodomo'

/** 賦課の条件 of a 年度 and 広域連合: rates (the table's, or `own`), limits, thresholds, tables of income, rounding, relief. */
export function termsOf(fiscalYear: number, prefecture: Prefecture, own: OwnRates | null): Result<Terms, NoTerms> {
  const limits = limitYearOf(fiscalYear)
  const reduction = reductionYearOf(fiscalYear)
  const salaryTable = SALARY_TABLES.find(({ fromYear }) => fromYear <= fiscalYear)
  if (limits === null || reduction === null || salaryTable === undefined) return err('year')
  const rates = own === null ? ratesOf(fiscalYear, prefecture) : own.rates
  if (rates === null) return err('rates')
  if (limits.kodomoYen !== null && rates.kodomo === null) return err('kodomo')
  const rounding = { ...roundingOf(prefecture), ...own?.rounding }
  return ok({ fiscalYear, prefecture, rates, limits, reduction, salaryTable, rounding, relief: reliefOf(prefecture) })
}
