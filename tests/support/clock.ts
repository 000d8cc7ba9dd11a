import type { Clock } from '#kernel/clock.ts'
import type { PlainDate } from '#kernel/plain-date.ts'

const dayInJapan = (iso: string): PlainDate =>
  new Date(Date.parse(iso) + 9 * 3_600_000).toISOString().slice(0, 10) as PlainDate // Japan has no summer time

/** A clock that stands still until it is set. */
export interface FixedClock extends Clock {
  set(iso: string): void
}

/** Stands at `iso`, e.g. `2026-11-13T01:00:00.000Z` (10 o'clock in Japan). */
export function fixedClock(iso: string): FixedClock {
  let now = new Date(iso).toISOString()
  return {
    now: () => now,
    today: () => dayInJapan(now),
    set(next) {
      now = new Date(next).toISOString()
    },
  }
}

/** Runs with the machine's clock, so many milliseconds away from it; as the broker's controlled clock does. */
export function offsetClock(offsetMs = 0): Clock {
  const now = (): string => new Date(Date.now() + offsetMs).toISOString()
  return { now, today: () => dayInJapan(now()) }
}
