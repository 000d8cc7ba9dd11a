import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, plainDateOf } from '#kernel/plain-date.ts'
import { isBusinessDay } from '#rules/calendar/business-day.ts'
import {
  businessDaysAfter,
  businessDaysBefore,
  nextBusinessDay,
  onOrNextBusinessDay,
  onOrPreviousBusinessDay,
  previousBusinessDay,
} from '#rules/calendar/business-days.ts'
import { HOLIDAYS } from './holidays.ts'

const d = plainDateOf

describe('isBusinessDay 開庁日', () => {
  it.each([
    ['2026-08-12', true, '水曜'],
    ['2026-08-15', false, '土曜'],
    ['2026-08-16', false, '日曜'],
    ['2026-08-11', false, '山の日'],
    ['2026-12-28', true, '御用納め'],
    ['2026-12-29', false, '年末'],
    ['2026-12-31', false, '年末'],
    ['2027-01-01', false, '元日'],
    ['2025-01-03', false, '年始, 金曜'],
    ['2027-01-04', true, '御用始め, 月曜'],
  ])('%s → %s (%s)', (day, expected) => {
    expect(isBusinessDay(d(day), HOLIDAYS)).toBe(expected)
  })

  it('takes a local closure from the data', () => {
    expect(isBusinessDay(d('2026-08-14'), new Set([d('2026-08-14')]))).toBe(false)
  })
})

describe('納期限の繰延べ, rules §15.5', () => {
  it.each([
    // O-52 瀬戸市 R6: the 10th of each month
    ['2024-08-10', '2024-08-13'],
    ['2024-11-10', '2024-11-11'],
    // O-50 柏市 R7
    ['2025-08-31', '2025-09-01'],
    ['2025-11-30', '2025-12-01'],
    ['2026-01-31', '2026-02-02'],
    ['2026-02-28', '2026-03-02'],
    // rules §2.4: 12/31 → 1/4, or later when that is a weekend
    ['2026-12-31', '2027-01-04'],
    ['2024-12-31', '2025-01-06'],
    ['2026-08-20', '2026-08-20'],
  ])('%s → %s', (nominal, due) => {
    expect(onOrNextBusinessDay(d(nominal), HOLIDAYS)).toBe(due)
  })

  it('moves back for 繰上げ', () => {
    // shuno-common §14 #17: the report of September is due on Saturday 10/10
    expect(onOrPreviousBusinessDay(d('2026-10-10'), HOLIDAYS)).toBe('2026-10-09')
  })
})

describe('counting 開庁日', () => {
  it('counts from the day after', () => {
    expect(nextBusinessDay(d('2026-08-10'), HOLIDAYS)).toBe('2026-08-12')
    expect(previousBusinessDay(d('2026-08-12'), HOLIDAYS)).toBe('2026-08-10')
    expect(businessDaysAfter(d('2026-07-31'), 7, HOLIDAYS)).toBe('2026-08-12')
    expect(businessDaysBefore(d('2026-08-20'), 3, HOLIDAYS)).toBe('2026-08-17')
    expect(businessDaysAfter(d('2026-08-15'), 0, HOLIDAYS)).toBe('2026-08-15')
  })

  it('refuses a negative count and an endless closure', () => {
    expect(() => businessDaysAfter(d('2026-08-15'), -1, HOLIDAYS)).toThrow(/count of days/)
    expect(() => nextBusinessDay(d('2026-08-15'), { has: () => true })).toThrow(/no 開庁日/)
  })

  it('takes a closure of sixty days, not of sixty-one', () => {
    const closed = new Set(Array.from({ length: 61 }, (_, n) => addDays(d('2026-04-01'), n)))
    expect(onOrNextBusinessDay(d('2026-04-02'), closed)).toBe('2026-06-01')
    expect(() => onOrNextBusinessDay(d('2026-04-01'), closed)).toThrow(/within 60 days/)
  })

  const days = fc.integer({ min: 0, max: 800 }).map((n) => addDays(d('2025-06-01'), n))
  it('before undoes after on 開庁日', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: 0, max: 30 }), (day, count) => {
        const start = onOrNextBusinessDay(day, HOLIDAYS)
        const there = businessDaysAfter(start, count, HOLIDAYS)
        expect(isBusinessDay(there, HOLIDAYS)).toBe(true)
        expect(businessDaysBefore(there, count, HOLIDAYS)).toBe(start)
      }),
    )
  })
})
