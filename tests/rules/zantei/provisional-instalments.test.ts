import fc from 'fast-check'
import { provisionalInstalments } from '#rules/zantei/provisional-instalments.ts'
import { describe, expect, it } from 'vitest'

const YEAR = { periods: 12, provisional: 3, unitYen: 100n, divisor: 12 }
const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, yen) => total + yen, 0n)

// the worked examples of 暫定賦課 and 確定賦課 are the examples of the 試算
describe('暫定賦課', () => {
  it('adds up over a run of five persons: 38,000 a period, 114,000 in all', () => {
    // sheet 3.2 §8 #20
    const run = [98_700n, 14_000n, 1_100n, 105_300n, 240_000n].map((previousAnnualYen) =>
      provisionalInstalments({ ...YEAR, previousAnnualYen, newAnnualYen: previousAnnualYen }),
    )
    expect(run.map(({ eachYen }) => eachYen)).toEqual([8_200n, 1_100n, 0n, 8_700n, 20_000n])
    expect(sum(run.map(({ eachYen }) => eachYen))).toBe(38_000n)
    expect(sum(run.map(({ provisionalSumYen }) => provisionalSumYen))).toBe(114_000n)
  })

  it.each([
    ['one yen left', 24_601n, 1n, 0n],
    ['nothing left', 24_600n, 0n, 0n],
    ['one yen too much', 24_599n, 0n, 1n],
  ])('%s', (_, newAnnualYen, restYen, excessYen) => {
    const split = provisionalInstalments({ ...YEAR, previousAnnualYen: 98_700n, newAnnualYen })
    expect(split).toMatchObject({ evenYen: 8_225n, eachYen: 8_200n, provisionalSumYen: 24_600n, restYen, excessYen })
    expect(sum(split.final.instalmentsYen)).toBe(restYen)
  })

  it('without provisional periods the whole amount is divided', () => {
    const split = provisionalInstalments({ ...YEAR, provisional: 0, previousAnnualYen: 98_700n, newAnnualYen: 12_000n })
    expect(split).toMatchObject({ provisionalSumYen: 0n, restYen: 12_000n, excessYen: 0n })
    expect(split.final.instalmentsYen).toEqual(Array.from({ length: 12 }, () => 1000n))
  })

  it('keeps the annual amount, respects the unit and is never negative', () => {
    const amount = fc.bigInt({ min: 0n, max: 1_000_000n })
    fc.assert(
      fc.property(
        amount,
        amount,
        fc.integer({ min: 2, max: 12 }),
        fc.integer({ min: 1, max: 11 }),
        fc.constantFrom(1n, 100n, 1000n),
        fc.integer({ min: 1, max: 12 }),
        (previousAnnualYen, newAnnualYen, periods, provisional, unitYen, divisor) => {
          fc.pre(provisional < periods)
          const input = { previousAnnualYen, newAnnualYen, periods, provisional, unitYen, divisor }
          const { eachYen, final, excessYen, provisionalSumYen } = provisionalInstalments(input)
          const [, ...later] = final.instalmentsYen
          expect(provisionalSumYen + sum(final.instalmentsYen) - excessYen).toBe(newAnnualYen)
          expect(final.instalmentsYen).toHaveLength(periods - provisional)
          expect(eachYen * BigInt(divisor)).toBeLessThanOrEqual(previousAnnualYen)
          expect(excessYen === 0n || sum(final.instalmentsYen) === 0n).toBe(true)
          for (const yen of [eachYen, ...later]) expect([yen % unitYen, yen >= 0n]).toEqual([0n, true])
        },
      ),
    )
  })

  it.each([
    ['no final period', { provisional: 12 }],
    ['a negative number of periods', { provisional: -1 }],
    ['no divisor', { divisor: 0 }],
  ])('refuses %s', (_, wrong) => {
    const input = { ...YEAR, previousAnnualYen: 98_700n, newAnnualYen: 98_700n, ...wrong }
    expect(() => provisionalInstalments(input)).toThrow(RangeError)
  })
})
