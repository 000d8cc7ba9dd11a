import { daysBetween, type PlainDate } from '#kernel/plain-date.ts'
import { floorTo, type Yen } from '#kernel/yen.ts'

/** Days of one base and one rate. `days` leaves out exempt days between `from` and `to`. */
export interface InterestSpan {
  readonly from: PlainDate
  readonly to: PlainDate
  readonly days: number
  readonly baseYen: Yen
  /** The year's rate in tenths of a percent: 28n = 2.8 %. */
  readonly perMille: bigint
  /** Floored to 1 円. */
  readonly yen: Yen
}

/** 計算の基礎となる額: full 1,000 円; none below 2,000 [source: rules §6.3, §8 (大津市, 高石市)]. */
export const interestBase = (yen: Yen): Yen => (yen < 2000n ? 0n : floorTo(yen, 1000n))

/** A span before its interest is known. */
export interface OpenSpan {
  readonly from: PlainDate
  to: PlainDate
  readonly baseYen: Yen
  readonly perMille: bigint
  days: number
}

/** Adds the days `from`–`to`; neighbours of equal base and rate become one span, also across the new year (0020). */
export function addSpan(
  spans: OpenSpan[],
  baseYen: Yen,
  perMille: bigint,
  { from, to }: { readonly from: PlainDate; readonly to: PlainDate },
): void {
  const days = daysBetween(from, to) + 1
  const last = spans.at(-1)
  if (last && last.baseYen === baseYen && last.perMille === perMille) {
    last.to = to
    last.days += days
  } else spans.push({ from, to, baseYen, perMille, days })
}

export interface Interest {
  readonly spans: readonly InterestSpan[]
  /** The sum of the spans, before the thresholds. */
  readonly rawYen: Yen
  /** 確定金額: none below 1,000 円, else full 100 円. */
  readonly yen: Yen
}

/** 利息相当額: each span ÷ 365 also in leap years and floored to 1 円, then the sum [source: rules §6.3, §8]. */
export function priceSpans(open: readonly OpenSpan[]): Interest {
  let rawYen = 0n
  const spans = open.map((span) => {
    const yen = (span.baseYen * span.perMille * BigInt(span.days)) / 365_000n
    rawYen += yen
    return { ...span, yen }
  })
  return { spans, rawYen, yen: rawYen < 1000n ? 0n : floorTo(rawYen, 100n) }
}
