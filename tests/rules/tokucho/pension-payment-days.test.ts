import { describe, expect, it } from 'vitest'
import { plainDateOf, weekdayOf } from '#kernel/plain-date.ts'
import { pensionPaymentDays } from '#rules/tokucho/pension-payment-days.ts'

describe('年金支払日', () => {
  it('moves back over a holiday and the weekend before it', () => {
    // given 2026-06-15 (Monday) were a holiday
    const holidays = new Set([plainDateOf('2026-06-15')])
    // then the Friday before
    expect(pensionPaymentDays(2026, holidays)[1]).toEqual({ nominalOn: '2026-06-15', paidOn: '2026-06-12' })
  })

  it('is never a weekend, never after the 15th, and in the even months of the 年度', () => {
    for (let year = 2008; year < 2049; year += 1) {
      const days = pensionPaymentDays(year, new Set())
      expect(days.map(({ nominalOn }) => nominalOn)).toEqual([
        `${year}-04-15`,
        `${year}-06-15`,
        `${year}-08-15`,
        `${year}-10-15`,
        `${year}-12-15`,
        `${year + 1}-02-15`,
      ])
      for (const { nominalOn, paidOn } of days) {
        expect([0, 6]).not.toContain(weekdayOf(paidOn))
        expect(paidOn <= nominalOn && paidOn >= `${nominalOn.slice(0, 8)}13`).toBe(true)
      }
    }
  })
})
