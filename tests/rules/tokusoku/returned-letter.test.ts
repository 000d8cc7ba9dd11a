import { plainDateOf } from '#kernel/plain-date.ts'
import type { Addressee } from '#rules/tokusoku/choose-addressee.ts'
import {
  mayResendOn,
  nextOnReturn,
  postingDates,
  refusePosting,
  refuseResend,
  resendDates,
  stateOnReturn,
  type ReturnedLetterFacts,
} from '#rules/tokusoku/returned-letter.ts'
import { describe, expect, it } from 'vitest'
import { HOLIDAYS } from '../calendar/holidays.ts'

// sheet 5.2, 007 「返戻 afterwards」 and 「What happens when」; sheet 1.1 PP5
const d = plainDateOf
const OPTIONS = { designatedDays: 10 }

describe('再発送の日付: a new 指定期限 only when the printed one has passed', () => {
  it.each([
    // printed 8/31 of the base run (§8)
    ['before it', '2026-08-28', '2026-08-31', '2026-09-08', false],
    ['on its day', '2026-08-31', '2026-08-31', '2026-09-11', false],
    ['the day after', '2026-09-01', '2026-09-11', '2026-09-12', true],
    ['before a Sunday and three holidays (#17)', '2026-09-10', '2026-09-24', '2026-09-25', true],
  ])('%s: %s → 指定期限 %s, 差押え可能日 %s', (_, resentOn, designated, seizable, isRenewed) => {
    expect(resendDates(d(resentOn), d('2026-08-31'), OPTIONS, HOLIDAYS)).toEqual({
      designatedOn: designated,
      servedOn: resentOn,
      seizableFrom: seizable,
      isRenewed,
    })
  })
  it.each([
    ['2026-09-10', true],
    ['2026-09-09', false], // yesterday
    ['2026-09-12', false], // Saturday
    ['2026-09-24', true], // 14 days ahead
    ['2026-09-25', false],
  ])('may be made for %s: %s', (resentOn, may) => {
    expect(mayResendOn(d(resentOn), d('2026-09-10'), HOLIDAYS)).toBe(may)
  })
})

describe('公示送達の日付: served when 7 days have passed', () => {
  it.each([
    ['2026-10-01', '2026-08-31', '2026-10-08', '2026-10-19'],
    ['2026-08-24', '2026-09-30', '2026-08-31', '2026-10-01'], // the 指定期限 is later than served day + 10
  ])('%s with 指定期限 %s → served %s, 差押え可能日 %s', (postedOn, designated, servedOn, seizable) => {
    expect(postingDates(d(postedOn), d(designated))).toEqual({
      designatedOn: designated,
      servedOn,
      seizableFrom: seizable,
    })
  })
})

const home: Addressee = {
  kind: '本人',
  name: '見本 1郎',
  bornOn: null,
  postalCode: '0000001',
  address: 'みほん市中央1丁目',
  building: '',
  source: '宛名',
}
const moved: Addressee = { ...home, address: 'みほん市北9丁目' }
const heir: Addressee = { ...home, kind: '相続人代表', name: '見本 相続', source: '送付先' }
const facts = (now: Partial<ReturnedLetterFacts['now']> = {}, more: Partial<ReturnedLetterFacts> = {}) => ({
  reason: 'R1' as const,
  printed: { chargedYen: 12_300n, addressee: home },
  isCancelled: false,
  ...more,
  now: {
    chargedYen: 12_300n,
    unpaidYen: 12_300n,
    deferrals: [],
    isProtected: false,
    choice: { addressee: moved, problems: [] },
    ...now,
  },
})
const ON = d('2026-09-10')
const clerk = { isLead: false, isSameAddressConfirmed: false }

