import { describe, expect, it } from 'vitest'
import { plainDateOf } from '#kernel/plain-date.ts'
import { ENTAIKIN_RATES } from '#rules/entaikin/rates.ts'
import { rateOfYear } from '#rules/interest/year-rates.ts'
import { at, type OptionDefinition, refuseOptionValue, sayOptionValue } from '#rules/options.ts'
import { DEFAULT_TOKUSOKU_OPTIONS, resolveTokusokuOptions, TOKUSOKU_OPTIONS } from '#rules/tokusoku/options.ts'
import * as reasons from '#rules/tokusoku/reasons.ts'

const d = plainDateOf
const ISSUE = d('2026-08-20')

describe('条例等の設定 of 5.2', () => {
  it('has the defaults of the sheet', () => {
    const { feeYen, lowMonths, entaikinRates, ...rest } = DEFAULT_TOKUSOKU_OPTIONS
    expect(rest).toEqual({
      designatedDays: 10,
      issueLimitDays: 20,
      minUnpaidYen: 0n,
      noticeUnit: 'instalment',
      entaikinPrint: 'asOfIssue',
      slipIncludesEntaikin: false,
      slipDeadline: 'designatedOn',
      partPaidAt004: 'pull',
      waiveFeeIfPaidBeforeIssue: true,
      dvIndividualNotice: true,
      highAmountYen: 100_000n,
      prescriptionYears: 2,
      prescriptionRestart: 'dayAfterDesignated',
      tainoshaIncludesYuyo: true,
      outlierCountPct: 30,
    })
    expect(at(feeYen, ISSUE)).toBe(0n)
    expect(at(lowMonths, ISSUE)).toBe(1)
    expect(entaikinRates).toEqual(ENTAIKIN_RATES)
  })

  it('takes what is recorded of every kind', () => {
    const recorded = {
      slipIncludesEntaikin: true,
      waiveFeeIfPaidBeforeIssue: false,
      slipDeadline: 'none',
      lowMonths: 3,
      feeYen: 100,
    }
    const versions = Object.entries(recorded).map(([name, value]) => ({ name, validFrom: d('2026-04-01'), value }))
    const { feeYen, lowMonths, ...options } = resolveTokusokuOptions(versions, ISSUE)
    expect(options).toMatchObject({
      slipIncludesEntaikin: true,
      waiveFeeIfPaidBeforeIssue: false,
      dvIndividualNotice: true,
      slipDeadline: 'none',
    })
    expect([at(feeYen, ISSUE), at(lowMonths, ISSUE)]).toEqual([100n, 3])
    expect([at(feeYen, d('2026-03-31')), at(lowMonths, d('2026-03-31'))]).toEqual([0n, 1])
  })

  it('a recorded 延滞金特例基準割合 gives the rates of its year alone, before those that are known; 0 takes it back', () => {
    const rateOf = (year: number, ...recorded: readonly (readonly [string, number])[]) => {
      const versions = recorded.map(([from, value]) => ({ name: 'entaikinRates', validFrom: d(from), value }))
      const rate = rateOfYear(year, resolveTokusokuOptions(versions, ISSUE).entaikinRates)
      return rate && [rate.lowPerMille, rate.highPerMille]
    }
    expect(rateOf(2027, ['2027-01-01', 19])).toEqual([29n, 92n])
    expect(rateOf(2028, ['2027-01-01', 19])).toBeUndefined()
    expect(rateOf(2026, ['2027-01-01', 19])).toEqual([28n, 91n])
    expect(rateOf(2026, ['2026-01-01', 19])).toEqual([29n, 92n])
    expect(rateOf(2027, ['2027-01-01', 19], ['2027-01-01', 0])).toBeUndefined()
  })

  it('a rate that is not recorded is said as the built-in one of the year; of a year without one, and without a day, as 未登録', () => {
    const sayOn = (...of: readonly [value: number, day?: string]) =>
      sayOptionValue(TOKUSOKU_OPTIONS.entaikinRates, of[0], of[1] === undefined ? undefined : d(of[1]))
    expect(sayOn(0, '2025-12-31')).toBe('1.4%(組込み)')
    expect(sayOn(0, '2026-12-31')).toBe('1.8%(組込み)')
    expect(sayOn(19, '2026-12-31')).toBe('1.9%')
    expect(sayOn(0, '2027-01-01')).toBe('未登録')
    expect(sayOn(0)).toBe('未登録')
  })

  it('every default may be recorded', () => {
    for (const [name, definition] of Object.entries<OptionDefinition>(TOKUSOKU_OPTIONS))
      expect([name, refuseOptionValue(definition, definition.default)]).toEqual([name, null])
  })

  it('takes the version in force on the 発送日, the fee by 納期限', () => {
    const options = resolveTokusokuOptions(
      [
        { name: 'minUnpaidYen', validFrom: d('2026-08-21'), value: 500 },
        { name: 'minUnpaidYen', validFrom: d('2026-04-01'), value: 1_000 },
        { name: 'feeYen', validFrom: d('2020-04-01'), value: 100 },
        { name: 'feeYen', validFrom: d('2026-04-01'), value: 0 },
      ],
      ISSUE,
    )
    expect(options.minUnpaidYen).toBe(1_000n)
    expect(at(options.feeYen, d('2026-03-31'))).toBe(100n)
    expect(at(options.feeYen, d('2026-04-01'))).toBe(0n)
    expect(at(options.feeYen, d('2019-07-31'))).toBe(0n)
  })

  it('of two versions of one day the later recorded counts', () => {
    const versions = [
      { name: 'designatedDays', validFrom: d('2026-04-01'), value: 14 },
      { name: 'designatedDays', validFrom: d('2026-04-01'), value: 12 },
    ]
    expect(resolveTokusokuOptions(versions, ISSUE).designatedDays).toBe(12)
  })

  it.each([
    ['designatedDays', 9],
    ['designatedDays', 10.5],
    ['lowMonths', 2],
    ['feeYen', -1],
    ['noticeUnit', 'toString'],
    ['slipIncludesEntaikin', 'true'],
  ] as const)('refuses %s = %s', (name, value) => {
    expect(refuseOptionValue(TOKUSOKU_OPTIONS[name], value)).toMatch(/。$/)
    expect(() => resolveTokusokuOptions([{ name, validFrom: d('2026-04-01'), value }], ISSUE)).toThrow(RangeError)
  })
})

describe('理由の一覧', () => {
  it('codes are unique within the flow', () => {
    const codes = [
      reasons.VERDICT_REASONS,
      reasons.EXCLUDE_REASONS,
      reasons.UNPRINTABLE_REASONS,
      reasons.PULL_REASONS,
      reasons.RESEND_REASONS,
      reasons.RETURN_REASONS,
    ].flatMap((list) => Object.keys(list))
    expect(new Set(codes).size).toBe(codes.length)
    expect(codes).toHaveLength(13 + 10 + 8 + 11 + 5 + 6)
  })

  it('T10–T15 and T17 need a followUpOn; T11, T18, T99 are for 係長', () => {
    const { EXCLUDE_REASONS: t } = reasons
    const where = (test: (one: reasons.ReasonEntry) => boolean) =>
      Object.entries<reasons.ReasonEntry>(t)
        .filter(([, one]) => test(one))
        .map(([code]) => code)
    expect(where((one) => one.needsFollowUpOn)).toEqual(['T10', 'T11', 'T12', 'T13', 'T14', 'T15', 'T17'])
    expect(where((one) => one.by === '係長')).toEqual(['T11', 'T18', 'T99'])
    expect(where((one) => one.noteMin > 0)).toEqual(['T99'])
  })
})
