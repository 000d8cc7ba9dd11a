import fc from 'fast-check'
import { addDays, type PlainDate, plainDateOf } from '#kernel/plain-date.ts'
import { chargedMonths } from '#rules/getsuwari/charged-months.ts'
import { describe, expect, it } from 'vitest'

const d = plainDateOf
const months = (acquired: string | null, lost: string | null, died: string | null = null) => {
  const orNull = (text: string | null) => (text === null ? null : d(text))
  return chargedMonths({ fiscalYear: 2026, acquiredOn: orNull(acquired), lostOn: orNull(lost), diedOn: orNull(died) })
}
const day = fc.integer({ min: 0, max: 1200 }).map((days) => addDays(d('2025-01-01'), days))

// the printed rows of rules §15.4 are the examples of the 試算
describe('月割', () => {
  it.each<[string, string | null, string | null, number, number | null, number | null]>([
    ['the whole year', null, null, 12, 4, 3],
    ['insured before the year', '2020-08-03', null, 12, 4, 3],
    ['acquired on 賦課期日', '2026-04-01', null, 12, 4, 3],
    ['acquired on the last day', '2027-03-31', null, 1, 3, 3],
    ['acquired in the next year', '2027-04-01', null, 0, null, null],
    ['lost in the year before', null, '2026-03-31', 0, null, null],
    ['lost on April 1st', null, '2026-04-01', 0, null, null],
    ['lost on May 1st', null, '2026-05-01', 1, 4, 4],
    ['lost in January', null, '2027-01-31', 9, 4, 12],
    ['lost in March', null, '2027-03-31', 11, 4, 2],
    ['lost in the next April', null, '2027-04-01', 12, 4, 3],
    ['lost long after', null, '2028-04-01', 12, 4, 3],
    ['acquired and lost in one month', '2026-06-01', '2026-06-30', 0, null, null],
    ['lost on the day of acquisition', '2026-06-01', '2026-06-01', 0, null, null],
    ['over the turn of a month', '2026-06-30', '2026-07-01', 1, 6, 6],
    ['over the turn of the calendar year', '2026-12-31', '2027-02-01', 2, 12, 1],
  ])('%s: %s to %s → %i', (_, acquired, lost, count, fromMonth, toMonth) => {
    const charged = months(acquired, lost)
    expect(charged.months).toBe(count)
    expect(charged.span).toEqual(fromMonth === null ? null : { fromMonth, toMonth })
  })

  it.each([
    ['death alone', null, '2026-04-30', '2026-05-01'],
    ['death before the loss', '2026-09-10', '2026-07-31', '2026-08-01'],
    ['loss before the death', '2026-07-20', '2026-09-10', '2026-07-20'],
    ['neither', null, null, null],
  ])('the loss that counts: %s', (_, lost, died, expected) => {
    expect(months(null, lost, died).lostOn).toBe(expected)
  })

  it.each([
    [null, '2026-04-01'],
    ['2026-03-31', '2026-04-01'],
    ['2026-04-02', '2026-04-02'],
  ])('賦課期日 of who was insured on %s is %s', (acquired, expected) => {
    expect(months(acquired, null).assessedAsOf).toBe(expected)
  })

  it('refuses a loss before the acquisition', () => {
    expect(() => months('2026-06-02', '2026-06-01')).toThrow(RangeError)
    expect(() => months('2026-06-02', null, '2026-05-31')).toThrow(RangeError)
  })

  it('never charges a month twice or leaves one out when the person goes to another 広域連合', () => {
    fc.assert(
      fc.property(day, (moved) => {
        const span = { fiscalYear: 2026, acquiredOn: null, lostOn: null, diedOn: null }
        const here = chargedMonths({ ...span, lostOn: moved }).months
        const there = chargedMonths({ ...span, acquiredOn: moved }).months
        expect(here + there).toBe(12)
      }),
    )
  })

  it('an earlier loss never charges more', () => {
    fc.assert(
      fc.property(day, fc.nat(400), day, (lostOn, earlier, acquiredOn) => {
        const before: PlainDate = addDays(lostOn, -earlier)
        fc.pre(acquiredOn <= before)
        const span = { fiscalYear: 2026, acquiredOn, diedOn: null }
        const [less, more] = [chargedMonths({ ...span, lostOn: before }), chargedMonths({ ...span, lostOn })]
        expect(less.months).toBeLessThanOrEqual(more.months)
        expect(less.months).toBeGreaterThanOrEqual(0)
      }),
    )
  })
})
