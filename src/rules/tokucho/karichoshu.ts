import { floorTo, type Yen } from '#kernel/yen.ts'

export interface Karichoshu {
  /** 年額換算: annual × 12 ÷ months, down to 1 円; for the explanation only. */
  readonly annualisedYen: Yen
  /** 1回の額 before rounding, down to 1 円. */
  readonly exactYen: Yen
  readonly perPaymentYen: Yen
}

/**
 * 仮徴収額 of who starts in April, June or August: previous annual × 12 ÷ months ÷ 6, floored once to 100 円 at the end.
 * Source: rules §3.3 (厚木市 [介護], 土浦市, 宇部市), O-39. Throws RangeError for months outside 1–12 or a negative amount.
 */
export function karichoshuOf(previousAnnualYen: Yen, months: number): Karichoshu {
  if (!Number.isInteger(months) || months < 1 || months > 12) throw new RangeError(`not a number of months: ${months}`)
  const yearYen = previousAnnualYen * 12n
  const exactYen = yearYen / BigInt(months * 6)
  return { annualisedYen: yearYen / BigInt(months), exactYen, perPaymentYen: floorTo(exactYen, 100n) }
}
