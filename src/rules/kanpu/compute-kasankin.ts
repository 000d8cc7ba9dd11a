import { addDays, daysBetween, minDate, type PlainDate, plainDateOf } from '#kernel/plain-date.ts'
import type { Yen } from '#kernel/yen.ts'
import { periodEndAfter } from '../calendar/period-end.ts'
import { addSpan, interestBase, type Interest, type OpenSpan, priceSpans } from '../interest/spans.ts'
import { rateOfYear } from '../interest/year-rates.ts'
import type { KasankinRate } from './kasankin-rates.ts'

/** 過納: the charge was lowered after the payment. 誤納: paid twice or by mistake. */
export type OverpaymentKind = '過納' | '誤納'

export interface KasankinInput {
  /** The portion that is paid back or applied, 円. */
  readonly amountYen: Yen
  readonly kind: OverpaymentKind
  /** 納付のあった日. */
  readonly paidOn: PlainDate
  /** The last day counted: 支出決定日, or for 充当 the 充当適状日. */
  readonly decidedOn: PlainDate
}

/** `yen` is 0 below 1,000, else floored to 100; `rawYen` the sum before that. */
export interface Kasankin extends Interest {
  readonly baseYen: Yen
  readonly fromOn: PlainDate
  /** 0 when the decision comes before `fromOn`. */
  readonly days: number
  /** The first day without a registered rate: nothing is then computed. */
  readonly missingRateOn: PlainDate | null
}

/** 還付加算金の起算日: 過納, the day after the payment; 誤納, the day after one month from then [source: rules §8 (中野区, 草津市)]. */
export const kasankinStart = (kind: OverpaymentKind, paidOn: PlainDate): PlainDate =>
  addDays(kind === '過納' ? paidOn : periodEndAfter(paidOn, 1), 1)

/**
 * 還付加算金: from the 起算日 to `decidedOn` inclusive, ÷ 365. Base floored to 1,000 円, none below 2,000; years of equal rate are
 * one span, each span floored to 1 円; sum below 1,000 → none, else floored to 100 [source: rules §8 (大津市, 高石市), §6.1].
 * Days without claim (more than 30 after the notice) are not left out here.
 */
export function computeKasankin(input: KasankinInput, rates: readonly KasankinRate[]): Kasankin {
  const baseYen = interestBase(input.amountYen)
  const fromOn = kasankinStart(input.kind, input.paidOn)
  const facts = { baseYen, fromOn, days: Math.max(0, daysBetween(fromOn, input.decidedOn) + 1) }
  const spans: OpenSpan[] = []
  for (let from = fromOn; baseYen > 0n && from <= input.decidedOn;) {
    const rate = rateOfYear(Number(from.slice(0, 4)), rates)
    if (!rate) return { ...facts, ...priceSpans([]), missingRateOn: from }
    const to = minDate(plainDateOf(`${rate.toYear}-12-31`), input.decidedOn)
    addSpan(spans, baseYen, rate.perMille, { from, to })
    from = addDays(to, 1)
  }
  return { ...facts, ...priceSpans(spans), missingRateOn: null }
}
