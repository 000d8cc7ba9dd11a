import { addDays, fromParts, maxDate, minDate, partsOf, type PlainDate } from '#kernel/plain-date.ts'

export interface InsuredSpan {
  /** 賦課年度, April to March. */
  readonly fiscalYear: number
  /** 資格取得日; null: insured since before the year. */
  readonly acquiredOn: PlainDate | null
  /** 資格喪失日; null: not lost, or lost by death only. */
  readonly lostOn: PlainDate | null
  /** 死亡日: the qualification is lost on the day after. */
  readonly diedOn: PlainDate | null
}

export interface ChargedMonths {
  /** 賦課期日: April 1st, or the 取得日 of who enters later in the year. */
  readonly assessedAsOf: PlainDate
  /** 資格喪失日 that counts: the earlier of `lostOn` and the day after `diedOn`. */
  readonly lostOn: PlainDate | null
  /** 賦課月数, 0–12. */
  readonly months: number
  /** Calendar months of the first and the last month charged; null when none is. */
  readonly span: { readonly fromMonth: number; readonly toMonth: number } | null
}

/** Months since year 0, so that months of different years can be compared. */
const monthIndex = (date: PlainDate): number => {
  const { year, month } = partsOf(date)
  return year * 12 + month - 1
}
const monthOf = (index: number): number => (index % 12) + 1

/**
 * 月割: charged from the month of 資格取得 to the month before that of 資格喪失 [source: 兵庫県広域連合「保険料」, 宍粟市]; death on
 * the last day of a month keeps that month, because the loss is the day after [source: 見附市, 宮代町, 国分寺市]. Loss in the
 * month of acquisition gives 0 months [own knowledge, verify]. 賦課期日 is April 1st or the day of acquisition [source: LIMO
 * explanatory article, 福津市]. Throws RangeError when the loss is before the acquisition.
 */
export function chargedMonths({ fiscalYear, acquiredOn, lostOn, diedOn }: InsuredSpan): ChargedMonths {
  const start = fromParts({ year: fiscalYear, month: 4, day: 1 })
  const lossByDeath = diedOn === null ? null : addDays(diedOn, 1)
  const loss = lostOn === null || lossByDeath === null ? (lostOn ?? lossByDeath) : minDate(lostOn, lossByDeath)
  if (acquiredOn !== null && loss !== null && loss < acquiredOn)
    throw new RangeError(`lost on ${loss}, before ${acquiredOn}`)
  const assessedAsOf = acquiredOn === null ? start : maxDate(start, acquiredOn)
  const april = monthIndex(start)
  const from = monthIndex(assessedAsOf)
  const to = loss === null ? april + 11 : Math.min(april + 11, monthIndex(loss) - 1)
  const months = Math.max(0, to - from + 1)
  const span = months === 0 ? null : { fromMonth: monthOf(from), toMonth: monthOf(to) }
  return { assessedAsOf, lostOn: loss, months, span }
}
