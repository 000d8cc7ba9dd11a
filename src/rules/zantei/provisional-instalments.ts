import { floorTo, type Yen } from '#kernel/yen.ts'
import { type Instalments, splitIntoInstalments } from '../kiwari/split-into-instalments.ts'

export interface ProvisionalInput {
  /** 前年度の年額. */
  readonly previousAnnualYen: Yen
  /** 確定した年額. */
  readonly newAnnualYen: Yen
  /** Periods of the whole year. */
  readonly periods: number
  /** How many of them, from the first, are provisional. */
  readonly provisional: number
  /** 端数の単位: 1, 100 or 1,000 円. */
  readonly unitYen: Yen
  /** By what the previous year's amount is divided: 12 for 12 months. */
  readonly divisor: number
}

export interface ProvisionalInstalments {
  /** previous ÷ divisor, down to 1 円. */
  readonly evenYen: Yen
  /** Each provisional period: `evenYen` down to the unit. All are equal; the rest of the year is settled by the final periods. */
  readonly eachYen: Yen
  readonly provisionalSumYen: Yen
  /** What the final periods have to bring: annual − provisional, not less than 0. */
  readonly restYen: Yen
  /** 確定期の期割 of the rest; the remainder goes to the first of them. */
  readonly final: Instalments
  /** 暫定超過: what the provisional periods charged above the annual amount. */
  readonly excessYen: Yen
}

/**
 * 暫定賦課: every provisional period is the previous year's amount ÷ divisor, down to the unit, without a remainder; the final
 * periods share annual − provisional, the units below to the first of them (July) [source: 能美市; ÷12 and 100 円 also 南伊勢町
 * for 国保税]. When the provisional periods exceed the annual amount, all final ones are 0 and the excess is taken off
 * backwards by 異動賦課 [own knowledge, verify: rules §2.6]. Throws RangeError when no final
 * period is left, or the divisor is 0.
 */
export function provisionalInstalments(input: ProvisionalInput): ProvisionalInstalments {
  const { previousAnnualYen, newAnnualYen, periods, provisional, unitYen, divisor } = input
  if (provisional < 0) throw new RangeError(`not a number of provisional periods: ${provisional}`)
  const evenYen = previousAnnualYen / BigInt(divisor)
  const eachYen = floorTo(evenYen, unitYen)
  const provisionalSumYen = eachYen * BigInt(provisional)
  const balance = newAnnualYen - provisionalSumYen
  const restYen = balance > 0n ? balance : 0n
  const final = splitIntoInstalments(restYen, periods - provisional, unitYen)
  return { evenYen, eachYen, provisionalSumYen, restYen, final, excessYen: restYen - balance }
}
