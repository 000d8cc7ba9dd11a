import { describe, expect, it } from 'vitest'
import { readTenths, sayTenths } from '#rules/interest/tenths.ts'

describe('率 in tenths of a percent', () => {
  it.each([
    ['1.8', 18],
    ['2', 20],
    ['0.0', 0],
    ['99.9', 999],
    ['1.85', null],
    ['1.', null],
    ['.5', null],
    ['100', null],
    ['-1', null],
    ['1.8%', null],
    ['', null],
  ])('「%s」 is read as %s', (text, tenths) => {
    expect(readTenths(text)).toBe(tenths)
  })

  it('is said with its decimal', () => {
    expect([0, 18, 20, 73].map(sayTenths)).toEqual(['0.0', '1.8', '2.0', '7.3'])
  })
})