describe('再発送の再確認', () => {
  it.each<[string, ReturnedLetterFacts, object | null]>([
    ['moved and unpaid', facts(), null],
    ['a part payment since', facts({ unpaidYen: 7_300n }), null],
    ['paid in full since', facts({ unpaidYen: 0n }), { code: 'F52-23' }],
    ['調定 changed', facts({ chargedYen: 9_000n, unpaidYen: 9_000n }), { code: 'F52-24', reason: '調定変更' }],
    [
      '猶予 in force on the day',
      facts({ deferrals: [{ from: d('2026-09-10'), to: d('2026-12-31') }] }),
      { code: 'F52-24', reason: '徴収猶予中' },
    ],
    ['猶予 that ended the day before', facts({ deferrals: [{ from: d('2026-09-01'), to: d('2026-09-09') }] }), null],
    ['督促 taken back', facts({}, { isCancelled: true }), { code: 'F52-24', reason: '督促の取消' }],
    [
      'no addressee',
      facts({ choice: { addressee: null, problems: ['U06'] } }),
      { code: 'F52-24', reason: '相続人代表者なし' },
    ],
    [
      'postal code missing',
      facts({ choice: { addressee: moved, problems: ['U02'] } }),
      { code: 'F52-24', reason: '郵便番号不備' },
    ],
    ['R1 to the same address', facts({ choice: { addressee: home, problems: [] } }), { code: 'F52-25' }],
    ['R4 to the same address', facts({ choice: { addressee: home, problems: [] } }, { reason: 'R4' }), null],
    ['R5 to the dead person', facts({}, { reason: 'R5' }), { code: 'F52-24', reason: '相続人代表者なし' }],
    ['R5 to the heirs', facts({ choice: { addressee: heir, problems: [] } }, { reason: 'R5' }), null],
    ['抑止, by a 担当', facts({ isProtected: true }), { code: 'F52-26' }],
  ])('%s', (_, kase, expected) => {
    expect(refuseResend(kase, ON, clerk)).toEqual(expected)
  })
  it('goes to the same address when a person has confirmed it', () => {
    const same = facts({ choice: { addressee: home, problems: [] } })
    expect(refuseResend(same, ON, { ...clerk, isSameAddressConfirmed: true })).toBeNull()
  })
  it('goes to a person under 抑止 by a 係長', () => {
    expect(refuseResend(facts({ isProtected: true }), ON, { ...clerk, isLead: true })).toBeNull()
  })
})

describe('公示送達の再確認', () => {
  const other = { isLead: true, isRecorder: false, hasReason: true }
  it.each([
    ['whereabouts unknown', facts(), clerk, null],
    ['paid in full', facts({ unpaidYen: 0n }), clerk, { code: 'F52-23' }],
    ['dead', facts({}, { reason: 'R5' }), clerk, { code: 'F52-24', reason: '死亡' }],
    ['抑止, by a 担当', facts({ isProtected: true }), { ...other, isLead: false }, { code: 'F52-27' }],
    [
      '抑止, by the 係長 who recorded it',
      facts({ isProtected: true }),
      { ...other, isRecorder: true },
      { code: 'F52-27' },
    ],
    ['抑止, without reasons', facts({ isProtected: true }), { ...other, hasReason: false }, { code: 'F52-27' }],
    ['抑止, another 係長 with reasons', facts({ isProtected: true }), other, null],
  ])('%s', (_, kase, by, expected) => {
    expect(refusePosting(kase, ON, { isRecorder: false, hasReason: false, ...by })).toEqual(expected)
  })
})

describe('次にすること', () => {
  const open = { paper: '督促状', state: '居所調査', reason: 'R2', unpaidYen: 1n, isProtected: false } as const
  it.each([
    [open, '住民票・送付先を調べ、再発送か公示送達'],
    [{ ...open, reason: 'R3' }, '宛先を確かめ、再発送する'],
    [{ ...open, state: '相続人調査', reason: 'R5' }, '相続人代表者を登録し、再発送する'],
    [{ ...open, unpaidYen: 0n }, '納付済みのため、調査を終える'],
    [{ ...open, isProtected: true }, '係長が安全な送付先を確かめる'],
    [{ ...open, state: '再発送' }, ''],
  ] as const)('%o', (kase, expected) => {
    expect(nextOnReturn(kase)).toBe(expected)
  })
  it('a dead person has heirs, anybody else an address', () => {
    expect([stateOnReturn('R5'), stateOnReturn('R1')]).toEqual(['相続人調査', '居所調査'])
  })
})
