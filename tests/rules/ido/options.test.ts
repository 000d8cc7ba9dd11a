import { describe, expect, it } from 'vitest'
import { ALL_DUE, charges, fucho, OPEN_FROM_OCTOBER, placed, times, tokucho } from './years.ts'

const F63 = fucho(7000n, OPEN_FROM_OCTOBER)

// amounts by the rule of 異動賦課, worked by hand; the worked examples are the examples of the 試算
describe('異動賦課の設定', () => {
  it('普徴の減額, from the last: 10,600 off March and February', () => {
    const given = { slots: F63, newAnnualYen: 52_400n, events: ['DEC-F'] } as const
    expect(charges(placed(given, { decreaseF: 'from-last' }))).toEqual([...times(7, 7000n), 3400n, 0n])
  })

  it('普徴の増額: the difference is spread, or the open periods are split anew', () => {
    const slots = [...fucho(1000n, ['open']), ...fucho(2000n, ['due', 'open']).slice(1)]
    const given = { slots, newAnnualYen: 6000n, events: ['INC-F'] } as const
    expect(charges(placed(given))).toEqual([2500n, 3500n])
    expect(charges(placed(given, { increaseF: 'resplit' }))).toEqual([3000n, 3000n])
  })

  it('追加開始 by a sixth of the year: 9,300 each, the rest stays on the same periods', () => {
    const slots = fucho(6200n, OPEN_FROM_OCTOBER)
    const given = { slots, newAnnualYen: 55_800n, events: ['ADD'], fromMonth: 12 } as const
    expect(charges(placed(given))).toEqual([...times(5, 6200n), ...times(4, 0n), 12_400n, 12_400n])
    const sixth = charges(placed(given, { additionalStartAmount: 'annual/6' }))
    expect(sixth).toEqual([...times(5, 6200n), 1700n, ...times(3, 1500n), 9300n, 9300n])
  })

  it('仮徴収 past its stop day is kept, or changed to 0', () => {
    const august = { ...tokucho(8, 9300n, 'changeable'), isPastStopCutoff: true }
    const given = {
      slots: [august, ...fucho(0n, ['due', 'due', 'open'])],
      newAnnualYen: 9300n,
      events: ['DIS'],
    } as const
    expect(charges(placed(given))).toEqual([9300n, 0n, 0n, 0n])
    expect(charges(placed(given, { changeToZero: true }))).toEqual([0n, 0n, 0n, 9300n])
  })

  it('減免 reaches the unpaid periods from the application on, or only the open ones', () => {
    const given = { slots: F63, newAnnualYen: 43_000n, events: ['GEN'], fromMonth: 9 } as const
    expect(charges(placed(given))).toEqual([7000n, 7000n, 4400n, ...times(6, 4100n)])
    expect(charges(placed(given, { genmenReachBack: false }))).toEqual([...times(3, 7000n), 4000n, ...times(5, 3600n)])
  })

  it('職員の選択 stops 特別徴収, or lets it go on', () => {
    const slots = [tokucho(2, 9700n, 'stoppable'), ...fucho(0n, OPEN_FROM_OCTOBER)]
    const given = { slots, newAnnualYen: 9700n, events: ['MAN'] } as const
    expect(placed(given).outcome).toBe('中止')
    expect(placed(given, { manualTreatment: 'continue' })).toMatchObject({ outcome: '継続', toPlaceYen: 0n })
  })

  it('減免 without the month of the application reaches only the open periods', () => {
    const slots = fucho(7000n, [...ALL_DUE.slice(0, 7), 'open', 'open'])
    expect(charges(placed({ slots, newAnnualYen: 53_000n, events: ['GEN'] }))).toEqual([
      ...times(7, 7000n),
      2000n,
      2000n,
    ])
  })

  it('追加開始 by a sixth: what is less is moved whole', () => {
    const given = { newAnnualYen: 27_000n, events: ['ADD'], fromMonth: 2 } as const
    const two = placed({ ...given, slots: fucho(3000n, OPEN_FROM_OCTOBER) }, { additionalStartAmount: 'annual/6' })
    expect(charges(two).slice(7)).toEqual([800n, 700n, 4500n])
    const one = placed(
      { ...given, slots: fucho(3000n, [...ALL_DUE.slice(0, 8), 'open']) },
      { additionalStartAmount: 'annual/6' },
    )
    expect(charges(one).slice(7)).toEqual([3000n, 0n, 3000n])
  })

  it('a decrease with nothing stoppable runs out, or is stopped from next April', () => {
    const given = { slots: [tokucho(2, 9700n, 'locked')], newAnnualYen: 7700n, events: ['DEC-T'] } as const
    expect(placed(given)).toMatchObject({ outcome: '継続', overpaid: { nowYen: 0n, laterYen: 2000n } })
    expect(placed(given, { stopWhenNothingStoppable: true }).outcome).toBe('中止')
  })
})

