import type { Yen } from '#kernel/yen.ts'
import type { IdoOptions } from '../ido/options.ts'
import type { IdoChange } from '../ido/place-change.ts'
import type { Placement } from '../ido/placement.ts'
import { type Slot, stripOf } from '../ido/slot.ts'
import { settingBasis } from './say-setting.ts'
import type { ToldSlot } from './told-slots.ts'

/** What the explanation of an 異動 is made of: the change, how it was placed, and each 期. */
export interface ToldChange {
  readonly change: IdoChange
  readonly placement: Placement
  readonly options: IdoOptions
  /** By the index of the input; what begins anew is not among them. */
  readonly told: readonly ToldSlot[]
  readonly byDate: readonly ToldSlot[]
  readonly words: ChangeWords
}

/** What an 異動 says in its own words, and a 確定 that is placed as one in others. */
export interface ChangeWords {
  /** The year's amount. */
  readonly annual: string
  /** What a 期 is, before why it stays: 「仮徴収、」. */
  readonly kindOf: (slot: Slot) => string
  /** 根拠 of the 期 that are raised or lowered. */
  readonly basisOf: (options: IdoOptions, name: 'increaseF' | 'decreaseF') => string
}

const IDO_WORDS: ChangeWords = { annual: '新しい年額', kindOf: () => '', basisOf: settingBasis }

/** The change with every 期 at each step of it; nothing is computed anew. */
export function tellChange(
  placement: Placement,
  change: IdoChange,
  options: IdoOptions,
  words: ChangeWords = IDO_WORDS,
): ToldChange {
  const told = change.slots.map((slot, index) => toldSlot(placement, slot, index))
  return { change, placement, options, words, told, byDate: toldAt({ told }, stripOf(change.slots).order) }
}

/** The 期 at some indexes of the input. */
export const toldAt = ({ told }: Pick<ToldChange, 'told'>, indexes: readonly number[]): readonly ToldSlot[] =>
  indexes.flatMap((index) => told[index] ?? [])

function toldSlot(placement: Placement, slot: Slot, index: number): ToldSlot {
  const { started, slots } = placement
  const { chargedYen, orderedYen } = slots[index] ?? slot
  const movedYen = started?.movedFromYen[started.movedFrom.indexOf(index)]
  return {
    slot,
    settledYen: settledYen(placement, slot, index, chargedYen),
    placedYen: movedYen ?? chargedYen,
    chargedYen,
    orderedYen,
  }
}

function settledYen({ stopped, restored, recalculated }: Placement, slot: Slot, index: number, chargedYen: Yen): Yen {
  if (stopped.includes(index)) return 0n
  if (recalculated.includes(index)) return chargedYen
  return restored.includes(index) ? slot.orderedYen : slot.chargedYen
}
