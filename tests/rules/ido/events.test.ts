import { describe, expect, it } from 'vitest'
import { charges, fucho, OPEN_FROM_OCTOBER, orders, place, placed, times, tokucho } from './years.ts'

/** The year of 57,000 円 in September: October is locked, nothing by 普徴. */
const T57 = [
  ...[4, 6, 8].map((month) => tokucho(month, 9300n, 'collected')),
  tokucho(10, 9700n, 'locked'),
  ...[12, 2].map((month) => tokucho(month, 9700n, 'stoppable')),
]
const YEAR57 = [...T57, ...fucho(0n, OPEN_FROM_OCTOBER)]

// sentences of the sheet, worked by hand; the worked examples are the examples of the 試算
describe('特別徴収不能', () => {
  const august = tokucho(8, 9300n, 'locked')
  const october = tokucho(10, 9700n, 'failed')
  const slots = [august, october, tokucho(12, 9700n, 'stoppable'), ...fucho(0n, OPEN_FROM_OCTOBER)]

  it('without a month ends what follows the failure, and nothing more when it is told again', () => {
    const first = placed({ slots, newAnnualYen: 28_700n, events: ['FAL'] })
    expect(charges(first).slice(0, 3)).toEqual([9300n, 0n, 0n])

    // when
    const after = slots.map((slot, index) => ({ ...slot, ...first.slots[index] }))
    const second = placed({ slots: after, newAnnualYen: 28_700n, events: ['FAL'] })
    expect(charges(second)).toEqual(charges(first))
    expect(second.stopped).toEqual([])
  })

  it('without a month begins with the first failure that still has its amount', () => {
    const failures = [tokucho(6, 5000n, 'failed'), tokucho(8, 5000n, 'stoppable'), tokucho(10, 0n, 'failed', 0n)]
    const given = { slots: [...failures, ...fucho(0n, ['open'])], newAnnualYen: 10_000n, events: ['FAL'] } as const
    expect(charges(placed(given))).toEqual([0n, 0n, 0n, 10_000n])
  })

  it('needs the month when no payment stands as failed', () => {
    const change = { slots: YEAR57, newAnnualYen: 57_000n, events: ['FAL'] } as const
    expect(place(change)).toMatchObject({ ok: false, error: { kind: 'failure-unknown' } })
    expect(charges(placed({ ...change, fromMonth: 12 })).slice(3, 6)).toEqual([9700n, 0n, 0n])
  })

  it('the amount of the month it speaks of goes whole to the next period', () => {
    const given = { slots: YEAR57, newAnnualYen: 57_000n, events: ['FAL'], fromMonth: 10 } as const
    expect(charges(placed(given, { failedPlacement: 'next-period' })).slice(9)).toEqual([
      9700n + 3400n,
      ...times(5, 3200n),
    ])
  })

  it('a stop by the pension side alone is no 不能額: it is spread', () => {
    const given = { slots, newAnnualYen: 28_700n, events: ['STP'] } as const
    expect(charges(placed(given, { failedPlacement: 'next-period' })).slice(6)).toEqual([3400n, ...times(5, 3200n)])
  })
})

describe('依頼の不可', () => {
  it('of one order; with two in the year it must say of which', () => {
    const slots = [tokucho(8, 9300n, 'locked'), tokucho(10, 9700n, 'stoppable'), ...fucho(0n, OPEN_FROM_OCTOBER)]
    const change = { slots, newAnnualYen: 19_000n, events: ['REF'] } as const
    expect(place(change)).toMatchObject({ ok: false, error: { kind: 'order-unknown' } })
    expect(charges(placed({ ...change, fromMonth: 10 }))).toEqual([
      9300n,
      0n,
      ...times(3, 0n),
      1700n,
      ...times(5, 1600n),
    ])
  })
})

