import { floorTo, type Yen } from '#kernel/yen.ts'

export interface Instalments {
  /** 均等額 before rounding: amount ÷ periods, down to 1 円. */
  readonly evenYen: Yen
  /** Each instalment from the second on: `evenYen` down to the unit. */
  readonly baseYen: Yen
  /** The first instalment: what the others leave. */
  readonly firstYen: Yen
  /** All instalments in order; their sum is the amount. */
  readonly instalmentsYen: readonly Yen[]
}

/**
 * 期割: divides the amount over the periods still ahead; the part of each below `unitYen` goes to the first, so that an
 * amount below one unit a period falls into the first altogether. Unit 100 円 in practice, 1,000 円 by 地方税法20条の4の2第6項,
 * 条例 may provide otherwise. Source: rules §2.1, §2.2. Throws RangeError for a negative amount, or fewer than 1 period.
 */
export function splitIntoInstalments(amountYen: Yen, periods: number, unitYen: Yen): Instalments {
  if (!Number.isInteger(periods) || periods < 1) throw new RangeError(`not a number of instalments: ${periods}`)
  if (amountYen < 0n || unitYen < 1n) throw new RangeError(`cannot split ${amountYen} by units of ${unitYen}`)
  const evenYen = amountYen / BigInt(periods)
  const baseYen = floorTo(evenYen, unitYen)
  const firstYen = amountYen - baseYen * BigInt(periods - 1)
  const instalmentsYen = [firstYen]
  while (instalmentsYen.length < periods) instalmentsYen.push(baseYen)
  return { evenYen, baseYen, firstYen, instalmentsYen }
}
