import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { halfTest } from '#rules/tokucho/half-test.ts'

const yen = fc.bigInt({ min: 0n, max: 5_000_000n })

describe('2分の1判定', () => {
  it.each<[string, bigint, bigint, bigint, boolean]>([
    ['O-30: one under the limit', 816_000n, 10_000n, 57_999n, true],
    ['O-30: the limit itself', 816_000n, 10_000n, 58_000n, true],
    ['O-30: one over the limit', 816_000n, 10_000n, 58_001n, false],
    ['an odd payment: 29,999 ÷ 2 = 14,999', 179_999n, 14_999n, 0n, true],
    ['an odd payment: 15,000 is more than half of 29,999', 179_999n, 15_000n, 0n, false],
    ['no pension, nothing to take', 0n, 0n, 0n, true],
    ['no pension', 0n, 1n, 0n, false],
  ])('%s', (_, pension, koki, kaigo, passes) => {
    expect(halfTest(pension, koki, kaigo).passes).toBe(passes)
  })

  it('passes exactly when twice the sum is at most one payment (規則96–98)', () => {
    fc.assert(
      fc.property(yen, yen, yen, (pension, koki, kaigo) => {
        const { passes, perPaymentYen, sumYen } = halfTest(pension, koki, kaigo)
        expect(passes).toBe(2n * sumYen <= perPaymentYen)
        expect(sumYen).toBe(koki + kaigo)
      }),
    )
  })

  it('a higher pension never fails where a lower one passed', () => {
    fc.assert(
      fc.property(yen, yen, yen, yen, (pension, more, koki, kaigo) => {
        fc.pre(halfTest(pension, koki, kaigo).passes)
        expect(halfTest(pension + more, koki, kaigo).passes).toBe(true)
      }),
    )
  })
})
