import { addDays, daysBetween, type PlainDate, plainDateOf } from '#kernel/plain-date.ts'
import { floorTo, type Yen } from '#kernel/yen.ts'
import { lowPeriodEnd } from './low-period.ts'
import type { EntaikinRate } from './rates.ts'

/** 部分納付: lowers the balance from the day after `paidOn`. A reversal is a negative amount. */
export interface PartPayment {
  readonly paidOn: PlainDate
  readonly yen: Yen
}

export interface EntaikinInput {
  /** 納期限, already moved to a 開庁日. */
  readonly dueOn: PlainDate
  /** The last day counted: payment day, or the day the letter is dated. */
  readonly until: PlainDate
  /** 納期限における調定額 of the instalment (本料), before the part payments below. */
  readonly chargedYen: Yen
  readonly payments: readonly PartPayment[]
  /** 1 or 3 months of low rate [条例, rules §6.2]. */
  readonly lowMonths: number
  /** Days that bear no 延滞金: 徴収猶予 (`yuyoEntaikin` none) [own knowledge, verify: shuno-common §5]. */
  readonly exempt?: readonly { readonly from: PlainDate; readonly to: PlainDate | null }[]
}

/** One span of equal base and rate; `yen` is floored to 1 円. */
export interface EntaikinSpan {
  readonly baseYen: Yen
  readonly perMille: bigint
  readonly days: number
  readonly yen: Yen
}

export interface Entaikin {
  /** After the thresholds: 0 below 1,000, else floored to 100. */
  readonly yen: Yen
  /** The sum of the spans, before the thresholds. */
  readonly rawYen: Yen
  readonly spans: readonly EntaikinSpan[]
  /** The first day without a registered rate: the result is then 0 and 未確定 (FC09). */
  readonly missingRateOn: PlainDate | null
}

const NOTHING: Entaikin = { yen: 0n, rawYen: 0n, spans: [], missingRateOn: null }

/**
 * 延滞金: from the day after the 納期限 to `until` inclusive, ÷ 365 also in leap years [source: 小平市, 福岡市].
 * Base per part payment floored to 1,000 円, none below 2,000; neighbouring spans of equal base and rate are merged before
 * flooring to 1 円, also across the new year (rules §6.3, shuno-common §5); sum below 1,000 → 0, else floored to 100.
 */
export function computeEntaikin(input: EntaikinInput, rates: readonly EntaikinRate[]): Entaikin {
  if (input.until <= input.dueOn) return NOTHING
  const payments = input.payments.length > 1 ? input.payments.toSorted(byDay) : input.payments
  const lowEnd = lowPeriodEnd(input.dueOn, input.lowMonths)
  const spans: { baseYen: Yen; perMille: bigint; days: number }[] = []
  let balance = input.chargedYen
  let next = 0
  let day = addDays(input.dueOn, 1)
  for (;;) {
    for (let paid = payments[next]; paid && paid.paidOn < day; paid = payments[next]) {
      balance -= paid.yen
      next += 1
    }
    let end = input.until
    const upcoming = payments[next]
    if (upcoming && upcoming.paidOn < end) end = upcoming.paidOn
    const isLow = day <= lowEnd
    if (isLow && lowEnd < end) end = lowEnd
    const exemption = exemptAt(day, input.exempt)
    if (exemption.until !== null && exemption.until < end) end = exemption.until
    const year = Number(day.slice(0, 4))
    const rate = rateOf(year, rates)
    const baseYen = balance < 2000n ? 0n : floorTo(balance, 1000n)
    const lastOfRate = plainDateOf(`${rate ? rate.toYear : year}-12-31`)
    if (lastOfRate < end) end = lastOfRate
    if (baseYen > 0n && !exemption.isExempt) {
      if (!rate) return { ...NOTHING, missingRateOn: day }
      add(spans, baseYen, isLow ? rate.lowPerMille : rate.highPerMille, daysBetween(day, end) + 1)
    }
    if (end >= input.until) break
    day = addDays(end, 1)
  }
  return total(spans)
}

const byDay = (a: PartPayment, b: PartPayment): number => (a.paidOn < b.paidOn ? -1 : a.paidOn > b.paidOn ? 1 : 0)

const rateOf = (year: number, rates: readonly EntaikinRate[]): EntaikinRate | undefined => {
  for (let index = rates.length - 1; index >= 0; index -= 1) {
    const rate = rates[index]
    if (rate && rate.fromYear <= year && year <= rate.toYear) return rate
  }
  return undefined
}

/** Whether the day is exempt, and the last day for which that answer holds (null: without end). */
function exemptAt(
  day: PlainDate,
  exempt: EntaikinInput['exempt'],
): { readonly isExempt: boolean; readonly until: PlainDate | null } {
  if (!exempt || exempt.length === 0) return { isExempt: false, until: null }
  const now = exempt.find((one) => one.from <= day && (one.to === null || day <= one.to))
  if (now) return { isExempt: true, until: now.to }
  let start: PlainDate | null = null
  for (const one of exempt) if (one.from > day && (start === null || one.from < start)) start = one.from
  return { isExempt: false, until: start === null ? null : addDays(start, -1) }
}

function add(
  spans: { baseYen: Yen; perMille: bigint; days: number }[],
  baseYen: Yen,
  perMille: bigint,
  days: number,
): void {
  const last = spans.at(-1)
  if (last && last.baseYen === baseYen && last.perMille === perMille) last.days += days
  else spans.push({ baseYen, perMille, days })
}

function total(merged: readonly Omit<EntaikinSpan, 'yen'>[]): Entaikin {
  let rawYen = 0n
  const spans = merged.map((span) => {
    const yen = (span.baseYen * span.perMille * BigInt(span.days)) / 365_000n
    rawYen += yen
    return { ...span, yen }
  })
  return { yen: rawYen < 1000n ? 0n : floorTo(rawYen, 100n), rawYen, spans, missingRateOn: null }
}
