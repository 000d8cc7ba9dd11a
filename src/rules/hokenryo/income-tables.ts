import type { Yen } from '#kernel/yen.ts'

/** 速算表の一行: from `fromYen` of revenue on, income = (revenue down to `stepYen`) × percent ÷ 100 + `plusYen`. */
export interface Bracket {
  readonly fromYen: Yen
  readonly stepYen: Yen
  readonly percent: bigint
  readonly plusYen: Yen
}

const bracket = (fromYen: Yen, percent: bigint, plusYen: Yen, stepYen: Yen = 1n): Bracket => ({
  fromYen,
  stepYen,
  percent,
  plusYen,
})

/** Both tables of the pension have these from 330万円 (65+) or 130万円 on. */
const UPPER_PENSION: readonly Bracket[] = [
  bracket(4_100_000n, 85n, -685_000n),
  bracket(7_700_000n, 95n, -1_455_000n),
  bracket(10_000_000n, 100n, -1_955_000n),
]

/**
 * 公的年金等控除, as brackets of the 公的年金等に係る雑所得, for other income up to 1,000万円. 65+: [own knowledge, verify; consistent
 * with O-07 and O-12]; below 65: [own knowledge, verify]. In force for incomes from 令和2年.
 */
export const PENSION_BRACKETS = {
  from65: [bracket(0n, 100n, -1_100_000n), bracket(3_300_000n, 75n, -275_000n), ...UPPER_PENSION],
  below65: [bracket(0n, 100n, -600_000n), bracket(1_300_000n, 75n, -275_000n), ...UPPER_PENSION],
} as const satisfies Record<string, readonly Bracket[]>

/** 公的年金等以外の合計所得金額 above `overYen`: the 公的年金等控除 is less by `lessYen` [own knowledge, verify]. Highest first. */
export const PENSION_DEDUCTION_CUTS: readonly { readonly overYen: Yen; readonly lessYen: Yen }[] = [
  { overYen: 20_000_000n, lessYen: 200_000n },
  { overYen: 10_000_000n, lessYen: 100_000n },
]

/** From 360万円 on both tables of the salary agree; up to 660万円 the revenue counts in steps of 4,000円. */
const UPPER_SALARY: readonly Bracket[] = [
  bracket(3_600_000n, 80n, -440_000n, 4000n),
  bracket(6_600_000n, 90n, -1_100_000n),
  bracket(8_500_000n, 100n, -1_950_000n),
]

export interface SalaryTable {
  /** First 賦課年度: that after the year of the income. */
  readonly fromYear: number
  /** Last 賦課年度 for which the table was checked against a law in force. */
  readonly confirmedTo: number
  readonly brackets: readonly Bracket[]
}

/**
 * 給与所得控除, as brackets of the 給与所得 (所得税法28条, 別表第五) [own knowledge, verify]: incomes of 令和2–6年 with at least
 * 55万円, from 令和7年 with at least 65万円. A further change for incomes of 令和8年 is not in the table: verify. Newest first.
 */
export const SALARY_TABLES: readonly SalaryTable[] = [
  {
    fromYear: 2026,
    confirmedTo: 2026,
    brackets: [bracket(0n, 100n, -650_000n), bracket(1_900_000n, 70n, -80_000n, 4000n), ...UPPER_SALARY],
  },
  {
    fromYear: 2021,
    confirmedTo: 2025,
    brackets: [
      bracket(0n, 100n, -550_000n),
      bracket(1_619_000n, 0n, 1_069_000n),
      bracket(1_620_000n, 0n, 1_070_000n),
      bracket(1_622_000n, 0n, 1_072_000n),
      bracket(1_624_000n, 0n, 1_074_000n),
      bracket(1_628_000n, 60n, 100_000n, 4000n),
      bracket(1_800_000n, 70n, -80_000n, 4000n),
      ...UPPER_SALARY,
    ],
  },
]

/** 所得金額調整控除 of who has salary and pension: up to 10万円 of each, less 10万円 [own knowledge, verify: 租税特別措置法41条の3の11]. */
export const ADJUSTMENT_YEN = 100_000n

/**
 * 基礎控除 of the premium by 合計所得金額: 43万円 up to 2,400万円 [source: 大田区, 大阪府広域連合「保険料」]; the steps below it
 * [own knowledge, verify].
 */
export const BASIC_DEDUCTIONS = [
  { upToYen: 24_000_000n, yen: 430_000n },
  { upToYen: 24_500_000n, yen: 290_000n },
  { upToYen: 25_000_000n, yen: 150_000n },
] as const satisfies readonly { readonly upToYen: Yen; readonly yen: Yen }[]
