const JAPAN_MS = 9 * 3_600_000

/** An instant as day and time of day in Japan: 「2026-11-13」 and 「10:02:07」. */
export function inJapan(instant: string): { readonly day: string; readonly time: string } {
  const text = new Date(Date.parse(instant) + JAPAN_MS).toISOString()
  return { day: text.slice(0, 10), time: text.slice(11, 19) }
}
