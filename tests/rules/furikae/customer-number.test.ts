import { plainDateOf } from '#kernel/plain-date.ts'
import { readCustomerNumber } from '#rules/furikae/customer-number.ts'
import { debitDay } from '#rules/furikae/debit-day.ts'
import { describe, expect, it } from 'vitest'

// 顧客番号 of the 口座振替 files: the two numbers worked out where the files are made (通知書番号, 期別, years, round, 0, digit)
describe('顧客番号', () => {
  it.each([
    ['26010001160426260105', { tsuchishoNo: '2601000116', period: '04', fukaYear: 2026, choteiYear: 2026, round: 1 }],
    ['26015001238126260101', { tsuchishoNo: '2601500123', period: '81', fukaYear: 2026, choteiYear: 2026, round: 1 }],
    ['26010001160426260106', null], // another check digit
    ['00000000000004814950', null], // a number of the person
    ['2601000116042626010', null],
    ['126010001160426260105', null],
    ['260100011604262601051', null],
    ['2601000116042626011５', null],
  ])('%s', (text, expected) => {
    expect(readCustomerNumber(text)).toEqual(expected)
  })
})

describe('引落日: the year that brings month and day nearest to the 納期限', () => {
  it.each([
    ['1102', '2026-11-02', '2026-11-02'],
    ['0105', '2026-12-25', '2027-01-05'],
    ['1228', '2027-02-01', '2026-12-28'],
    ['0229', '2027-02-28', '2028-02-29'],
    ['0229', '2025-02-28', '2024-02-29'],
    ['0229', '2026-02-28', '2024-02-29'],
    // 2100 is no leap year
    ['0229', '2099-02-28', '2096-02-29'],
    ['0229', '2100-02-28', '2096-02-29'],
    ['0229', '2100-03-01', '2104-02-29'],
    ['0229', '2101-02-28', '2104-02-29'],
    ['0231', '2027-02-28', null],
  ])('%s for %s → %s', (monthDay, dueOn, expected) => {
    expect(debitDay(monthDay, plainDateOf(dueOn))).toBe(expected)
  })
})
