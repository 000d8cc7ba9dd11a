import { describe, expect, it } from 'vitest'
import { charges, fucho, orders, placed, tokucho } from './years.ts'

// sheet 3.5 §5.1, §5.2 step 6, §5.3 RFS, RFC and KAR: what is charged and what the pension side will withhold; worked by hand
describe('依頼額 after a change', () => {
  it('follows the charge where nothing is handed over, or 仮徴収 can still be changed', () => {
    const slots = [tokucho(6, 9000n, 'changeable'), tokucho(10, 9000n, 'planned')]
    const less = placed({ slots, newAnnualYen: 12_000n, events: ['JUT-k'] })
    expect([charges(less), orders(less)]).toEqual([
      [9000n, 3000n],
      [9000n, 3000n],
    ])
    const lesser = placed({ slots, newAnnualYen: 4000n, events: ['JUT-k'] })
    expect([charges(lesser), orders(lesser)]).toEqual([
      [4000n, 0n],
      [4000n, 0n],
    ])
  })

  it('stays where it is too late, so that the rest is paid back', () => {
    const slots = [tokucho(4, 9000n, 'collected'), tokucho(8, 9000n, 'locked')]
    const less = placed({ slots, newAnnualYen: 7000n, events: ['JUT-k'] })
    expect([charges(less), orders(less)]).toEqual([
      [7000n, 0n],
      [9000n, 9000n],
    ])
    expect(less.overpaid).toEqual({ nowYen: 2000n, laterYen: 9000n, totalYen: 11_000n })
  })

  it('of 仮徴収 past its stop day follows a change, but not a stop', () => {
    const slots = [{ ...tokucho(8, 9000n, 'changeable'), isPastStopCutoff: true }]
    expect(orders(placed({ slots, newAnnualYen: 5000n, events: ['JUT-k'] }))).toEqual([5000n])
    expect(orders(placed({ slots, newAnnualYen: 5000n, events: ['LOS'] }))).toEqual([9000n])
  })

  it('what was paid back of a collected payment is not paid back again', () => {
    const slots = [{ ...tokucho(4, 9000n, 'collected'), paidYen: 7000n }, tokucho(8, 9000n, 'locked')]
    const less = placed({ slots, newAnnualYen: 5000n, events: ['JUT-k'] })
    expect(less.overpaid).toEqual({ nowYen: 2000n, laterYen: 9000n, totalYen: 11_000n })
  })
})

describe('the order of the periods', () => {
  it('is that of their dates, not of the input; 普徴 falls before 特徴 of its month', () => {
    const due = fucho(1000n, ['due', 'due', 'due', 'due', 'due', 'due', 'due', 'due', 'due'])
    const february = tokucho(2, 1000n, 'collected')
    const december = tokucho(12, 1000n, 'collected')
    // 2,400: March and February by 普徴, then February by 特徴
    const lowered = (slots: Parameters<typeof placed>[0]['slots']) =>
      charges(placed({ slots, newAnnualYen: 8600n, events: ['JUT-k'] }))
    const rest = Array.from({ length: 7 }, () => 1000n)
    expect(lowered([february, ...due.toReversed(), december])).toEqual([600n, 0n, 0n, ...rest, 1000n])
    expect(lowered([...due, december, february])).toEqual([...rest, 0n, 0n, 1000n, 600n])
  })
})

