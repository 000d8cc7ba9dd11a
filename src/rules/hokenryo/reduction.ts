import type { Yen } from '#kernel/yen.ts'
import type { Income, Revenue } from './income.ts'

/** 軽減の区分 of a household. */
export type ReductionClass = 'seven' | 'five' | 'two' | 'none'

/** 軽減の基準 of a 年度. */
export interface ReductionYear {
  readonly fromYear: number
  /** Last 年度 for which the figures were seen; later ones go by them until new ones are known. */
  readonly confirmedTo: number
  /** 7割: 基礎控除額. */
  readonly sevenYen: Yen
  /** For each 給与所得者等 from the second on. */
  readonly perEarnerYen: Yen
  /** 5割 and 2割: for each insured person of the household. */
  readonly fivePerInsuredYen: Yen
  readonly twoPerInsuredYen: Yen
  /** 給与収入 above which one counts as 給与所得者等. */
  readonly earnerSalaryYen: Yen
  /** Last 年度 for which that was seen. */
  readonly earnerSalaryConfirmedTo: number
  /** Percent taken off the 均等割 in the class 7割, 医療分 and 子ども分. */
  readonly sevenPercent: { readonly iryo: bigint; readonly kodomo: bigint }
  /** Where they are from, for the explanation. */
  readonly source: string
}

const COMMON = {
  sevenYen: 430_000n,
  perEarnerYen: 100_000n,
  earnerSalaryYen: 550_000n,
  earnerSalaryConfirmedTo: 2025,
  sevenPercent: { iryo: 70n, kodomo: 70n },
} as const

/**
 * 均等割の軽減の基準, newest first. Sources: 桑名市 (令和5), 足寄町・上三川町 (令和6), 加古川市・当別町・藤井寺市 (令和7), open-source 後期
 * calculator (令和8, with 7.2割 for the 医療分; confirmed by O-18 and by the monthly amounts of all prefectures). Whether 7.2割 and the
 * thresholds hold in 令和9年度, and whether the 55万円 of the 給与収入 moved with the income-tax reform of 令和7年: verify.
 */
const REDUCTION_YEARS: readonly ReductionYear[] = [
  {
    ...COMMON,
    fromYear: 2026,
    confirmedTo: 2026,
    fivePerInsuredYen: 310_000n,
    twoPerInsuredYen: 570_000n,
    sevenPercent: { iryo: 72n, kodomo: 70n },
    source: '[source: 公開の後期高齢者医療保険料の計算プログラム; 恵庭市 資料No.17 の計算例と一致]',
  },
  {
    ...COMMON,
    fromYear: 2025,
    confirmedTo: 2025,
    fivePerInsuredYen: 305_000n,
    twoPerInsuredYen: 560_000n,
    source: '[source: 加古川市; 当別町; 藤井寺市]',
  },
  {
    ...COMMON,
    fromYear: 2024,
    confirmedTo: 2024,
    fivePerInsuredYen: 295_000n,
    twoPerInsuredYen: 545_000n,
    source: '[source: 足寄町; 上三川町]',
  },
  {
    ...COMMON,
    fromYear: 2023,
    confirmedTo: 2023,
    fivePerInsuredYen: 290_000n,
    twoPerInsuredYen: 535_000n,
    source: '[source: 桑名市]',
  },
]

/** The figures of a 年度; null before 令和5年度. */
export const reductionYearOf = (fiscalYear: number): ReductionYear | null =>
  REDUCTION_YEARS.find(({ fromYear }) => fromYear <= fiscalYear) ?? null

/** 高齢者特別控除: 65+ on January 1st, from the 年金所得, for this judgement only [source: 当別町, 東京 ward pages]. */
const SENIOR_YEN = 150_000n
/** 公的年金等の収入 above which one counts as 給与所得者等 [source: 上三川町, 駒ヶ根市]. */
export const EARNER_PENSION = { from65: 1_250_000n, below65: 600_000n } as const

/** 軽減判定所得 of one person. No 専従者控除, no special deduction of 譲渡所得 in it [source: 一関市広報]. */
export function judgedIncomeOf({ age }: Revenue, income: Income): { readonly seniorYen: Yen; readonly yen: Yen } {
  const { pensionIncomeYen, totalYen } = income
  const seniorYen = age < 65 ? 0n : pensionIncomeYen < SENIOR_YEN ? pensionIncomeYen : SENIOR_YEN
  return { seniorYen, yen: totalYen - seniorYen }
}

/** 給与所得者等: salary above 55万円, or pension above 125万円 (65+) or 60万円. */
export const isEarner = ({ salaryYen, pensionYen, age }: Revenue, year: ReductionYear): boolean =>
  salaryYen > year.earnerSalaryYen || pensionYen > (age >= 65 ? EARNER_PENSION.from65 : EARNER_PENSION.below65)

export interface Judgement {
  readonly class: ReductionClass
  /** 軽減判定所得 of the household. */
  readonly judgedYen: Yen
  readonly insured: number
  readonly earners: number
  readonly sevenLimitYen: Yen
  readonly fiveLimitYen: Yen
  readonly twoLimitYen: Yen
}

/**
 * 均等割の軽減判定 of a household = all insured and the head, also a head who is not insured: the class whose limit the 軽減判定所得
 * does not exceed. `insured` persons are counted in the limits, `earners` from the second on. Source: rules §1.3.
 */
export function judgeReduction(judgedYen: Yen, insured: number, earners: number, year: ReductionYear): Judgement {
  const sevenLimitYen = year.sevenYen + (earners > 1 ? year.perEarnerYen * BigInt(earners - 1) : 0n)
  const fiveLimitYen = sevenLimitYen + year.fivePerInsuredYen * BigInt(insured)
  const twoLimitYen = sevenLimitYen + year.twoPerInsuredYen * BigInt(insured)
  const limits = { judgedYen, insured, earners, sevenLimitYen, fiveLimitYen, twoLimitYen }
  if (judgedYen <= sevenLimitYen) return { ...limits, class: 'seven' }
  if (judgedYen <= fiveLimitYen) return { ...limits, class: 'five' }
  return { ...limits, class: judgedYen <= twoLimitYen ? 'two' : 'none' }
}
