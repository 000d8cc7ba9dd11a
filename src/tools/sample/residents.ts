import { baseResident, insuredNoOf, type Paying } from './base-resident.ts'
import type { Resident } from './resident.ts'
import { shuffled } from './random.ts'
import { STORY, STORY_INSURED_NOS, tell } from './story.ts'
import type { World } from './world.ts'

/**
 * People are laid out in blocks of 120, so that every size has the same shares: 48 of 特別徴収, 16 or 17 who have not paid the
 * newest 納期, one in every second block with an earlier 督促, 6 whose payment came in the latest week. 3,000 people give 425
 * rows of 滞納者把握 once that week has been imported.
 */
const BLOCK = 120
const UNPAID = 16
const LATEST_WEEK = 6
const PENSION = 48

/** Numbers beyond every sample: for people whose number a person of the story has. */
const SPARE_INDEX = 5_000_000

type Slot = { readonly paying: Paying; readonly unpaidOrdinal: number | null }

const paying = (newest: Paying['newest'], hasDunned = false): Paying => ({ method: '普徴', newest, hasDunned })

/** Of those with an earlier 督促, three in four had it come back: looked for, sent again, posted. */
function dunnedIn(block: number): Paying {
  const returned = (['open', 'resent', 'posted', undefined] as const)[(block / 2) % 4]
  return { ...paying('paid', true), ...(returned === undefined ? {} : { returned }) }
}

/** What the person at a place of a block is; `unpaidOrdinal` counts those who have not paid, through all blocks. */
function slotOf(block: number, place: number): Slot {
  const ordinal = block * UNPAID + place
  if (place < UNPAID) return { paying: paying('unpaid'), unpaidOrdinal: ordinal }
  if (place === UNPAID) return { paying: block % 2 === 0 ? dunnedIn(block) : paying('unpaid'), unpaidOrdinal: null }
  if (place <= UNPAID + LATEST_WEEK) return { paying: paying('paidInLatestWeek'), unpaidOrdinal: null }
  const isPension = place >= BLOCK - PENSION
  return {
    paying: isPension ? { method: '特徴', newest: 'paid', hasDunned: false } : paying('paid'),
    unpaidOrdinal: null,
  }
}

/** A resident with his place in the story of the newest 納期. */
export interface Told {
  readonly resident: Resident
  /** 0, 1, 2 … among those who have not paid; the first ones are the story. */
  readonly unpaidOrdinal: number | null
}

/** 見本の住民 in the order of their 宛名番号; flat memory for any number. */
export function* residents(world: World, count: number): Generator<Told> {
  let order: readonly number[] = []
  for (let index = 0; index < count; index += 1) {
    const block = Math.floor(index / BLOCK)
    if (index % BLOCK === 0) order = shuffled(BLOCK, world.seed, `block/${block}`)
    const slot = slotOf(block, order[index % BLOCK] ?? 0)
    const made = baseResident(world, index, slot.paying)
    const own: Resident = STORY_INSURED_NOS.has(made.insuredNo)
      ? { ...made, insuredNo: insuredNoOf(SPARE_INDEX + index) }
      : made
    const story = slot.unpaidOrdinal === null ? undefined : STORY[slot.unpaidOrdinal]
    yield {
      resident: story === undefined ? own : tell(story, own, world),
      unpaidOrdinal: slot.unpaidOrdinal,
    }
  }
}
