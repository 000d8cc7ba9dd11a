import fc from 'fast-check'
import { daysBetween, plainDateOf } from '#kernel/plain-date.ts'
import { nationalHolidays } from '#db/calendar.ts'
import { isBusinessDay } from '#rules/calendar/business-day.ts'
import { dueDates } from '#rules/nokigen/due-dates.ts'
import { describe, expect, it } from 'vitest'

const HOLIDAYS = new Set(nationalHolidays(plainDateOf('2008-01-01'), plainDateOf('2050-12-31')))
const NONE = new Set<never>()

// the printed rows of rules §15.5 are the examples of the 試算
describe('納期限', () => {
  it.each<[string, number, number | 'end', number | null, string, string]>([
    ['the last month of the year before', 3, 'end', null, '2027-03-31', '2027-03-31'],
    ['the first of the year', 4, 'end', null, '2026-04-30', '2026-04-30'],
    ['a Saturday', 2, 27, null, '2027-02-27', '2027-03-01'],
    ['a day that February does not have', 2, 31, null, '2027-02-28', '2027-03-01'],
    ['the last day a month has', 9, 30, null, '2026-09-30', '2026-09-30'],
    ['December as the other months', 12, 25, null, '2026-12-25', '2026-12-25'],
    ['December on its own day', 12, 'end', 25, '2026-12-25', '2026-12-25'],
    ['the day of December in another month', 11, 'end', 25, '2026-11-30', '2026-11-30'],
    ['the end of the year', 12, 'end', null, '2026-12-31', '2027-01-04'],
  ])('%s: month %i, day %s', (_, month, day, decemberDay, nominalOn, dueOn) => {
    expect(dueDates({ fiscalYear: 2026, months: [month], day, decemberDay }, HOLIDAYS)).toEqual([
      { month, wanted: month === 12 ? (decemberDay ?? day) : day, nominalOn, dueOn },
    ])
  })

  it('a local closure moves the day, too', () => {
    const closed = new Set([plainDateOf('2026-07-31')])
    const rule = { fiscalYear: 2026, months: [7], day: 'end', decemberDay: null } as const
    expect(dueDates(rule, NONE)[0]?.dueOn).toBe('2026-07-31')
    expect(dueDates(rule, closed)[0]?.dueOn).toBe('2026-08-03')
  })

  it('is a 開庁日, never before the nominal day, and the periods keep their order', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2008, max: 2049 }),
        fc.oneof(fc.constant('end' as const), fc.integer({ min: 1, max: 31 })),
        fc.option(fc.integer({ min: 1, max: 31 })),
        (fiscalYear, day, decemberDay) => {
          const months = [4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3]
          const dues = dueDates({ fiscalYear, months, day, decemberDay }, HOLIDAYS)
          for (const { nominalOn, dueOn } of dues) {
            expect(isBusinessDay(dueOn, HOLIDAYS)).toBe(true)
            expect(daysBetween(nominalOn, dueOn)).toBeGreaterThanOrEqual(0)
            expect(daysBetween(nominalOn, dueOn)).toBeLessThanOrEqual(10)
          }
          const days = dues.map(({ nominalOn }) => nominalOn)
          expect(days).toEqual(days.toSorted())
        },
      ),
    )
  })
})