describe('what is not handed over yet', () => {
  const slots = [tokucho(12, 9000n, 'stoppable'), tokucho(2, 9000n, 'planned'), ...fucho(0n, ['open'])]

  it('ends with a stop by the pension side, not with an order that was refused', () => {
    const stopped = placed({ slots, newAnnualYen: 18_000n, events: ['STP'], fromMonth: 12 })
    expect(charges(stopped)).toEqual([0n, 0n, 18_000n])
    const refused = placed({ slots, newAnnualYen: 18_000n, events: ['REF'], fromMonth: 12 })
    expect(charges(refused)).toEqual([0n, 9000n, 9000n])
  })
})

describe('特別徴収の追加', () => {
  const open = fucho(6000n, OPEN_FROM_OCTOBER)
  const add = { newAnnualYen: 54_000n, events: ['ADD'], fromMonth: 12 } as const

  it('is not hindered by what was collected before it', () => {
    const slots = [tokucho(8, 3000n, 'collected'), ...open]
    expect(placed({ ...add, slots, newAnnualYen: 57_000n }).started?.movedYen).toBe(24_000n)
  })

  it('waits while a payment failed', () => {
    const failed = placed({ ...add, slots: [tokucho(8, 3000n, 'failed'), ...open], newAnnualYen: 57_000n })
    expect([failed.started, failed.outcome]).toEqual([null, '不能'])
  })
})

describe('which order was refused', () => {
  const spring = (ordered: bigint) => tokucho(8, 0n, 'locked', ordered)
  const autumn = tokucho(10, 9700n, 'stoppable')
  const refusal = (slots: Parameters<typeof place>[0]['slots']) =>
    place({ slots, newAnnualYen: 9700n, events: ['REF'] }).ok

  it('is plain where only one has anything ordered', () => {
    expect(refusal([spring(0n), autumn, ...fucho(0n, ['open'])])).toBe(true)
    expect(refusal([spring(5000n), ...fucho(9700n, ['due'])])).toBe(true)
    expect(refusal([spring(5000n), autumn])).toBe(false)
    expect(refusal([tokucho(4, 9700n, 'collected'), autumn])).toBe(true)
  })
})

describe('仮徴収 between the stop day and the day to change it', () => {
  const slots = [tokucho(4, 9300n, 'collected'), { ...tokucho(6, 9300n, 'changeable'), isPastStopCutoff: true }]

  it('is locked under a stop: the charge falls, the order stays and is paid back', () => {
    const dead = placed({ slots, newAnnualYen: 0n, events: ['DTH'] })
    expect(charges(dead)).toEqual([0n, 0n])
    expect(orders(dead)).toEqual([9300n, 9300n])
    expect(dead.overpaid).toMatchObject({ nowYen: 9300n, laterYen: 9300n })
  })

  it('is not revived by 暫定賦課額の修正 when it is stopped', () => {
    const open = [tokucho(6, 9300n, 'changeable'), ...fucho(0n, ['open'])]
    const stopped = placed({ slots: open, newAnnualYen: 5000n, events: ['KAR', 'DTH'] })
    expect(charges(stopped)).toEqual([0n, 5000n])
  })
})

