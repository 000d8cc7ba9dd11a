import { fromParts, minDate, partsOf, type PlainDate } from '#kernel/plain-date.ts'
import { periodEndAfter } from '../calendar/period-end.ts'

/** 賦課決定ができる期間. Source: 高齢者の医療の確保に関する法律160条の2 [介護: 厚労省事務連絡による]. */
const LIMIT_MONTHS = 24
const TOKUCHO_DAY = 10

export interface AssessmentYear {
  /** 条例の最初の納期限; null: no 普通徴収. */
  readonly firstFuchoDueOn: PlainDate | null
  /** 最初に特別徴収した年金の支払日; null: no 特別徴収. */
  readonly firstTokuchoPaidOn: PlainDate | null
  /** 資格取得日; null: before the year. */
  readonly acquiredOn: PlainDate | null
}

export interface AssessmentLimit {
  /** 普通徴収の納期, 特別徴収の納期; null: none. */
  readonly fuchoOn: PlainDate | null
  readonly tokuchoOn: PlainDate | null
  /** 最初の納期: the earlier of them. */
  readonly firstOn: PlainDate
  /** 起算の基になる日: the limit runs from the day after it. */
  readonly baseOn: PlainDate
  readonly base: '普通徴収の納期' | '特別徴収の納期' | '資格取得'
  /** The last day of a decision. */
  readonly lastOn: PlainDate
}

/** 特別徴収の納期: the 10th of the month after the payment. */
function tokuchoDueOn(paidOn: PlainDate): PlainDate {
  const { year, month } = partsOf(paidOn)
  return fromParts({ year: month === 12 ? year + 1 : year, month: (month % 12) + 1, day: TOKUCHO_DAY })
}

/**
 * 賦課決定の期間制限: two years from the day after the year's first 納期 — by 普通徴収 the earliest due date, by 特別徴収 the
 * 10th of the month after the first collection, with both the earlier one; who acquired 資格 after that day, from the day after
 * the acquisition. Null when the year has no 納期. Source: sheet 3.5 §5.4; rules §7 (社会保険研究所; 岩国市).
 */
export function assessmentLimitOf(year: AssessmentYear): AssessmentLimit | null {
  const fucho = year.firstFuchoDueOn
  const tokucho = year.firstTokuchoPaidOn === null ? null : tokuchoDueOn(year.firstTokuchoPaidOn)
  const firstOn = fucho === null ? tokucho : tokucho === null ? fucho : minDate(fucho, tokucho)
  if (firstOn === null) return null
  const isLater = year.acquiredOn !== null && year.acquiredOn > firstOn
  const baseOn = isLater ? year.acquiredOn : firstOn
  const base = isLater ? '資格取得' : firstOn === fucho ? '普通徴収の納期' : '特別徴収の納期'
  return { fuchoOn: fucho, tokuchoOn: tokucho, firstOn, baseOn, base, lastOn: periodEndAfter(baseOn, LIMIT_MONTHS) }
}
