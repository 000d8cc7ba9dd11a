import type { Yen } from '#kernel/yen.ts'
import { splitIntoInstalments } from '../kiwari/split-into-instalments.ts'
import type { IdoOptions } from './options.ts'
import { reduceBackwards } from './reduce-backwards.ts'
import { fiscalIndex, pick, type Strip, sumOf } from './slot.ts'

/** How the difference was placed; the words stand in the explanation. */
export type PlacingStep =
  | 'unchanged'
  | 'spread'
  | 'resplit'
  | 'next-period'
  | 'zuiji'
  | 'lowered'
  | 'from-last'
  | 'single'
  | 'backwards'

export interface PlacingTask {
  /** 動かせる普徴の枠 (Op), by date. */
  readonly open: readonly number[]
  /** 割り振る額 (Y) = the year's amount − what is fixed. */
  readonly toPlaceYen: Yen
  /** The first month of the stop, April = 0; null: none. */
  readonly fromIndex: number | null
  /** 不能額 for `next-period`. */
  readonly failedYen: Yen
  /** 資格喪失の精算を1期で. */
  readonly isSingle: boolean
}

export interface PlacedAnnual {
  readonly step: PlacingStep
  /** The slots that receive, by date. */
  readonly targets: readonly number[]
  readonly zuijiYen: Yen
  /** What was split over the targets, or taken off. */
  readonly movedYen: Yen
  /** 不能額 that went whole to the first target. */
  readonly wholeYen: Yen
  /** What no slot could take (不納欠損): a case for the hand list. */
  readonly unplacedYen: Yen
  /** 依頼した額を下げた枠: one that could only be left or stopped [source: むつ市]; null: none. */
  readonly lowered: number | null
}

/**
 * 割り振り: what is to be placed against the open 普徴. More: the difference onto the open periods, from the first month of a
 * stop, else one 随時. Less: the open periods are lowered. Below 0: they become 0 and the rest is taken backwards off kept 特徴
 * and fixed 普徴. Changes the strip. Source: sheet 3.5 §5.2 steps 3–5.
 */
export function placeAnnual(strip: Strip, task: PlacingTask, options: IdoOptions): PlacedAnnual {
  const { open, toPlaceYen } = task
  if (toPlaceYen < 0n) return backwards(strip, task, options)
  if (task.isSingle && toPlaceYen > 0n) return inOneSum(strip, task)
  const openYen = sumOf(strip.charged, open)
  if (toPlaceYen < openYen) return lower(strip, open, openYen, toPlaceYen, options)
  return raise(strip, task, toPlaceYen - openYen, options)
}

/** Nothing to place. */
export const NOTHING: PlacedAnnual = {
  step: 'unchanged',
  targets: [],
  zuijiYen: 0n,
  movedYen: 0n,
  wholeYen: 0n,
  unplacedYen: 0n,
  lowered: null,
}

const oneZuiji = (yen: Yen): PlacedAnnual => ({ ...NOTHING, step: 'zuiji', zuijiYen: yen, movedYen: yen })

function backwards(strip: Strip, { open, toPlaceYen }: PlacingTask, options: IdoOptions): PlacedAnnual {
  for (const index of open) strip.charged[index] = 0n
  const candidates = pick(strip, ({ state }, index) => state !== 'written-off' && !open.includes(index))
  const yenOf = (index: number): Yen => strip.charged[index] ?? 0n
  const latest = candidates.findLast((index) => strip.slots[index]?.state === 'stoppable' && yenOf(index) > 0n)
  const latestYen = latest === undefined ? 0n : yenOf(latest)
  const unplacedYen = reduceBackwards(strip, candidates, -toPlaceYen, options.backwardOrder)
  const lowered = latest !== undefined && yenOf(latest) < latestYen ? latest : null
  return { ...NOTHING, step: 'backwards', movedYen: -toPlaceYen, unplacedYen, lowered }
}

function inOneSum(strip: Strip, { open, toPlaceYen }: PlacingTask): PlacedAnnual {
  for (const index of open) strip.charged[index] = 0n
  const [first] = open
  if (first === undefined) return oneZuiji(toPlaceYen)
  strip.charged[first] = toPlaceYen
  return { ...NOTHING, step: 'single', targets: [first], movedYen: toPlaceYen }
}

function lower(
  strip: Strip,
  open: readonly number[],
  openYen: Yen,
  toPlaceYen: Yen,
  { decreaseF, unitYen }: IdoOptions,
): PlacedAnnual {
  const targets = open.filter((index) => (strip.charged[index] ?? 0n) > 0n)
  if (decreaseF === 'from-last') {
    const movedYen = openYen - toPlaceYen
    reduceBackwards(strip, targets, movedYen, 'latest-first')
    return { ...NOTHING, step: 'from-last', targets, movedYen }
  }
  for (const index of targets) strip.charged[index] = 0n
  add(strip, targets, toPlaceYen, unitYen)
  return { ...NOTHING, step: 'lowered', targets, movedYen: toPlaceYen }
}

function raise(strip: Strip, task: PlacingTask, moreYen: Yen, options: IdoOptions): PlacedAnnual {
  if (moreYen === 0n) return NOTHING
  const targets = targetsOf(strip, task, options)
  const [first] = targets
  if (first === undefined) return oneZuiji(moreYen)
  if (options.failedPlacement === 'next-period' && task.failedYen > 0n) {
    const wholeYen = task.failedYen < moreYen ? task.failedYen : moreYen
    add(strip, [first], wholeYen, options.unitYen)
    const movedYen = moreYen - wholeYen
    add(strip, targets, movedYen, options.unitYen)
    return { ...NOTHING, step: 'next-period', targets, movedYen, wholeYen }
  }
  const isAnew = options.increaseF === 'resplit'
  const movedYen = isAnew ? sumOf(strip.charged, targets) + moreYen : moreYen
  if (isAnew) for (const index of targets) strip.charged[index] = 0n
  add(strip, targets, movedYen, options.unitYen)
  return { ...NOTHING, step: isAnew ? 'resplit' : 'spread', targets, movedYen }
}

/** After a stop the difference goes to the periods from its first month on; without such a period, to all that are open. */
function targetsOf(strip: Strip, { open, fromIndex }: PlacingTask, { stopPlacement }: IdoOptions): readonly number[] {
  if (fromIndex === null || stopPlacement === 'all-open') return open
  const later = open.filter((index) => fiscalIndex(strip.slots[index]?.month ?? 4) >= fromIndex)
  return later.length > 0 ? later : open
}

/** Adds a split of the amount to the targets. */
function add(strip: Strip, targets: readonly number[], yen: Yen, unitYen: Yen): void {
  const { instalmentsYen } = splitIntoInstalments(yen, targets.length, unitYen)
  targets.forEach((index, nth) => {
    strip.charged[index] = (strip.charged[index] ?? 0n) + (instalmentsYen[nth] ?? 0n)
  })
}
