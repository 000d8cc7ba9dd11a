import { addYears, maxDate, type PlainDate } from '#kernel/plain-date.ts'

export interface PrescriptionFacts {
  readonly dueOn: PlainDate
  /** 一部納付の最後の領収日: an 承認 that renews 時効. */
  readonly lastPartPaymentOn: PlainDate | null
  /** 徴収猶予の最後の終了日; 時効 does not run while it lasts. */
  readonly deferredUntil: PlainDate | null
}

/**
 * 時効完成日: the later of 納期限, last part payment and 猶予終了日, plus `years` (2), same day: days start the day after
 * [高確法160条, sheet 5.2 A10: own knowledge, verify]. The claim is extinct **after** this day.
 * 2024-07-31 without event → 2026-07-31.
 */
export function prescribesOn(facts: PrescriptionFacts, years: number): PlainDate {
  let from = facts.dueOn
  if (facts.lastPartPaymentOn) from = maxDate(from, facts.lastPartPaymentOn)
  if (facts.deferredUntil) from = maxDate(from, facts.deferredUntil)
  return addYears(from, years)
}
