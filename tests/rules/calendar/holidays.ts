import { plainDateOf, type PlainDate } from '#kernel/plain-date.ts'

/** 国民の祝日 touched by the tests (内閣府): 2024 for 瀬戸市's example, 2026–2027 for the sheet's. */
export const HOLIDAYS: ReadonlySet<PlainDate> = new Set(
  [
    '2024-08-11',
    '2024-08-12', // 振替休日
    '2026-08-11',
    '2026-09-21',
    '2026-09-22', // 国民の休日
    '2026-09-23',
    '2026-10-12',
    '2026-11-03',
    '2026-11-23',
    '2027-01-01',
    '2027-01-11',
    '2027-02-11',
    '2027-02-23',
  ].map(plainDateOf),
)
