import type { IdoEvent } from '#rules/ido/events.ts'
import { CHANGEABLE_MONTHS, FUCHO_STATES, type Slot, TOKUCHO_STATES } from '#rules/ido/slot.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { charges, place, placed } from './years.ts'

const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, yen) => total + yen, 0n)
const yen = fc.bigInt({ min: 0n, max: 100_000n })

const tokuchoSlot: fc.Arbitrary<Slot> = fc
  .record({
    method: fc.constant('特徴' as const),
    month: fc.constantFrom(4, 6, 8, 10, 12, 2),
    chargedYen: yen,
    orderedYen: yen,
    state: fc.constantFrom(...TOKUCHO_STATES),
  })
  .filter(({ state, month }) => state !== 'changeable' || CHANGEABLE_MONTHS.includes(month))
/** A payment of a month once, its failed part beside it. */
const oncePerMonth = { selector: ({ month, state }: Slot) => `${month} ${state === 'failed'}` }
const fuchoSlot: fc.Arbitrary<Slot> = fc.record({
  method: fc.constant('普徴' as const),
  month: fc.integer({ min: 1, max: 12 }),
  chargedYen: yen,
  orderedYen: fc.constant(0n),
  state: fc.constantFrom(...FUCHO_STATES.filter((state) => state !== 'written-off')),
})
const year = fc
  .tuple(fc.uniqueArray(tokuchoSlot, { maxLength: 6, ...oncePerMonth }), fc.array(fuchoSlot, { maxLength: 12 }))
  .map(([t, f]) => [...t, ...f])

type Case = readonly [event: IdoEvent, fromMonth: number | null]
// the events that ask for no direction of the amount, with the month they need
const STOPS: readonly Case[] = [
  ['DTH', null],
  ['STP', 4],
  ['FAL', 4],
  ['REF', 4],
  ['RFS', null],
  ['KOZ', null],
  ['MAN', null],
  ['REV', null],
]
const GOES_ON: readonly Case[] = [
  ['RFC', null],
  ['JUT-k', null],
  ['ACQ', null],
  ['KAR', null],
]
/** Without a stop an ordered amount cannot be lowered, and the case may be refused: here it is too late to stop. */
const tooLate = (slot: Slot): Slot => (slot.state === 'stoppable' ? { ...slot, state: 'locked' } : slot)
const options = fc.record({
  unitYen: fc.constantFrom(1n, 100n, 1000n),
  increaseF: fc.constantFrom('spread-difference' as const, 'resplit' as const),
  decreaseF: fc.constantFrom('resplit' as const, 'from-last' as const),
  lossSettlement: fc.constantFrom('resplit' as const, 'single' as const),
  failedPlacement: fc.constantFrom('spread' as const, 'next-period' as const),
  backwardOrder: fc.constantFrom('latest-first' as const, 'unpaid-first' as const),
  stopPlacement: fc.constantFrom('from-stop-month' as const, 'all-open' as const),
})

