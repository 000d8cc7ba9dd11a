import { splitIntoInstalments } from '#rules/kiwari/split-into-instalments.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

// the printed and derived rows of rules §15.7 are the examples of the 試算
describe('期割', () => {
  it('keeps the sum, gives the units below to the first and never less to it than to the others', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 1_000_000n }),
        fc.integer({ min: 1, max: 12 }),
        fc.constantFrom(1n, 100n, 1000n),
        (amount, periods, unit) => {
          const { instalmentsYen, firstYen, baseYen } = splitIntoInstalments(amount, periods, unit)
          const [first, ...others] = instalmentsYen
          expect(instalmentsYen.reduce((sum, yen) => sum + yen, 0n)).toBe(amount)
          expect(instalmentsYen).toHaveLength(periods)
          expect(first).toBe(firstYen)
          expect(firstYen - baseYen).toBeLessThan(unit * BigInt(periods))
          expect(firstYen).toBeGreaterThanOrEqual(baseYen)
          for (const yen of others) expect([yen, yen % unit]).toEqual([baseYen, 0n])
        },
      ),
    )
  })

  it.each([
    [100n, 0, 100n, 'not a number of instalments: 0'],
    [100n, 1.5, 100n, 'not a number of instalments: 1.5'],
    [-1n, 8, 100n, 'cannot split -1 by units of 100'],
    [100n, 8, 0n, 'cannot split 100 by units of 0'],
  ])('refuses %s over %s by %s', (amount, periods, unit, message) => {
    expect(() => splitIntoInstalments(amount, periods, unit)).toThrow(new RangeError(message))
  })
})
