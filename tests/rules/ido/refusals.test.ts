import { describe, expect, it } from 'vitest'
import { ALL_DUE, fucho, OPEN_FROM_OCTOBER, place, tokucho } from './years.ts'

const F63 = fucho(7000n, OPEN_FROM_OCTOBER)
const RUNNING = [tokucho(12, 9700n, 'stoppable'), ...fucho(0n, OPEN_FROM_OCTOBER)]

describe('異動賦課の割り振り: what is refused', () => {
  it.each([
    ['普徴 with a state of 特徴', { slots: fucho(1n, ['locked']), newAnnualYen: 1n, events: ['ACQ'] }, 'slot-state'],
    ['特徴 in an odd month', { slots: [tokucho(7, 1n, 'locked')], newAnnualYen: 1n, events: ['ACQ'] }, 'slot-month'],
    ['a decrease that rises', { slots: F63, newAnnualYen: 63_001n, events: ['DEC-F'] }, 'not-a-decrease'],
    ['an increase that falls', { slots: F63, newAnnualYen: 62_999n, events: ['INC-F'] }, 'not-an-increase'],
    ['普徴の増額 while 特徴 runs', { slots: RUNNING, newAnnualYen: 9800n, events: ['INC-F'] }, 'tokucho-running'],
    ['特徴の減額 without 特徴', { slots: F63, newAnnualYen: 1n, events: ['DEC-T'] }, 'tokucho-not-running'],
    ['a month nobody asks for', { slots: F63, newAnnualYen: 1n, events: ['DEC-F'], fromMonth: 10 }, 'month-unused'],
    ['a start without its month', { slots: F63, newAnnualYen: 63_000n, events: ['ADD'] }, 'month-needed'],
    [
      'a start in a month of the other kind',
      { slots: F63, newAnnualYen: 63_000n, events: ['ADD-k'], fromMonth: 12 },
      'month-needed',
    ],
    ['過年度 with another event', { slots: F63, newAnnualYen: 1n, events: ['PST-', 'DTH'] }, 'past-year-alone'],
    [
      'a start with no 普徴 to move',
      { slots: fucho(7000n, ALL_DUE), newAnnualYen: 63_000n, events: ['ADD'], fromMonth: 12 },
      'nothing-to-move',
    ],
    [
      'a start where 特徴 stands already',
      { slots: RUNNING, newAnnualYen: 20_000n, events: ['ADD'], fromMonth: 12 },
      'already-tokucho',
    ],
    [
      'a decrease that reaches 不納欠損',
      { slots: fucho(5000n, ['written-off']), newAnnualYen: 0n, events: ['DEC-F'] },
      'written-off',
    ],
    [
      '過年度 that reaches 不納欠損',
      { slots: fucho(5000n, ['written-off']), newAnnualYen: 0n, events: ['PST-'] },
      'written-off',
    ],
  ] as const)('%s', (_, change, kind) => {
    expect(place(change)).toMatchObject({ ok: false, error: { kind } })
  })

  it('the same amounts with the right event are calculated', () => {
    expect(place({ slots: F63, newAnnualYen: 63_001n, events: ['INC-F'] }).ok).toBe(true)
    expect(place({ slots: F63, newAnnualYen: 63_000n, events: ['INC-F'] }).ok).toBe(true)
    expect(place({ slots: F63, newAnnualYen: 63_000n, events: ['DEC-F'] }).ok).toBe(true)
    expect(place({ slots: RUNNING, newAnnualYen: 9800n, events: ['INC-T'] }).ok).toBe(true)
  })
})
