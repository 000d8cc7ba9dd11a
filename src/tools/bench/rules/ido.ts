import type { IdoEvent } from '#rules/ido/events.ts'
import { IDO_DEFAULTS } from '#rules/ido/options.ts'
import { placeChange } from '#rules/ido/place-change.ts'
import type { Slot } from '#rules/ido/slot.ts'
import { measure, type RulesRow } from './row.ts'

const TOKUCHO_MONTHS = [4, 6, 8, 10, 12, 2]
const FUCHO_MONTHS = [7, 8, 9, 10, 11, 12, 1, 2, 3]

/** The year of the n-th person in September: 普徴 alone, or 特徴 with empty 普徴 periods. */
function yearOf(index: number): readonly Slot[] {
  const isTokucho = index % 2 === 0
  const eachYen = BigInt(3000 + (index % 90) * 100)
  const fucho = FUCHO_MONTHS.map((month, nth): Slot => ({
    method: '普徴',
    month,
    chargedYen: isTokucho ? 0n : eachYen,
    orderedYen: 0n,
    state: nth < 2 ? 'due' : 'open',
  }))
  if (!isTokucho) return fucho
  const tokucho = TOKUCHO_MONTHS.map((month, nth): Slot => ({
    method: '特徴',
    month,
    chargedYen: eachYen,
    orderedYen: eachYen,
    state: nth < 3 ? 'collected' : nth === 3 ? 'locked' : 'stoppable',
  }))
  return [...tokucho, ...fucho]
}

// an odd n is 普徴 alone
const EVENTS: readonly IdoEvent[] = ['DTH', 'ACQ', 'REV', 'DTH', 'KOZ', 'REV', 'FAL', 'KOZ', 'MAN', 'FAL']

/** 異動賦課: every person-year is placed anew for another annual amount. */
export const ido: RulesRow = {
  name: 'ido',
  what: '異動賦課の割り振り(1人の1年度ごと)',
  limitSeconds: 10,
  run: (count) =>
    measure(count, (index) => {
      const event = EVENTS[index % EVENTS.length] ?? 'ACQ'
      const newAnnualYen = BigInt((index * 700) % 130_000)
      const fromMonth = event === 'FAL' ? 10 : null
      const change = { slots: yearOf(index), newAnnualYen, months: 12, events: [event], fromMonth }
      const placed = placeChange(change, IDO_DEFAULTS)
      if (!placed.ok) throw new Error(`refused: ${placed.error.kind}`)
      return placed.value.slots.reduce((sum, { chargedYen }) => sum + chargedYen, placed.value.zuijiYen)
    }),
}
