import { floorTo, type Yen } from '#kernel/yen.ts'
import { fiscalIndex, type Slot } from '../ido/slot.ts'
import { splitIntoInstalments } from '../kiwari/split-into-instalments.ts'

/** 10月から始まる人の特徴と普徴の分け方: half of the year by 特徴, or what the periods from October on would have been. */
export type OctStartSplit = 'half' | 'periods'

/** 特徴の端数の単位. Source: rules §3.4. */
const TOKUCHO_UNIT_YEN = 100n
const JULY = fiscalIndex(7)
const OCTOBER = fiscalIndex(10)

/** Of 普徴: 暫定. */
export const isBeforeJuly = ({ month }: Slot): boolean => fiscalIndex(month) < JULY

export const isBeforeOctober = ({ month }: Slot): boolean => fiscalIndex(month) < OCTOBER

export interface OctoberStart {
  /** 10・12・2月の特徴の計. */
  readonly tokuchoYen: Yen
  /** What each open 普徴 period before October gets, by date. */
  readonly fuchoYen: readonly Yen[]
}

/**
 * 新規10月開始 (P3). `half`: 特徴 takes half of the year, down to 100 円. `periods`: the periods before October keep what an
 * even split of the year gives them, 特徴 takes the rest. What is charged already (暫定) comes off the 普徴; where that leaves
 * less than nothing, or no period before October is open, 特徴 takes all of the rest.
 * Source: sheet 3.4 §5.2 P3 [own knowledge, verify; 規則95条一・二 gives the mixed form only].
 */
export function splitOctoberStart(
  slots: readonly Slot[],
  amounts: { readonly annualYen: Yen; readonly restYen: Yen },
  options: { readonly octStartSplit: OctStartSplit; readonly unitYen: Yen },
): OctoberStart {
  const { annualYen, restYen } = amounts
  const isPeriods = options.octStartSplit === 'periods'
  const early = isPeriods ? sharesBeforeOctober(slots, annualYen, options.unitYen) : []
  const earlyYen = early.reduce((sum, one) => sum + one, 0n)
  const wantedYen = isPeriods ? annualYen - earlyYen : tokuchoHalfOf(annualYen)
  const open = slots.filter((slot) => slot.state === 'open' && isBeforeOctober(slot)).length
  if (wantedYen > restYen || open === 0)
    return { tokuchoYen: restYen, fuchoYen: Array.from({ length: open }, () => 0n) }
  const fuchoYen = restYen - wantedYen
  const isWhole = isPeriods && open === early.length && fuchoYen === earlyYen
  return {
    tokuchoYen: wantedYen,
    fuchoYen: isWhole ? early : splitIntoInstalments(fuchoYen, open, options.unitYen).instalmentsYen,
  }
}

/** 特別徴収の分 of `half`. */
export const tokuchoHalfOf = (annualYen: Yen): Yen => floorTo(annualYen / 2n, TOKUCHO_UNIT_YEN)

/** 期 of the year from July on: those to June are 暫定. */
export const periodsFromJuly = (slots: readonly Slot[]): readonly Slot[] =>
  slots.filter((slot) => slot.method === '普徴' && !isBeforeJuly(slot))

/** The shares of July to September in an even split over the periods of the year; provisional ones have none. */
export function sharesBeforeOctober(slots: readonly Slot[], annualYen: Yen, unitYen: Yen): readonly Yen[] {
  const periods = periodsFromJuly(slots)
  if (periods.length === 0) return []
  const { instalmentsYen } = splitIntoInstalments(annualYen, periods.length, unitYen)
  return instalmentsYen.slice(0, periods.filter(isBeforeOctober).length)
}