describe('中止の不可', () => {
  const slots = [
    tokucho(8, 6400n, 'locked', 9300n),
    tokucho(10, 0n, 'locked', 9700n),
    tokucho(12, 0n, 'locked', 9700n),
    tokucho(2, 0n, 'stoppable', 9700n),
    ...fucho(3000n, ['due', 'due', 'due', 'open', 'open', 'open', 'open', 'open', 'open']),
  ]

  it('brings back what was stopped and is locked now, not what was lowered or can still be stopped', () => {
    const refused = placed({ slots, newAnnualYen: 40_000n, events: ['RFS'] })
    expect(refused.restored).toEqual([1, 2])
    expect(charges(refused).slice(0, 4)).toEqual([6400n, 9700n, 9700n, 0n])
    expect(refused.stopped).toEqual([3])
    expect(orders(refused).slice(0, 4)).toEqual([9300n, 9700n, 9700n, 0n])
  })

  it('from the month that was sent', () => {
    const refused = placed({ slots, newAnnualYen: 40_000n, events: ['RFS'], fromMonth: 12 })
    expect(refused.restored).toEqual([2])
    expect(charges(refused).slice(0, 4)).toEqual([6400n, 0n, 9700n, 0n])
  })

  it('brings back nothing that was never ordered', () => {
    const never = [tokucho(10, 0n, 'locked', 0n), ...fucho(1000n, ['open'])]
    expect(placed({ slots: never, newAnnualYen: 1000n, events: ['RFS'] }).restored).toEqual([])
  })
})

describe('仮徴収額変更の不可', () => {
  it('goes back to the order in June and August alone, but not where the payment failed', () => {
    const slots = [
      tokucho(4, 5000n, 'collected', 9300n),
      tokucho(6, 5000n, 'failed', 9300n),
      tokucho(8, 5000n, 'locked', 9300n),
      tokucho(10, 5000n, 'locked', 9700n),
      ...fucho(100n, ['open']).map((slot) => ({ ...slot, month: 8 })),
    ]
    const refused = placed({ slots, newAnnualYen: 20_000n, events: ['RFC'] })
    expect(refused.restored).toEqual([2])
    expect(charges(refused)).toEqual([5000n, 0n, 9300n, 5000n, 700n])
  })

  it('restores nothing that is as it was ordered', () => {
    const slots = [tokucho(6, 9300n, 'locked'), tokucho(8, 9300n, 'locked')]
    expect(placed({ slots, newAnnualYen: 18_600n, events: ['RFC'] }).restored).toEqual([])
  })

  const spring = [tokucho(6, 5000n, 'locked', 9000n), tokucho(8, 9000n, 'planned')]
  const autumn = [10, 12, 2].map((month) => tokucho(month, 12_000n, 'planned'))

  it('is carried by October, December and February, not by what is planned before', () => {
    const refused = placed({ slots: [...spring, ...autumn], newAnnualYen: 48_100n, events: ['RFC'] })
    expect(charges(refused)).toEqual([9000n, 9000n, 10_100n, 10_000n, 10_000n])
    expect(refused.recalculated).toEqual([2, 3, 4])
  })

  it('is carried by them down to 0', () => {
    const refused = placed({ slots: [...spring, ...autumn], newAnnualYen: 15_000n, events: ['RFC'] })
    expect(charges(refused)).toEqual([9000n, 6000n, 0n, 0n, 0n])
  })

  it('is left to 普通徴収 where not all three are still to be ordered', () => {
    const two = [tokucho(10, 12_000n, 'locked'), ...autumn.slice(1), ...fucho(0n, ['open'])]
    const refused = placed({ slots: [...spring, ...two], newAnnualYen: 55_000n, events: ['RFC'] })
    expect(refused.recalculated).toEqual([])
    expect(charges(refused)).toEqual([9000n, 9000n, 12_000n, 12_000n, 12_000n, 1000n])
  })
})

describe('暫定賦課額の修正', () => {
  it('without a payment that can be changed is left to the open periods', () => {
    const slots = [tokucho(8, 9000n, 'locked'), ...fucho(1000n, ['open', 'open'])]
    const corrected = placed({ slots, newAnnualYen: 12_000n, events: ['KAR'] })
    expect(corrected.recalculated).toEqual([])
    expect(charges(corrected)).toEqual([9000n, 1500n, 1500n])
  })

  it('lowers June and August to 0 at most', () => {
    const slots = [tokucho(4, 9000n, 'collected'), ...[6, 8].map((month) => tokucho(month, 9000n, 'changeable'))]
    const corrected = placed({ slots, newAnnualYen: 8000n, events: ['KAR'] })
    expect(charges(corrected)).toEqual([8000n, 0n, 0n])
    expect(orders(corrected)).toEqual([9000n, 0n, 0n])
  })
})
