import { plainDateOf, type PlainDate } from './plain-date.ts'

const JAPAN_MS = 9 * 3_600_000 // Asia/Tokyo has had no summer time since 1951

/** An instant, as ISO text or in milliseconds, as day and time of day in Japan: 「2026-11-13」 and 「10:02:07」. */
export function inJapan(instant: string | number): { readonly day: PlainDate; readonly time: string } {
  const text = new Date(new Date(instant).getTime() + JAPAN_MS).toISOString()
  return { day: plainDateOf(text.slice(0, 10)), time: text.slice(11, 19) }
}
