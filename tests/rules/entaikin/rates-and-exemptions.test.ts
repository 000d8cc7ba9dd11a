import { describe, expect, it } from 'vitest'
import { plainDateOf } from '#kernel/plain-date.ts'
import { computeEntaikin, type EntaikinInput } from '#rules/entaikin/compute-entaikin.ts'
import { ENTAIKIN_RATES, rateOfBase } from '#rules/entaikin/rates.ts'
import { rateOfYear } from '#rules/interest/year-rates.ts'

const d = plainDateOf

describe('延滞金の割合, rules §6.1', () => {
  it.each([
    [2013, undefined, undefined],
    [2014, 29n, 92n],
    [2015, 28n, 91n],
    [2016, 28n, 91n],
    [2017, 27n, 90n],
    [2018, 26n, 89n],
    [2020, 26n, 89n],
    [2021, 25n, 88n],
    [2022, 24n, 87n],
    [2025, 24n, 87n],
    [2026, 28n, 91n],
    [2027, undefined, undefined],
  ])('%i: %s and %s', (year, low, high) => {
    const rate = rateOfYear(year, ENTAIKIN_RATES)
    expect([rate?.lowPerMille, rate?.highPerMille]).toEqual([low, high])
  })
})

describe('延滞金の割合 of a 延滞金特例基準割合, rules §6.1', () => {
  it.each([
    [18n, 28n, 91n],
    [1n, 11n, 74n],
    [63n, 73n, 136n],
    [64n, 73n, 137n],
    [73n, 73n, 146n],
    [74n, 73n, 146n],
  ])('%s → %s and %s', (base, lowPerMille, highPerMille) => {
    expect(rateOfBase(2027, base)).toEqual({ fromYear: 2027, toYear: 2027, lowPerMille, highPerMille })
  })
})

describe('延滞金: days of 徴収猶予', () => {
  const daysOf = (exempt: readonly (readonly [string, string | null])[], change: Partial<EntaikinInput> = {}) =>
    computeEntaikin(
      {
        chargedYen: 100_000n,
        dueOn: d('2026-07-31'),
        until: d('2026-08-20'),
        payments: [],
        lowMonths: 1,
        exempt: exempt.map(([from, to]) => ({ from: d(from), to: to === null ? null : d(to) })),
        ...change,
      },
      ENTAIKIN_RATES,
    ).spans.map(({ from, to, days }) => [from, to, days])

  it.each<[string, readonly (readonly [string, string | null])[], readonly unknown[]]>([
    ['none', [], [['2026-08-01', '2026-08-20', 20]]],
    [
      'two of them, the later named first',
      [
        ['2026-08-11', '2026-08-12'],
        ['2026-08-05', '2026-08-05'],
      ],
      [['2026-08-01', '2026-08-20', 17]],
    ],
    [
      'two of them, the earlier named first',
      [
        ['2026-08-05', '2026-08-05'],
        ['2026-08-11', '2026-08-12'],
      ],
      [['2026-08-01', '2026-08-20', 17]],
    ],
    ['from the first day', [['2026-08-01', '2026-08-01']], [['2026-08-02', '2026-08-20', 19]]],
    ['only the last day', [['2026-08-20', '2026-08-20']], [['2026-08-01', '2026-08-19', 19]]],
    ['without end', [['2026-08-10', null]], [['2026-08-01', '2026-08-09', 9]]],
    ['over all', [['2026-07-01', null]], []],
    ['after the last day', [['2026-08-21', null]], [['2026-08-01', '2026-08-20', 20]]],
    ['over before the first day', [['2026-06-01', '2026-07-31']], [['2026-08-01', '2026-08-20', 20]]],
  ])('%s', (_, exempt, spans) => {
    expect(daysOf(exempt)).toEqual(spans)
  })

  it('a year without rate does not matter while 猶予 lasts', () => {
    const result = computeEntaikin(
      {
        chargedYen: 100_000n,
        dueOn: d('2026-12-28'),
        until: d('2027-01-31'),
        payments: [],
        lowMonths: 1,
        exempt: [{ from: d('2027-01-01'), to: null }],
      },
      ENTAIKIN_RATES,
    )
    expect(result.missingRateOn).toBeNull()
    expect(result.spans.map(({ days }) => days)).toEqual([3])
  })
})

describe('延滞金: part payments', () => {
  const basesOf = (paid: readonly (readonly [string, bigint])[], chargedYen = 30_000n) =>
    computeEntaikin(
      {
        chargedYen,
        dueOn: d('2026-07-31'),
        until: d('2026-08-20'),
        payments: paid.map(([paidOn, yen]) => ({ paidOn: d(paidOn), yen })),
        lowMonths: 1,
      },
      ENTAIKIN_RATES,
    ).spans.map(({ baseYen, days }) => [baseYen, days])

  it.each<[string, readonly (readonly [string, bigint])[], readonly unknown[]]>([
    [
      'in any order',
      [
        ['2026-08-15', 5000n],
        ['2026-08-10', 10_000n],
      ],
      [
        [30_000n, 10],
        [20_000n, 5],
        [15_000n, 5],
      ],
    ],
    [
      'two of one day',
      [
        ['2026-08-10', 5000n],
        ['2026-08-10', 5000n],
      ],
      [
        [30_000n, 10],
        [20_000n, 10],
      ],
    ],
    [
      'on the first day',
      [['2026-08-01', 10_000n]],
      [
        [30_000n, 1],
        [20_000n, 19],
      ],
    ],
    ['on the last day counts for nothing', [['2026-08-20', 10_000n]], [[30_000n, 20]]],
    [
      'a reversal raises the base again',
      [
        ['2026-08-05', 10_000n],
        ['2026-08-10', -10_000n],
      ],
      [
        [30_000n, 5],
        [20_000n, 5],
        [30_000n, 10],
      ],
    ],
    ['less than 2,000 is left', [['2026-08-05', 28_001n]], [[30_000n, 5]]],
    [
      'exactly 2,000 is left',
      [['2026-08-05', 28_000n]],
      [
        [30_000n, 5],
        [2000n, 15],
      ],
    ],
    ['nothing is left', [['2026-08-05', 30_000n]], [[30_000n, 5]]],
  ])('%s', (_, paid, bases) => {
    expect(basesOf(paid)).toEqual(bases)
  })

  it('of a claim below 2,000 not even a year without rate is missed', () => {
    const result = computeEntaikin(
      { chargedYen: 1999n, dueOn: d('2026-12-25'), until: d('2027-01-14'), payments: [], lowMonths: 1 },
      ENTAIKIN_RATES,
    )
    expect(result).toEqual({ yen: 0n, rawYen: 0n, spans: [], missingRateOn: null })
  })
})
