import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, plainDateOf } from '#kernel/plain-date.ts'
import { computeKasankin, kasankinStart } from '#rules/kanpu/compute-kasankin.ts'
import { KASANKIN_RATES } from '#rules/kanpu/kasankin-rates.ts'
import { rateOfYear } from '#rules/interest/year-rates.ts'

const d = plainDateOf
const paidOn = d('2023-07-31')
const run = (amountYen: bigint, days: number, kind: '過納' | '誤納' = '過納') =>
  computeKasankin({ amountYen, kind, paidOn, decidedOn: addDays(paidOn, days) }, KASANKIN_RATES)

// the examples stand in the 試算 kanpu-kasankin
describe('還付加算金の割合, rules §6.1', () => {
  it.each([
    [2014, 19n],
    [2015, 18n],
    [2016, 18n],
    [2017, 17n],
    [2018, 16n],
    [2020, 16n],
    [2021, 10n],
    [2022, 9n],
    [2025, 9n],
    [2026, 13n],
    [2013, undefined],
    [2027, undefined],
  ])('%i → %s', (year, perMille) => {
    expect(rateOfYear(year, KASANKIN_RATES)?.perMille).toBe(perMille)
  })
})

describe('還付加算金', () => {
  it.each([
    ['過納', '2026-01-31', '2026-02-01'],
    ['誤納', '2026-01-31', '2026-03-01'],
    ['誤納', '2026-09-02', '2026-10-03'],
  ] as const)('%s, paid %s: from %s', (kind, paid, from) => {
    expect(kasankinStart(kind, d(paid))).toBe(from)
  })

  it('a year with the rate of the year before does not cut the span', () => {
    const rates = [
      { fromYear: 2025, toYear: 2025, perMille: 9n },
      { fromYear: 2026, toYear: 2026, perMille: 9n },
    ]
    const kasankin = computeKasankin(
      { amountYen: 100_000n, kind: '過納', paidOn: d('2025-11-30'), decidedOn: d('2026-01-31') },
      rates,
    )
    expect(kasankin.spans).toEqual([
      { from: '2025-12-01', to: '2026-01-31', days: 62, baseYen: 100_000n, perMille: 9n, yen: 152n },
    ])
  })

  it('is 0 or at least 1,000, in hundreds; its days add up; it never falls with time', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 900_000n }), fc.integer({ min: 1, max: 1200 }), (amount, days) => {
        const result = run(amount, days)
        expect(result.yen === 0n || result.yen >= 1000n).toBe(true)
        expect(result.yen % 100n).toBe(0n)
        expect(result.baseYen % 1000n).toBe(0n)
        expect(result.baseYen <= amount).toBe(true)
        if (amount >= 2000n) expect(result.spans.reduce((sum, span) => sum + span.days, 0)).toBe(result.days)
        expect(run(amount, days + 1).rawYen >= result.rawYen).toBe(true)
      }),
    )
  })

  it('a 誤納 never bears more than a 過納', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 2000n, max: 900_000n }), fc.integer({ min: 0, max: 1200 }), (amount, days) => {
        expect(run(amount, days, '誤納').rawYen <= run(amount, days).rawYen).toBe(true)
        expect(run(amount, days, '誤納').days).toBe(Math.max(0, run(amount, days).days - 31))
      }),
    )
  })
})
