import { describe, expect, it } from 'vitest'
import { type AddresseeFacts, chooseAddressee, type Delivery } from '#rules/tokusoku/choose-addressee.ts'
import { d, heir, HOME } from './case.ts'

const ON = d('2026-08-20')
const row = (kind: Delivery['kind'], name: string, from: string, to: string | null = null): Delivery => ({
  kind,
  name,
  ...HOME,
  address: `${name}方`,
  from: d(from),
  to: to === null ? null : d(to),
})
const facts = (change: Partial<AddresseeFacts> = {}): AddresseeFacts => ({
  name: '見本 太郎',
  deathOn: null,
  home: HOME,
  deliveries: [],
  isProtected: false,
  ...change,
})
const choose = (change: Partial<AddresseeFacts>) => chooseAddressee(facts(change), ON)

describe('宛名の決定 (5.2 003)', () => {
  it.each<[string, Partial<AddresseeFacts>, string, string]>([
    ['the 宛名 address', {}, '本人', '見本市中央1丁目2番3号'],
    ['本人の送付先', { deliveries: [row('本人', '施設', '2026-01-01')] }, '本人', '施設方'],
    [
      '代理 before 本人',
      { deliveries: [row('本人', '施設', '2026-08-01'), row('代理', '後見', '2026-01-01')] },
      '代理',
      '後見方',
    ],
    [
      'the latest 開始日',
      { deliveries: [row('代理', '旧', '2026-01-01'), row('代理', '新', '2026-05-01')] },
      '代理',
      '新方',
    ],
    [
      'not in force any more',
      { deliveries: [row('代理', '旧', '2026-01-01', '2026-08-19')] },
      '本人',
      '見本市中央1丁目2番3号',
    ],
    ['in force on its last day', { deliveries: [row('代理', '旧', '2026-01-01', '2026-08-20')] }, '代理', '旧方'],
    ['相続人代表 only for the dead', { deliveries: [heir('2026-01-01')] }, '本人', '見本市中央1丁目2番3号'],
    [
      '#7a: dead',
      { deathOn: d('2026-08-05'), deliveries: [row('代理', '後見', '2026-01-01'), heir('2026-08-15')] },
      '相続人代表',
      '見本市中央1丁目2番3号',
    ],
  ])('%s', (_, change, kind, address) => {
    const { addressee, problems } = choose(change)
    expect(problems).toEqual([])
    expect(addressee).toMatchObject({ kind, address })
  })

  it.each<[string, Partial<AddresseeFacts>, readonly string[]]>([
    ['U01 no address', { home: { ...HOME, address: ' ' } }, ['U01']],
    ['U01 no 宛名 row', { home: null }, ['U01']],
    ['U02 postal code', { home: { ...HOME, postalCode: '123-456' } }, ['U02']],
    ['U02 too many digits', { home: { ...HOME, postalCode: '12345678' } }, ['U02']],
    ['U02 digits behind a letter', { home: { ...HOME, postalCode: 'x1234567' } }, ['U02']],
    ['dead the day after', { deathOn: d('2026-08-21') }, []],
    [
      'two of an older 開始日 do not matter',
      {
        deliveries: [row('代理', '甲', '2026-01-01'), row('代理', '乙', '2026-01-01'), row('代理', '丙', '2026-02-01')],
      },
      [],
    ],
    [
      'one of an older 開始日 named last does not matter',
      { deliveries: [row('代理', '丙', '2026-02-01'), row('代理', '甲', '2026-01-01')] },
      [],
    ],
    ['U05 same 開始日', { deliveries: [row('代理', '甲', '2026-01-01'), row('代理', '乙', '2026-01-01')] }, ['U05']],
    ['U06 dead without 相続人代表', { deathOn: d('2026-08-20') }, ['U06']],
    ['U04 protected', { isProtected: true }, ['U04', 'U01']],
    ['U04 protected, with 送付先', { isProtected: true, deliveries: [row('本人', '局留', '2026-01-01')] }, ['U04']],
    ['U01 approved, but only the 宛名 address', { isProtected: true, isApproved: true }, ['U01']],
    [
      'approved with 送付先',
      { isProtected: true, isApproved: true, deliveries: [row('本人', '局留', '2026-01-01')] },
      [],
    ],
  ])('%s', (_, change, problems) => {
    expect(choose(change).problems).toEqual(problems)
  })

  it.each([
    ['equal name and birth date', '1950-01-02', '1950-01-02', ['U04']],
    ['equal name, birth date unknown', null, '1950-01-02', ['U04']],
    ['equal name, birth date of the 相手方 unknown', '1950-01-02', null, ['U04']],
    ['equal name, another birth date', '1951-03-04', '1950-01-02', []],
  ])('相手方: %s', (_, bornOn, theirs, problems) => {
    const deliveries = [{ ...row('代理', '髙橋 一郎', '2026-01-01'), bornOn: bornOn === null ? null : d(bornOn) }]
    const counterparts = [
      { name: '別人', bornOn: null },
      { name: '高橋一郎', bornOn: theirs === null ? null : d(theirs) },
    ]
    expect(choose({ isProtected: true, isApproved: true, deliveries, counterparts }).problems).toEqual(problems)
  })
})