describe('異動賦課の割り振り: what always holds', () => {
  it('charges and 随時 add up to the new annual amount, and no charge is below 0', () => {
    fc.assert(
      fc.property(
        year,
        fc.bigInt({ min: 0n, max: 800_000n }),
        fc.constantFrom(...STOPS, ...GOES_ON),
        options,
        (given, newAnnualYen, one, chosen) => {
          const [event, fromMonth] = one
          const slots = GOES_ON.includes(one) ? given.map(tooLate) : given
          const placement = placed({ slots, newAnnualYen, events: [event], fromMonth }, chosen)
          expect(sum(charges(placement)) + placement.zuijiYen).toBe(newAnnualYen)
          expect(charges(placement).every((charged) => charged >= 0n)).toBe(true)
        },
      ),
    )
  })

  it('moves nothing when the year already adds up and 特別徴収 goes on', () => {
    fc.assert(
      fc.property(year, options, (slots, chosen) => {
        const annualYen = sum(slots.map(({ chargedYen }) => chargedYen))
        const live = slots.filter(({ state }) => state !== 'failed')
        const liveYen = annualYen - sum(slots.filter(({ state }) => state === 'failed').map((one) => one.chargedYen))
        const placement = placed({ slots: live, newAnnualYen: liveYen, events: ['JUT-k'] }, chosen)
        expect(charges(placement)).toEqual(live.map(({ chargedYen }) => chargedYen))
      }),
    )
  })

  it('what is fixed does not move unless less than nothing is to be placed', () => {
    const fixed = new Set<string>(['collected', 'locked', 'paid-on', 'handed-to-bank', 'due', 'deferred'])
    fc.assert(
      fc.property(
        year,
        fc.bigInt({ min: 0n, max: 800_000n }),
        fc.constantFrom<IdoEvent>('DTH', 'KOZ', 'MAN', 'JUT-k', 'ACQ'),
        options,
        (slots, moreYen, event, chosen) => {
          const keptYen = sum(slots.filter(({ state }) => fixed.has(state)).map(({ chargedYen }) => chargedYen))
          const others = slots.filter(
            ({ state }) => state === 'planned' || state === 'stoppable' || state === 'changeable',
          )
          const newAnnualYen = keptYen + sum(others.map(({ chargedYen }) => chargedYen)) + moreYen
          const placement = placed({ slots, newAnnualYen, events: [event] }, chosen)
          expect(placement.toPlaceYen).toBeGreaterThanOrEqual(0n)
          slots.forEach(({ state, chargedYen }, index) => {
            if (fixed.has(state)) expect(placement.slots[index]?.chargedYen).toBe(chargedYen)
          })
        },
      ),
    )
  })

  it('an ordered amount is left or stopped, never lowered', () => {
    fc.assert(
      fc.property(year, fc.bigInt({ min: 0n, max: 400_000n }), options, (slots, newAnnualYen, chosen) => {
        const stay = { ...chosen, manualTreatment: 'continue' as const }
        const result = place({ slots, newAnnualYen, events: ['MAN'] }, stay)
        if (!result.ok) {
          expect(result.error.kind).toBe('ordered-lowered')
          expect(newAnnualYen).toBeLessThan(sum(slots.map(({ chargedYen }) => chargedYen)))
          return
        }
        slots.forEach(({ state, chargedYen }, index) => {
          if (state === 'stoppable') expect(result.value.slots[index]?.chargedYen).toBe(chargedYen)
        })
      }),
    )
  })

  it('done twice gives the same as once', () => {
    fc.assert(
      fc.property(
        year,
        fc.bigInt({ min: 0n, max: 800_000n }),
        fc.constantFrom<Case>(
          ...STOPS,
          ...GOES_ON,
          ['DTH', 10],
          ['FAL', 10],
          ['FAL', null],
          ['STP', null],
          ['STP', 10],
          ['DIS', 10],
        ),
        options,
        (slots, newAnnualYen, [event, fromMonth], chosen) => {
          const change = { newAnnualYen, events: [event], fromMonth }
          const result = place({ ...change, slots }, chosen)
          fc.pre(result.ok)
          const first = result.value
          const zuiji: Slot = {
            method: '普徴',
            month: 3,
            chargedYen: first.zuijiYen,
            orderedYen: 0n,
            state: 'due',
          }
          const after = slots.map((slot, index) => ({
            ...slot,
            chargedYen: first.slots[index]?.chargedYen ?? 0n,
            orderedYen: first.slots[index]?.orderedYen ?? 0n,
          }))
          const second = placed({ ...change, slots: [...after, zuiji] }, chosen)
          expect(charges(second)).toEqual([...charges(first), first.zuijiYen])
          expect(second.zuijiYen).toBe(0n)
        },
      ),
    )
  })

  it('a past year is kept in sum too, or refused for 不納欠損', () => {
    fc.assert(
      fc.property(year, yen, (slots, lessYen) => {
        const beforeYen = sum(slots.map(({ chargedYen }) => chargedYen))
        const newAnnualYen = beforeYen > lessYen ? beforeYen - lessYen : 0n
        const result = place({ slots, newAnnualYen, events: ['PST-'] })
        expect(result.ok && sum(charges(result.value))).toBe(newAnnualYen)
      }),
    )
  })
})
