import { describe, expect, it } from 'vitest'
import { charges, fucho, place, placed, times, tokucho } from './years.ts'

/** A year that could still be placed anew: February can be stopped, February and March by 普徴 are open. */
const YEAR = [
  ...[10, 12].map((month) => tokucho(month, 9000n, 'collected')),
  tokucho(2, 9000n, 'stoppable'),
  ...fucho(1000n, [...Array.from({ length: 7 }, () => 'paid-on' as const), 'open', 'open']),
]

// sheet 3.5 §5.3 PST, worked by hand
describe('過年度の異動', () => {
  it('more is one 随時 although periods are open; 特別徴収 goes on untouched', () => {
    const more = placed({ slots: YEAR, newAnnualYen: 42_000n, events: ['PST+'] })
    expect(charges(more)).toEqual([...times(3, 9000n), ...times(9, 1000n)])
    expect(more).toMatchObject({ zuijiYen: 6000n, outcome: 'なし', toPlaceYen: 6000n, stopped: [], started: null })
  })

  it('less is taken off backwards, 普徴 before 特徴 within a month, and nothing is stopped', () => {
    const less = placed({ slots: YEAR, newAnnualYen: 30_000n, events: ['PST-'] })
    expect(charges(less)).toEqual([9000n, 9000n, 5000n, ...times(7, 1000n), 0n, 0n])
    expect(less).toMatchObject({ zuijiYen: 0n, outcome: 'なし', toPlaceYen: -6000n })
    // what was ordered for February is withheld all the same
    expect(less.slots[2]).toMatchObject({ chargedYen: 5000n, orderedYen: 9000n })
    expect(less.overpaid).toEqual({ nowYen: 0n, laterYen: 4000n, totalYen: 4000n })
  })

  it('less, the unpaid first', () => {
    const slots = fucho(1000n, ['due', 'paid-on', 'deferred', 'paid-on'])
    const less = placed({ slots, newAnnualYen: 1500n, events: ['PST-'] }, { backwardOrder: 'unpaid-first' })
    expect(charges(less)).toEqual([0n, 1000n, 0n, 500n])
  })

  it('the same moves nothing', () => {
    const same = placed({ slots: YEAR, newAnnualYen: 36_000n, events: ['PST-'] })
    expect(charges(same)).toEqual(YEAR.map(({ chargedYen }) => chargedYen))
    expect(same).toMatchObject({ zuijiYen: 0n, toPlaceYen: 0n })
  })

  it('leaves 不納欠損 alone while there is something else', () => {
    const slots = fucho(1000n, ['paid-on', 'written-off'])
    expect(charges(placed({ slots, newAnnualYen: 1200n, events: ['PST-'] }))).toEqual([200n, 1000n])
    expect(place({ slots, newAnnualYen: 900n, events: ['PST-'] })).toEqual({
      ok: false,
      error: { kind: 'written-off', leftYen: 100n },
    })
  })
})
