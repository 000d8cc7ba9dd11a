import { addDays, addYears, type PlainDate } from '#kernel/plain-date.ts'

export interface RenewedPrescription {
  readonly restartsOn: PlainDate
  readonly completesOn: PlainDate
}

/**
 * 督促による時効の更新: only the first 督促 renews; it restarts the day after the 指定期限 (or after 到達, by option) and
 * completes `years` (2) later, same day [地方自治法236条④, sheet 5.2 007: own knowledge, verify].
 * `basisOn` is the printed 指定期限 (`prescriptionRestart` dayAfterDesignated) or the day of arrival (`arrival`).
 */
export const renewedByTokusoku = (basisOn: PlainDate, years: number): RenewedPrescription => ({
  restartsOn: addDays(basisOn, 1),
  completesOn: addYears(basisOn, years),
})
