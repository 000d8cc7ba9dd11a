import type { FaultCode } from '#kernel/faults.ts'
import { addDays, maxDate, type PlainDate } from '#kernel/plain-date.ts'

/** 「10日を経過した日」: the issue day counts as day one [source: 上富田町条例3条; the count own knowledge, verify]. */
const SEIZURE_DAYS = 10

/** 公示送達: deemed served when 7 days from the posting have passed [地方税法20条の2; the count own knowledge, verify]. */
const POSTING_DAYS = 7

/**
 * 差押え可能日: the day after the later of (served day + 10) and the 指定期限. Served day = 発送日, or after a 返戻 the day of the
 * new delivery or 公示送達. 2026-08-20 with 指定期限 8/31 → 9/1.
 */
export const seizableFrom = (servedOn: PlainDate, designated: PlainDate): PlainDate =>
  addDays(maxDate(addDays(servedOn, SEIZURE_DAYS), designated), 1)

/** 公示送達の効力発生日: `postedOn` + 7. */
export const servedByPostingOn = (postedOn: PlainDate): PlainDate => addDays(postedOn, POSTING_DAYS)

/**
 * 発送日の登録の検査 (007): earlier than printed → F52-13; later only while the printed 指定期限 still leaves
 * `designatedDays` calendar days, without shift → else F52-14. Null when it may be registered.
 */
export function refuseIssuedOn(
  issuedOn: PlainDate,
  printed: { readonly issueOn: PlainDate; readonly designatedOn: PlainDate },
  options: { readonly designatedDays: number },
): Extract<FaultCode, 'F52-13' | 'F52-14'> | null {
  if (issuedOn < printed.issueOn) return 'F52-13'
  return printed.designatedOn < addDays(issuedOn, options.designatedDays) ? 'F52-14' : null
}

/**
 * 行違いの手数料: with `waiveFeeIfPaidBeforeIssue`, no 督促手数料 when the instalment was paid in full with 領収日 on or before
 * the day of issue. `paidInFullOn` null: not paid in full.
 */
export const isFeeWaived = (
  paidInFullOn: PlainDate | null,
  issuedOn: PlainDate,
  options: { readonly waiveFeeIfPaidBeforeIssue: boolean },
): boolean => options.waiveFeeIfPaidBeforeIssue && paidInFullOn !== null && paidInFullOn <= issuedOn
