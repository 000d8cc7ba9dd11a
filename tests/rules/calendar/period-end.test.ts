import { plainDateOf } from '#kernel/plain-date.ts'
import { periodEndAfter } from '#rules/calendar/period-end.ts'
import { describe, expect, it } from 'vitest'

describe('期間の末日 (民法140条, 143条)', () => {
  it.each([
    ['O-58', '2021-05-31', 1, '2021-06-30'],
    ['O-58', '2025-09-01', 1, '2025-10-01'],
    ['O-58', '2026-01-30', 1, '2026-02-28'],
    ['rules §6.2', '2025-04-30', 3, '2025-07-31'],
    ['rules §6.2', '2025-11-29', 3, '2026-02-28'],
    ['year end', '2025-12-01', 1, '2026-01-01'],
    ['into December', '2025-11-01', 1, '2025-12-01'],
    ['leap', '2024-01-30', 1, '2024-02-29'],
  ])('%s: after %s, %i months → %s', (_, after, months, end) => {
    expect(periodEndAfter(plainDateOf(after), months)).toBe(end)
  })
})