describe('特別徴収 by the amount', () => {
  const slots = [tokucho(10, 9700n, 'locked'), tokucho(2, 9700n, 'stoppable'), ...fucho(1000n, OPEN_FROM_OCTOBER)]

  it('減額 is absorbed down to what stays when 特別徴収 goes on', () => {
    // 10月 and 2月 9,700 and three due periods of 1,000 stay: 22,400
    const absorb = { decreaseT: 'absorb-in-futsu' } as const
    const outcomeAt = (newAnnualYen: bigint) => placed({ slots, newAnnualYen, events: ['DEC-T'] }, absorb).outcome
    expect([outcomeAt(22_400n), outcomeAt(22_399n)]).toEqual(['継続', '中止'])
    const failed = [tokucho(8, 5000n, 'failed'), ...slots]
    expect(placed({ slots: failed, newAnnualYen: 22_400n, events: ['REV'] }, absorb).treatment.action).toBe('continue')
  })

  it('an amount that stays the same stops nothing, whatever an increase does', () => {
    const same = placed({ slots, newAnnualYen: 28_400n, events: ['REV'] }, { increaseT: 'stop-all' })
    expect(same).toMatchObject({ outcome: '継続', stopped: [] })
  })
})

describe('資格喪失の精算 in one sum', () => {
  const single = { lossSettlement: 'single' } as const

  it('where no period is open is one 随時', () => {
    const lost = placed({ slots: fucho(3000n, ['due', 'due']), newAnnualYen: 8000n, events: ['LOS'] }, single)
    expect([charges(lost), lost.zuijiYen]).toEqual([[3000n, 3000n], 2000n])
  })

  it('is for a loss, also with another event, and for nothing else', () => {
    const given = { slots: fucho(1000n, ['open', 'open']), newAnnualYen: 3000n } as const
    for (const loss of ['DTH', 'LOS', 'MOV'] as const)
      expect(charges(placed({ ...given, events: [loss] }, single))).toEqual([3000n, 0n])
    expect(charges(placed({ ...given, events: ['LOS', 'INC-F'] }, single))).toEqual([3000n, 0n])
    expect(charges(placed({ ...given, events: ['INC-F'] }, single))).toEqual([1500n, 1500n])
  })
})

describe('不能額 in one sum', () => {
  it('is for a failure: an increase is spread', () => {
    const more = placed(
      { slots: fucho(1000n, ['open', 'open']), newAnnualYen: 3000n, events: ['INC-F'] },
      { failedPlacement: 'next-period' },
    )
    expect(more.placed).toMatchObject({ step: 'spread', wholeYen: 0n })
  })

  it('counts what failed before the month of the event, too', () => {
    const slots = [tokucho(8, 2000n, 'failed'), tokucho(10, 3000n, 'locked'), ...fucho(0n, OPEN_FROM_OCTOBER)]
    const given = { slots, newAnnualYen: 5000n, events: ['FAL'], fromMonth: 10 } as const
    const { placed: how } = placed(given, { failedPlacement: 'next-period' })
    expect(how).toMatchObject({ step: 'next-period', wholeYen: 5000n, movedYen: 0n })
  })
})

describe('the periods that receive after a stop', () => {
  const open = ['open', 'open', 'open'] as const // July to September
  it('begin with its month although nothing is left to stop', () => {
    const slots = [tokucho(4, 9000n, 'locked'), ...fucho(0n, open)]
    const given = { slots, newAnnualYen: 10_000n, events: ['KOZ'] } as const
    expect(charges(placed({ ...given, fromMonth: 9 }))).toEqual([9000n, 0n, 0n, 1000n])
    expect(charges(placed({ ...given, fromMonth: 10 }))).toEqual([9000n, 400n, 300n, 300n])
    expect(charges(placed(given))).toEqual([9000n, 400n, 300n, 300n])
  })

  it('are all that are open while 特別徴収 goes on, whatever month is told', () => {
    const slots = [tokucho(2, 9000n, 'stoppable'), ...fucho(0n, open)]
    const more = placed({ slots, newAnnualYen: 9900n, events: ['INC-T'], fromMonth: 9 })
    expect(charges(more)).toEqual([9000n, 300n, 300n, 300n])
  })

  it('減免: the month is that of the application, not of a stop', () => {
    const slots = [tokucho(8, 9000n, 'stoppable'), tokucho(10, 9000n, 'stoppable'), ...fucho(0n, open)]
    const less = placed({ slots, newAnnualYen: 3000n, events: ['GEN'], fromMonth: 10 })
    expect(less.stopped).toEqual([0, 1])
  })
})

describe('仮徴収額の変更', () => {
  it('暫定賦課額の修正 is shared by June and August, ordered as charged', () => {
    const slots = [tokucho(4, 9300n, 'collected'), tokucho(6, 9300n, 'changeable'), tokucho(8, 9300n, 'changeable')]
    expect(placed({ slots, newAnnualYen: 20_000n, events: ['KAR'] }).slots).toMatchObject([
      { chargedYen: 9300n },
      { chargedYen: 5400n, orderedYen: 5400n },
      { chargedYen: 5300n, orderedYen: 5300n },
    ])
  })

  it('a refused change goes back to the order, and 本徴収 carries the difference', () => {
    const spring = [tokucho(4, 9300n, 'collected'), ...[6, 8].map((month) => tokucho(month, 5000n, 'locked', 9300n))]
    const slots = [...spring, ...[10, 12, 2].map((month) => tokucho(month, 12_000n, 'planned'))]
    expect(charges(placed({ slots, newAnnualYen: 57_000n, events: ['RFC'] }))).toEqual([
      ...times(3, 9300n),
      ...times(3, 9700n),
    ])
  })
})
