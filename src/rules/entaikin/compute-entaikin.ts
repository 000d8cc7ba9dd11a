import { addDays, type PlainDate, plainDateOf } from '#kernel/plain-date.ts'
import type { Yen } from '#kernel/yen.ts'
import { periodEndAfter } from '../calendar/period-end.ts'
import { addSpan, interestBase, type Interest, type OpenSpan, priceSpans } from '../interest/spans.ts'
import { rateOfYear } from '../interest/year-rates.ts'
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

/** `yen` is 0 below 1,000, else floored to 100; `rawYen` the sum before that. */
export interface Entaikin extends Interest {
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
  const lowEnd = periodEndAfter(input.dueOn, input.lowMonths)
  const spans: OpenSpan[] = []
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
    const rate = rateOfYear(year, rates)
    const baseYen = interestBase(balance)
    const lastOfRate = plainDateOf(`${rate ? rate.toYear : year}-12-31`)
    if (lastOfRate < end) end = lastOfRate
    if (baseYen > 0n && !exemption.isExempt) {
      if (!rate) return { ...NOTHING, missingRateOn: day }
      addSpan(spans, baseYen, isLow ? rate.lowPerMille : rate.highPerMille, { from: day, to: end })
    }
    if (end >= input.until) break
    day = addDays(end, 1)
  }
  return { ...priceSpans(spans), missingRateOn: null }
}

/** Part payments in the order of their days. */
export const byDay = (a: PartPayment, b: PartPayment): number =>
  a.paidOn < b.paidOn ? -1 : a.paidOn > b.paidOn ? 1 : 0

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
