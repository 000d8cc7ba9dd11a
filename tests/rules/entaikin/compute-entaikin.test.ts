import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, plainDateOf } from '#kernel/plain-date.ts'
import { computeEntaikin } from '#rules/entaikin/compute-entaikin.ts'
import { ENTAIKIN_RATES } from '#rules/entaikin/rates.ts'

const d = plainDateOf
type Paid = readonly (readonly [string, bigint])[]
const compute = (chargedYen: bigint, dueOn: string, until: string, lowMonths: number, paid: Paid = []) =>
  computeEntaikin(
    {
      chargedYen,
      dueOn: d(dueOn),
      until: d(until),
      lowMonths,
      payments: paid.map(([paidOn, yen]) => ({ paidOn: d(paidOn), yen })),
    },
    ENTAIKIN_RATES,
  )

// O-20 … O-29b stand in the 試算 entaikin
describe('延滞金, derived examples', () => {
  it.each<[string, bigint, string, string, number, Paid, readonly bigint[], bigint, bigint]>([
    // sheet 5.2 §8
    ['5.2 #1', 12_300n, '2026-07-31', '2026-08-20', 1, [], [18n], 18n, 0n],
    ['5.2 #10', 8_800n, '2025-09-30', '2026-08-20', 1, [], [16n, 116n, 462n], 594n, 0n],
    ['5.2 #12', 7_200n, '2024-07-31', '2026-08-20', 1, [['2024-12-25', 1_000n]], [14n, 193n, 530n, 347n], 1084n, 1000n],
    ['5.2 #13a', 660_000n, '2026-07-31', '2026-08-20', 1, [], [1012n], 1012n, 1000n],
    ['5.2 #13b', 652_000n, '2026-07-31', '2026-08-20', 1, [], [1000n], 1000n, 1000n],
    ['5.2 #13c', 651_785n, '2026-07-31', '2026-08-20', 1, [], [998n], 998n, 0n],
    ['5.2 #13d', 640_000n, '2026-07-31', '2026-08-20', 1, [], [981n], 981n, 0n],
    ['5.2 #14, 1 month', 88_900n, '2025-09-30', '2026-08-20', 1, [], [179n, 1279n, 5090n], 6548n, 6500n],
    ['5.2 #14, 3 months', 88_900n, '2025-09-30', '2026-08-20', 3, [], [532n, 5090n], 5622n, 5600n],
    // shuno-common §14
    ['common #1', 92_600n, '2026-07-31', '2026-11-20', 1, [], [218n, 1857n], 2075n, 2000n],
    ['common #2', 92_600n, '2026-07-31', '2026-11-20', 3, [], [649n, 458n], 1107n, 1100n],
    [
      'common #3',
      87_400n,
      '2026-07-31',
      '2026-12-10',
      1,
      [
        ['2026-09-15', 40_000n],
        ['2026-12-10', 47_400n],
      ],
      [206n, 325n, 1007n],
      1538n,
      1500n,
    ],
    ['common #3, in one sum', 87_400n, '2026-07-31', '2026-12-10', 1, [], [206n, 2190n], 2396n, 2300n],
    ['common #4a', 48_400n, '2026-07-31', '2026-11-13', 1, [], [114n, 885n], 999n, 0n],
    ['common #4b', 37_400n, '2026-07-31', '2026-12-08', 1, [], [87n, 913n], 1000n, 1000n],
    ['common #5', 64_900n, '2025-10-31', '2026-03-02', 1, [], [126n, 472n, 973n], 1571n, 1500n],
    ['common #6', 46_300n, '2024-10-31', '2025-02-21', 1, [], [90n, 910n], 1000n, 1000n],
    ['common #7', 92_600n, '2026-07-31', '2026-11-20', 1, [['2026-08-25', 50_000n]], [176n, 19n, 848n], 1043n, 1000n],
    ['common #8', 128_300n, '2026-07-31', '2026-10-30', 1, [], [304n, 1914n], 2218n, 2200n],
  ])('%s', (_name, charged, due, until, months, paid, spans, raw, yen) => {
    const result = compute(charged, due, until, months, paid)
    expect(result.spans.map((span) => span.yen)).toEqual(spans)
    expect(result.rawYen).toBe(raw)
    expect(result.yen).toBe(yen)
    expect(result.missingRateOn).toBeNull()
  })

  it('nothing until the 納期限 has passed', () => {
    expect(compute(1_000_000n, '2026-07-31', '2026-07-31', 1).yen).toBe(0n)
  })

  it('a payment before the 納期限 lowers the base from the start', () => {
    // 5.2 #4: 5,000 of 11,500 on 7/30 → base 6,000
    expect(compute(11_500n, '2026-07-31', '2026-08-20', 1, [['2026-07-30', 5_000n]]).spans).toEqual([
      { from: '2026-08-01', to: '2026-08-20', days: 20, baseYen: 6_000n, perMille: 28n, yen: 9n },
    ])
  })

  it('a part payment that leaves the base unchanged does not cut the span', () => {
    const days = compute(7_900n, '2026-07-31', '2026-11-20', 1, [['2026-10-01', 500n]]).spans.map((span) => span.days)
    expect(days).toEqual([31, 81])
  })

  it('leaves out the days of a 徴収猶予 and merges around them', () => {
    const result = computeEntaikin(
      {
        chargedYen: 100_000n,
        dueOn: d('2026-07-31'),
        until: d('2026-08-20'),
        payments: [],
        lowMonths: 1,
        exempt: [{ from: d('2026-08-06'), to: d('2026-08-10') }],
      },
      ENTAIKIN_RATES,
    )
    expect(result.spans).toEqual([
      { from: '2026-08-01', to: '2026-08-20', days: 15, baseYen: 100_000n, perMille: 28n, yen: 115n },
    ])
  })

  it('says which day has no registered rate instead of guessing', () => {
    expect(compute(500_000n, '2026-12-25', '2027-01-14', 1)).toEqual({
      yen: 0n,
      rawYen: 0n,
      spans: [],
      missingRateOn: '2027-01-01',
    })
    expect(compute(500_000n, '2013-12-02', '2014-01-31', 1).missingRateOn).toBe('2013-12-03')
  })
})