describe('several events', () => {
  it('a start is dropped by 口座振替への変更 and 介護保険料の特別徴収の終了', () => {
    const change = { slots: fucho(6000n, OPEN_FROM_OCTOBER), newAnnualYen: 54_000n, fromMonth: 12 } as const
    expect(placed({ ...change, events: ['ADD'] }).started).not.toBeNull()
    for (const event of ['KOZ', 'CAR', 'DTH'] as const)
      expect(placed({ ...change, events: ['ADD', event] }).started).toBeNull()
  })

  it('住所地特例 that goes on does not hide a decrease', () => {
    const change = { slots: YEAR57, newAnnualYen: 48_200n } as const
    const decrease = placed({ ...change, events: ['DEC-T'] })
    expect(charges(placed({ ...change, events: ['JUT-k', 'DEC-T'] }))).toEqual(charges(decrease))
    expect(decrease.outcome).toBe('中止')
  })

  it('職員の選択 goes before the choice by the amount, not before a loss', () => {
    const change = { slots: YEAR57, newAnnualYen: 60_000n } as const
    expect(placed({ ...change, events: ['INC-T'] }).outcome).toBe('継続')
    expect(placed({ ...change, events: ['INC-T', 'MAN'] }).outcome).toBe('中止')
    const lost = placed({ ...change, newAnnualYen: 50_000n, events: ['MAN', 'DTH'] }, { manualTreatment: 'continue' })
    expect(lost.outcome).toBe('中止')
  })

  it('of an increase and a decrease the sum counts', () => {
    const change = { slots: fucho(7000n, OPEN_FROM_OCTOBER), newAnnualYen: 60_600n } as const
    expect(charges(placed({ ...change, events: ['INC-F', 'DEC-F'] }))).toEqual([...times(3, 7000n), ...times(6, 6600n)])
    expect(charges(placed({ ...change, newAnnualYen: 69_000n, events: ['INC-F', 'GEN'] }))).toEqual([
      ...times(3, 7000n),
      ...times(6, 8000n),
    ])
  })

  it('a refused change is restored, and the year before it tells whether the amount fell', () => {
    const slots = [tokucho(6, 5000n, 'locked', 9300n), tokucho(12, 9700n, 'planned'), ...fucho(0n, OPEN_FROM_OCTOBER)]
    const fell = placed({ slots, newAnnualYen: 14_000n, events: ['RFC', 'REV'] })
    expect(charges(fell)).toEqual([9300n, 0n, ...times(5, 0n), 1400n, ...times(3, 1100n)])
    const rose = placed({ slots, newAnnualYen: 16_000n, events: ['RFC', 'REV'] })
    expect(charges(rose)).toEqual([9300n, 6700n, ...times(9, 0n)])
  })
})

describe('減免', () => {
  it('reaches what is deferred, too: it is unpaid', () => {
    const slots = fucho(7000n, ['due', 'deferred', 'handed-to-bank', 'open'])
    const given = { slots, newAnnualYen: 20_000n, events: ['GEN'], fromMonth: 8 } as const
    expect(charges(placed(given))).toEqual([7000n, 3000n, 7000n, 3000n])
  })
})

describe('過納見込', () => {
  it('counts a payment in advance on a period that may still fall', () => {
    const slots = fucho(7000n, ['open']).map((slot) => ({ ...slot, paidYen: 7000n }))
    expect(placed({ slots, newAnnualYen: 5000n, events: ['DEC-F'] }).overpaid).toMatchObject({
      nowYen: 2000n,
      laterYen: 0n,
    })
  })
})

describe('依頼した額', () => {
  it('is never lowered: left, or stopped', () => {
    const change = { slots: YEAR57, newAnnualYen: 50_000n, events: ['MAN'] } as const
    expect(place(change, { manualTreatment: 'continue' })).toMatchObject({
      ok: false,
      error: { kind: 'ordered-lowered', month: 2 },
    })
    expect(placed(change).outcome).toBe('中止')
  })

  it('is seen although a later payment is empty', () => {
    const slots = [tokucho(12, 9000n, 'stoppable'), tokucho(2, 0n, 'stoppable', 0n)]
    expect(place({ slots, newAnnualYen: 8000n, events: ['MAN'] }, { manualTreatment: 'continue' })).toMatchObject({
      ok: false,
      error: { kind: 'ordered-lowered', month: 12 },
    })
  })

  it('is left where what is paid after it can take the decrease', () => {
    const slots = [tokucho(12, 9000n, 'stoppable'), ...fucho(1000n, ['paid-on']).map((one) => ({ ...one, month: 3 }))]
    const less = placed({ slots, newAnnualYen: 9500n, events: ['MAN'] }, { manualTreatment: 'continue' })
    expect(charges(less)).toEqual([9000n, 500n])
  })

  it('may be left where a stop has nothing to take from it', () => {
    const kept = placed({ slots: YEAR57, newAnnualYen: 57_000n, events: ['KOZ'], fromMonth: 2 })
    expect(charges(kept).slice(3, 6)).toEqual([9700n, 9700n, 0n])
  })
})
