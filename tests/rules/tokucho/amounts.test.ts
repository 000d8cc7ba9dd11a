import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { levelKarichoshu } from '#rules/tokucho/heijunka.ts'
import { honchoshuOf, splitHonchoshu } from '#rules/tokucho/honchoshu.ts'
import { karichoshuOf } from '#rules/tokucho/karichoshu.ts'

const yen = fc.bigInt({ min: 0n, max: 900_000n })

describe('仮徴収額', () => {
  it.each<[string, bigint, number, bigint, bigint]>([
    ['O-39', 76_300n, 12, 76_300n, 12_700n],
    ['I24c: 57,800 ÷ 6 = 9,633', 28_900n, 6, 57_800n, 9_600n],
    ['floored once: 35,100 for 7 months = 60,171.4, ÷ 6 = 10,028', 35_100n, 7, 60_171n, 10_000n],
    ['one month', 600n, 1, 7_200n, 1_200n],
    ['below 100 a payment', 599n, 12, 599n, 0n],
    ['100 a payment', 600n, 12, 600n, 100n],
  ])('%s', (_, annual, months, annualisedYen, perPaymentYen) => {
    expect(karichoshuOf(annual, months)).toMatchObject({ annualisedYen, perPaymentYen })
  })

  it('says the amount before rounding: 76,300 ÷ 6 = 12,716', () => {
    expect(karichoshuOf(76_300n, 12).exactYen).toBe(12_716n)
  })

  it.each([0, 13, 1.5, -1])('%d months are refused', (months) => {
    expect(() => karichoshuOf(1n, months)).toThrow(new RangeError(`not a number of months: ${months}`))
  })

  it('six payments never exceed the annualised premium, and miss it by less than 600 円', () => {
    fc.assert(
      fc.property(yen, (annual) => {
        const { perPaymentYen } = karichoshuOf(annual, 12)
        expect(perPaymentYen % 100n).toBe(0n)
        expect(annual - 6n * perPaymentYen).toBeGreaterThanOrEqual(0n)
        expect(annual - 6n * perPaymentYen).toBeLessThan(600n)
      }),
    )
  })
})

describe('本徴収額', () => {
  it.each<[string, bigint, bigint, bigint]>([
    ['K11: 仮徴収 37,200, annual 30,100', 30_100n, 0n, 7_100n],
    ['仮徴収 is one yen more', 37_199n, 0n, 1n],
    ['都城市: 仮徴収 is just the year', 37_200n, 0n, 0n],
    ['one yen is left', 37_201n, 1n, 0n],
  ])('%s', (_, annual, restYen, excessYen) => {
    const autumn = honchoshuOf(annual, [12_400n, 12_400n, 12_400n])
    expect(autumn).toMatchObject({
      restYen,
      excessYen,
      provisionalYen: 37_200n,
      octYen: restYen,
      decYen: 0n,
      febYen: 0n,
    })
  })

  it.each<[bigint, bigint, bigint]>([
    [299n, 299n, 0n],
    [300n, 100n, 100n],
    [301n, 101n, 100n],
    [599n, 399n, 100n],
  ])('the rest of %i: October %i, December and February %i', (rest, octYen, third) => {
    expect(splitHonchoshu(rest)).toEqual({ octYen, decYen: third, febYen: third })
  })

  it('keeps the sum, is never negative, and next year follows February', () => {
    fc.assert(
      fc.property(yen, fc.tuple(yen, yen, yen), (annual, provisional) => {
        const { octYen, decYen, febYen, provisionalYen, excessYen, nextProvisionalYen } = honchoshuOf(
          annual,
          provisional,
        )
        expect(provisionalYen + octYen + decYen + febYen).toBe(annual + excessYen)
        expect(decYen).toBe(febYen)
        expect(febYen % 100n).toBe(0n)
        expect(octYen).toBeGreaterThanOrEqual(decYen)
        expect(octYen - decYen).toBeLessThan(300n)
        expect(nextProvisionalYen).toBe(febYen)
      }),
    )
  })
})

describe('平準化', () => {
  const level = (
    method: 'A' | 'B',
    expectedAnnualYen: bigint,
    februaryYen: bigint,
    unitYen = method === 'A' ? 1n : 100n,
  ) => levelKarichoshu({ method, expectedAnnualYen, februaryYen, unitYen, zeroOrLess: 'zero' })

  it.each<[string, 'A' | 'B', bigint, bigint, bigint, boolean]>([
    ['3.3 #12: one payment over', 'A', 50_001n, 12_499n, 2n, false],
    ['3.3 #12: exactly 0 counts as 0 or less', 'A', 50_000n, 12_500n, 0n, true],
    ['3.3 #12: below 0', 'A', 50_000n, 13_000n, 0n, true],
    ['3.3 #11: below one unit', 'B', 50_000n, 24_801n, 0n, true],
    ['3.3 #11: one unit', 'B', 50_000n, 24_800n, 100n, false],
  ])('%s', (_, method, expected, february, augYen, wasZeroOrLess) => {
    expect(level(method, expected, february)).toMatchObject({ augYen, wasZeroOrLess })
  })

  it('3.3 #13 keep: the amounts stay, in June too', () => {
    const input = { method: 'B', expectedAnnualYen: 66_000n, februaryYen: 33_500n, unitYen: 100n } as const
    expect(levelKarichoshu({ ...input, zeroOrLess: 'keep' })).toMatchObject({
      junYen: 33_500n,
      augYen: 33_500n,
      leftYen: -500n,
    })
    expect(levelKarichoshu({ ...input, februaryYen: 20_000n, zeroOrLess: 'keep' })).toMatchObject({ augYen: 6_500n })
  })

  it('3.3 #17: half is short of what June left: August, changed with June, stays or becomes 0', () => {
    const input = { method: 'A', expectedAnnualYen: 60_000n, februaryYen: 21_900n, juneYen: 11_100n } as const
    expect(levelKarichoshu({ ...input, unitYen: 1n, zeroOrLess: 'keep' })).toMatchObject({
      fixedYen: 33_000n,
      junYen: 11_100n,
      augYen: 11_100n,
    })
    expect(levelKarichoshu({ ...input, unitYen: 1n, zeroOrLess: 'zero' })).toMatchObject({ augYen: 0n })
  })

  it('April is never changed; A leaves June alone; B sets June and August alike', () => {
    fc.assert(
      fc.property(yen, yen, (expected, february) => {
        const a = level('A', expected, february)
        const b = level('B', expected, february)
        expect([a.aprYen, a.junYen, b.aprYen]).toEqual([february, february, february])
        expect(b.junYen).toBe(b.augYen)
      }),
    )
  })

  it('猪名川町, 松山市: 仮徴収 is half of the year, up to the rounding, unless the fixed part is more', () => {
    fc.assert(
      fc.property(yen, yen, (expected, february) => {
        for (const { wasZeroOrLess, halfYen, autumn, augYen } of [
          level('A', expected, february),
          level('B', expected, february),
        ]) {
          expect(augYen).toBeGreaterThanOrEqual(0n)
          if (wasZeroOrLess) expect(augYen).toBe(0n)
          else {
            expect(halfYen - autumn.provisionalYen).toBeGreaterThanOrEqual(0n)
            expect(halfYen - autumn.provisionalYen).toBeLessThan(200n)
          }
        }
      }),
    )
  })

  it('levelled again from the February it leads to, next year is level by itself', () => {
    // O-35: next year 8,200 ×6
    const first = level('A', 49_200n, 800n)
    expect(level('A', 49_200n, first.autumn.febYen).augYen).toBe(8_200n)
  })
})
