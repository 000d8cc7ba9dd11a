import { floorTo, type Yen } from '#kernel/yen.ts'
import { err, ok, type Result } from '#kernel/result.ts'
import { splitIntoInstalments } from '../kiwari/split-into-instalments.ts'
import { karichoshuOf } from '../tokucho/karichoshu.ts'
import type { IdoOptions } from './options.ts'
import type { IdoRefusal } from './refused-change.ts'
import { fiscalIndex, isLive, pick, type Strip, sumOf } from './slot.ts'

/** A 特徴 slot that the start fills. */
export interface StartedSlot {
  /** The slot of the year it stands on; null: a new one. */
  readonly index: number | null
  readonly month: number
  readonly chargedYen: Yen
  readonly orderedYen: Yen
}

export interface Started {
  readonly slots: readonly StartedSlot[]
  /** 移した普徴の計 (V). */
  readonly movedYen: Yen
  /** The 普徴 slots it came from, by date, and what was charged on each until then. */
  readonly movedFrom: readonly number[]
  readonly movedFromYen: readonly Yen[]
  /** 1回の額 at most, where the ordinance limits it to a sixth of the year; null: no limit. */
  readonly mostYen: Yen | null
}

/** Months in which 特別徴収 can be added: in this year, for the next. Source: flows §0.6. */
export const START_MONTHS = { ADD: [12, 2], 'ADD-k': [4, 6, 8] } as const

/** 開始月 of an addition in this year, when 特徴 slots already stand there empty and not ordered; null: the event must say it. */
export function plannedStart(strip: Strip): number | null {
  const months: readonly number[] = START_MONTHS.ADD
  const [first] = pick(
    strip,
    ({ state, month }, index) => state === 'planned' && months.includes(month) && !isLive(strip, index),
  )
  return first === undefined ? null : (strip.slots[first]?.month ?? null)
}

/**
 * 特別徴収の追加 (start in December or February): the open 普徴 from the start month on is moved to the 特徴 slots up to
 * February. `annual/6`: each takes a sixth of the year at most, the rest stays on the same 普徴 periods. Changes the strip.
 * Source: sheet 3.5 §5.3 ADD (介護保険法134条②–⑥準用).
 */
export function startThisYear(
  strip: Strip,
  startMonth: number,
  newAnnualYen: Yen,
  { additionalStartAmount, unitYen }: IdoOptions,
): Result<Started, IdoRefusal> {
  const first = fiscalIndex(startMonth)
  const taken = pick(
    strip,
    (slot, index) => slot.method === '特徴' && fiscalIndex(slot.month) >= first && isLive(strip, index),
  )
  if (taken.length > 0) return err({ kind: 'already-tokucho' })
  const movedFrom = pick(strip, ({ state, month }) => state === 'open' && fiscalIndex(month) >= first)
  const movedFromYen = movedFrom.map((index) => strip.charged[index] ?? 0n)
  const wholeYen = sumOf(strip.charged, movedFrom)
  if (wholeYen === 0n) return err({ kind: 'nothing-to-move' })
  const months = startMonth === 12 ? [12, 2] : [2]
  const mostYen = additionalStartAmount === 'annual/6' ? floorTo(newAnnualYen / 6n, 100n) : null
  const { instalmentsYen } = splitIntoInstalments(wholeYen, months.length, unitYen)
  const slots = months.map((month, nth) => {
    const evenYen = instalmentsYen[nth] ?? 0n
    const chargedYen = mostYen === null || evenYen < mostYen ? evenYen : mostYen
    const [index = null] = pick(strip, (slot) => slot.method === '特徴' && slot.month === month)
    return { index, month, chargedYen, orderedYen: chargedYen }
  })
  for (const { index, chargedYen } of slots) {
    if (index === null) continue
    strip.charged[index] = chargedYen
    strip.ordered[index] = chargedYen
  }
  const movedYen = slots.reduce((sum, one) => sum + one.chargedYen, 0n)
  const stays = splitIntoInstalments(wholeYen - movedYen, movedFrom.length, unitYen).instalmentsYen
  movedFrom.forEach((index, nth) => {
    strip.charged[index] = stays[nth] ?? 0n
  })
  return ok({ slots, movedYen, movedFrom, movedFromYen, mostYen })
}

/**
 * 翌年度からの特別徴収の追加 (start in April, June or August): each payment is a sixth of the annualised premium, floored to
 * 100 円. It is only ordered: the charge follows with that year's 仮徴収. Source: sheet 3.5 §5.3 ADD-k.
 */
export function startNextYear(startMonth: number, annualYen: Yen, months: number): Started {
  const { perPaymentYen } = karichoshuOf(annualYen, months)
  const slots = [4, 6, 8]
    .filter((month) => month >= startMonth)
    .map((month) => ({ index: null, month, chargedYen: 0n, orderedYen: perPaymentYen }))
  return { slots, movedYen: 0n, movedFrom: [], movedFromYen: [], mostYen: null }
}
