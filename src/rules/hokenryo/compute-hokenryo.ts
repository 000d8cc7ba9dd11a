import { floorTo, type Yen } from '#kernel/yen.ts'
import { type Income, incomeOf, type Revenue } from './income.ts'
import { isEarner, judgedIncomeOf, type Judgement, judgeReduction, type ReductionClass } from './reduction.ts'
import type { Terms } from './terms.ts'

/** 世帯員. One who is neither insured nor the head does not count. */
export interface Member extends Revenue {
  readonly isInsured: boolean
  readonly isHead: boolean
  /** 元被扶養者, in the 24 months from the month of acquisition. */
  readonly wasDependant: boolean
  /** 令和6年度: born on or before 昭和24年3月31日, or 障害認定 by 令和7年3月31日. */
  readonly insuredBeforeR6: boolean
}

/** 医療分 or 子ども分 of one person, with every figure on the way. */
export interface PartPremium {
  readonly fullKintoYen: Yen
  /** Percent taken off the 均等割. */
  readonly kintoOff: bigint
  /** 均等割 after reduction, rounded. */
  readonly kintoYen: Yen
  /** 所得割率 used, in ten-thousandths. */
  readonly rate: bigint
  /** Percent taken off the 所得割 by the 広域連合 itself. */
  readonly shotokuwariOff: bigint
  /** 所得割, rounded; 0 for 元被扶養者. */
  readonly shotokuwariYen: Yen
  /** 均等割 + 所得割. */
  readonly sumYen: Yen
  readonly limitYen: Yen
  /** The sum, not above the limit. */
  readonly cappedYen: Yen
  /** `cappedYen` down to the unit of the total. */
  readonly yen: Yen
}

export interface PersonPremium {
  /** Place in the household. */
  readonly index: number
  readonly income: Income
  /** `dependant`: 5割 as 元被扶養者, where the household's class would give less. */
  readonly reduction: ReductionClass | 'dependant'
  readonly isDependant: boolean
  readonly iryo: PartPremium
  readonly kodomo: PartPremium | null
  readonly annualYen: Yen
}

export interface JudgedMember {
  readonly index: number
  readonly income: Income
  readonly seniorYen: Yen
  readonly judgedYen: Yen
  readonly isEarner: boolean
}

export interface HouseholdPremium {
  /** Who counts for the 軽減判定, in the order of the household. */
  readonly judged: readonly JudgedMember[]
  readonly judgement: Judgement
  /** The insured, in the order of the household. */
  readonly people: readonly PersonPremium[]
}

/** 令和6年度 only: the reduced 所得割率 up to this 賦課のもととなる所得. */
export const LOW_RATE = { fiscalYear: 2024, upToYen: 580_000n } as const

const OFF = { five: 50n, two: 20n, none: 0n, dependant: 50n } as const

/**
 * 年間保険料: 均等割 after reduction + 所得割 (賦課のもととなる所得 × 率), capped, rounded; from 令和8年度 for 医療分 and 子ども分 each, then
 * added. For a whole year, all incomes known. 元被扶養者: no 所得割, 均等割 5割 off unless the 7割 class applies [source: 加古川市,
 * 泉大津市広報]. Source: rules §1.1–1.5. The 広域連合 decides; this is for checking and explaining.
 */
export function computeHokenryo(household: readonly Member[], terms: Terms): HouseholdPremium {
  const judged: JudgedMember[] = []
  let judgedYen = 0n
  let insured = 0
  let earners = 0
  for (const [index, member] of household.entries()) {
    if (!member.isInsured && !member.isHead) continue
    const income = incomeOf(member, terms.salaryTable)
    const own = judgedIncomeOf(member, income)
    const earner = isEarner(member, terms.reduction)
    judged.push({ index, income, seniorYen: own.seniorYen, judgedYen: own.yen, isEarner: earner })
    judgedYen += own.yen
    if (member.isInsured) insured += 1
    if (earner) earners += 1
  }
  const judgement = judgeReduction(judgedYen, insured, earners, terms.reduction)
  const people: PersonPremium[] = []
  for (const { index, income } of judged) {
    const member = household[index]
    if (member?.isInsured === true) people.push(premiumOf(index, member, income, judgement.class, terms))
  }
  return { judged, judgement, people }
}

function premiumOf(
  index: number,
  member: Member,
  income: Income,
  household: ReductionClass,
  terms: Terms,
): PersonPremium {
  const { rates, limits, relief } = terms
  const isDependant = member.wasDependant
  const reduction = isDependant && (household === 'two' || household === 'none') ? 'dependant' : household
  const seven = terms.reduction.sevenPercent
  const baseYen = isDependant ? 0n : income.baseYen
  const own = baseYen === 0n ? undefined : relief.find(({ upToYen }) => baseYen <= upToYen)
  const isLow = terms.fiscalYear === LOW_RATE.fiscalYear && baseYen <= LOW_RATE.upToYen
  const iryo = partOf(
    {
      fullKintoYen: rates.iryo.kintoYen,
      kintoOff: reduction === 'seven' ? seven.iryo : OFF[reduction],
      rate: isLow && rates.lowRate !== null ? rates.lowRate : rates.iryo.rate,
      shotokuwariOff: own === undefined ? 0n : own.percent,
      limitYen: (member.insuredBeforeR6 ? limits.insuredBeforeR6Yen : null) ?? limits.iryoYen,
    },
    baseYen,
    terms,
  )
  const kodomo =
    rates.kodomo === null || limits.kodomoYen === null
      ? null
      : partOf(
          {
            fullKintoYen: rates.kodomo.kintoYen,
            kintoOff: reduction === 'seven' ? seven.kodomo : OFF[reduction],
            rate: rates.kodomo.rate,
            shotokuwariOff: 0n,
            limitYen: limits.kodomoYen,
          },
          baseYen,
          terms,
        )
  const annualYen = kodomo === null ? iryo.yen : iryo.yen + kodomo.yen
  return { index, income, reduction, isDependant, iryo, kodomo, annualYen }
}

type PartBasis = Pick<PartPremium, 'fullKintoYen' | 'kintoOff' | 'rate' | 'shotokuwariOff' | 'limitYen'>

function partOf(basis: PartBasis, baseYen: Yen, { rounding }: Terms): PartPremium {
  const { fullKintoYen, kintoOff, rate, shotokuwariOff, limitYen } = basis
  const kintoYen = floorTo((fullKintoYen * (100n - kintoOff)) / 100n, rounding.kintoUnitYen)
  const shotokuwariYen = floorTo((baseYen * rate * (100n - shotokuwariOff)) / 1_000_000n, rounding.shotokuwariUnitYen)
  const sumYen = kintoYen + shotokuwariYen
  const cappedYen = sumYen < limitYen ? sumYen : limitYen
  return {
    fullKintoYen,
    kintoOff,
    kintoYen,
    rate,
    shotokuwariOff,
    shotokuwariYen,
    sumYen,
    limitYen,
    cappedYen,
    yen: floorTo(cappedYen, rounding.totalUnitYen),
  }
}
