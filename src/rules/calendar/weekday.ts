import { type PlainDate, weekdayOf } from '#kernel/plain-date.ts'

/** 曜日 in one letter: 2026-08-20 → 「木」. */
export const weekdayName = (date: PlainDate): string => '日月火水木金土'.charAt(weekdayOf(date))