describe('延滞金, properties', () => {
  const due = d('2023-07-31')
  const yen = fc.bigInt({ min: 0n, max: 2_000_000n })
  const days = fc.integer({ min: 0, max: 1_200 })
  const months = fc.constantFrom(1, 3)
  const run = (chargedYen: bigint, n: number, lowMonths: number, payments: { paidOn: typeof due; yen: bigint }[]) =>
    computeEntaikin({ chargedYen, dueOn: due, until: addDays(due, n), lowMonths, payments }, ENTAIKIN_RATES)

  it('is 0 or at least 1,000, in hundreds, and never above the raw sum', () => {
    fc.assert(
      fc.property(yen, days, months, (charged, n, low) => {
        const result = run(charged, n, low, [])
        expect(result.yen === 0n || result.yen >= 1000n).toBe(true)
        expect(result.yen % 100n).toBe(0n)
        expect(result.yen <= result.rawYen).toBe(true)
      }),
    )
  })

  it('never falls as days pass, never grows by a part payment, days add up', () => {
    fc.assert(
      fc.property(yen, days, days, months, fc.bigInt({ min: 1n, max: 500_000n }), (charged, n, at, low, part) => {
        const today = run(charged, n, low, [])
        expect(run(charged, n + 1, low, []).rawYen >= today.rawYen).toBe(true)
        const paid = run(charged, n, low, [{ paidOn: addDays(due, at), yen: part }])
        expect(paid.yen <= today.yen).toBe(true)
        if (charged >= 2000n) expect(today.spans.reduce((sum, span) => sum + span.days, 0)).toBe(n)
      }),
    )
  })

  it('three months of low rate never cost more than one', () => {
    fc.assert(
      fc.property(yen, days, (charged, n) => {
        expect(run(charged, n, 3, []).rawYen <= run(charged, n, 1, []).rawYen + 1n).toBe(true)
      }),
    )
  })
})
