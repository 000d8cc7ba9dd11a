import { describe, expect, it } from 'vitest'
import { plainDateOf } from '#kernel/plain-date.ts'
import { renewedByTokusoku } from '#rules/prescription/renewed-by-tokusoku.ts'
import { DEFAULT_TOKUSOKU_OPTIONS } from '#rules/tokusoku/options.ts'
import { isFeeWaived, refuseIssuedOn, seizableFrom, servedByPostingOn } from '#rules/tokusoku/registration.ts'
import {
  confirmDueOn,
  defaultAsOf,
  defaultIssueOn,
  designatedOn,
  refuseTokusokuDates,
  registerDueOn,
} from '#rules/tokusoku/run-dates.ts'
import { HOLIDAYS } from '../calendar/holidays.ts'

const d = plainDateOf
const OPTIONS = DEFAULT_TOKUSOKU_OPTIONS

describe('日付の既定, sheet 5.2 §8 「Defaults for other 納期限」', () => {
  it.each([
    ['2026-07-31', '2026-08-12', '2026-08-20', '2026-08-31'],
    ['2026-08-31', '2026-09-09', '2026-09-18', '2026-09-28'],
    ['2026-09-30', '2026-10-09', '2026-10-20', '2026-10-30'],
    ['2026-11-02', '2026-11-12', '2026-11-20', '2026-11-30'],
    ['2026-11-30', '2026-12-09', '2026-12-18', '2026-12-28'],
    ['2026-12-25', '2027-01-08', '2027-01-14', '2027-01-25'],
    ['2027-02-01', '2027-02-10', '2027-02-19', '2027-03-01'],
  ])('納期限 %s → asOf %s, issueOn %s, designatedOn %s', (due, asOf, issue, designated) => {
    const issueOn = defaultIssueOn(d(due), d(due), OPTIONS, HOLIDAYS)
    expect(issueOn).toBe(issue)
    expect(defaultAsOf(d(due), issueOn, HOLIDAYS)).toBe(asOf)
    expect(designatedOn(issueOn, OPTIONS, HOLIDAYS)).toBe(designated)
  })

  it('past the limit the 発送日 is the first 開庁日 from today', () => {
    expect(defaultIssueOn(d('2026-07-31'), d('2026-08-22'), OPTIONS, HOLIDAYS)).toBe('2026-08-24')
  })

  it('#17: 2026-09-20 is a Sunday before three holidays', () => {
    expect(designatedOn(d('2026-09-10'), OPTIONS, HOLIDAYS)).toBe('2026-09-24')
  })

  it('confirm 3 開庁日 before, register 3 開庁日 after', () => {
    expect(confirmDueOn(d('2026-08-20'), HOLIDAYS)).toBe('2026-08-17')
    expect(registerDueOn(d('2026-08-20'), HOLIDAYS)).toBe('2026-08-25')
  })
})

describe('refuseTokusokuDates', () => {
  const base = { dueOn: d('2026-07-31'), asOf: d('2026-08-12'), issueOn: d('2026-08-20'), lateReason: null }
  const today = d('2026-08-13')
  it.each([
    ['the base run', {}, null],
    ['asOf = 納期限', { asOf: d('2026-07-31') }, 'F52-02'],
    ['asOf the day after', { asOf: d('2026-08-01') }, null],
    ['asOf = issueOn', { asOf: d('2026-08-20') }, null],
    ['asOf after issueOn', { asOf: d('2026-08-21') }, 'F52-02'],
    ['issueOn yesterday', { issueOn: d('2026-08-12') }, 'F52-03'],
    ['issueOn today', { issueOn: d('2026-08-13') }, null],
    ['issueOn on a Saturday', { issueOn: d('2026-08-15') }, 'F52-03'],
    ['late without reason', { issueOn: d('2026-08-21') }, 'F52-04'],
    ['late, reason of 4 characters', { issueOn: d('2026-08-21'), lateReason: ' 機器故障 ' }, 'F52-04'],
    ['late, reason of 5 characters', { issueOn: d('2026-08-21'), lateReason: '機器の故障' }, null],
    ['late, reason of 201 characters', { issueOn: d('2026-08-21'), lateReason: '長'.repeat(201) }, 'F52-04'],
  ])('%s → %s', (_, change, expected) => {
    expect(refuseTokusokuDates({ ...base, ...change }, today, OPTIONS, HOLIDAYS)).toBe(expected)
  })
})

describe('発送登録 (007)', () => {
  const printed = { issueOn: d('2026-08-20'), designatedOn: d('2026-08-31') }
  it.each([
    ['#18a', '2026-08-20', null, '2026-09-01'],
    ['#18b', '2026-08-21', null, '2026-09-01'],
    ['#18c', '2026-08-24', 'F52-14', null],
    ['earlier than printed', '2026-08-19', 'F52-13', null],
  ])('%s: %s → %s, %s', (_, issued, refusal, seizable) => {
    expect(refuseIssuedOn(d(issued), printed, OPTIONS)).toBe(refusal)
    if (seizable !== null) expect(seizableFrom(d(issued), printed.designatedOn)).toBe(seizable)
  })

  it('the later of served day + 10 and the 指定期限 counts', () => {
    expect(seizableFrom(d('2026-09-10'), d('2026-09-24'))).toBe('2026-09-25')
    expect(seizableFrom(servedByPostingOn(d('2026-10-01')), d('2026-10-13'))).toBe('2026-10-19')
  })

  it('行違い: the fee falls away up to the day of issue, by option', () => {
    const waive = { waiveFeeIfPaidBeforeIssue: true }
    expect(isFeeWaived(d('2026-08-20'), d('2026-08-20'), waive)).toBe(true)
    expect(isFeeWaived(d('2026-08-21'), d('2026-08-20'), waive)).toBe(false)
    expect(isFeeWaived(null, d('2026-08-20'), waive)).toBe(false)
    expect(isFeeWaived(d('2026-08-20'), d('2026-08-20'), { waiveFeeIfPaidBeforeIssue: false })).toBe(false)
  })

  it('時効 restarts after the 指定期限 and completes two years after it', () => {
    expect(renewedByTokusoku(d('2026-08-31'), 2)).toEqual({ restartsOn: '2026-09-01', completesOn: '2028-08-31' })
    expect(renewedByTokusoku(d('2028-02-29'), 2).completesOn).toBe('2030-02-28')
  })
})
