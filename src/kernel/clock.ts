import type { PlainDate } from './plain-date.ts'

/** Our clock. Business times come from here, never from SQL `now()` or from `Date` in a rule. */
export interface Clock {
  /** This moment as an ISO text in UTC: `2026-11-13T01:02:03.456Z`. */
  now(): string
  /** The calendar day in Japan (Asia/Tokyo). */
  today(): PlainDate
}
