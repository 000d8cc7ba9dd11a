import type { Yen } from '#kernel/yen.ts'
import { splitIntoInstalments } from '../kiwari/split-into-instalments.ts'
import { splitHonchoshu } from '../tokucho/honchoshu.ts'
import { fiscalIndex, pick, type Strip, sumOf } from './slot.ts'

/**
 * 中止の不可: a stopped slot that is already locked will be withheld, so its charge comes back to the order. Those still
 * stoppable are stopped again. Changes the strip; gives the slots. Source: sheet 3.5 §5.3 RFS.
 */
export function restoreStopped(strip: Strip, fromMonth: number | null): readonly number[] {
  const first = fromMonth === null ? 0 : fiscalIndex(fromMonth)
  const back = pick(
    strip,
    (slot, index) =>
      slot.state === 'locked' &&
      fiscalIndex(slot.month) >= first &&
      strip.charged[index] === 0n &&
      slot.orderedYen > 0n,
  )
  return chargeAsOrdered(strip, back)
}

/** 仮徴収額変更の不可: June and August go back to the order, 「元の額で徴収」. Source: sheet 3.5 §5.3 RFC. */
export function restoreKarichoshu(strip: Strip): readonly number[] {
  const back = pick(
    strip,
    (slot, index) =>
      slot.method === '特徴' &&
      slot.state !== 'failed' &&
      (slot.month === 6 || slot.month === 8) &&
      strip.charged[index] !== slot.orderedYen,
  )
  return chargeAsOrdered(strip, back)
}

function chargeAsOrdered(strip: Strip, slots: readonly number[]): readonly number[] {
  for (const index of slots) strip.charged[index] = strip.slots[index]?.orderedYen ?? 0n
  return slots
}

/**
 * 本徴収で差を調整: when October, December and February are still to be ordered, they are split anew by the rule of 本徴収,
 * not below 0. Changes the strip; gives the slots, none when the three are not there. Source: sheet 3.5 §5.3 RFC.
 */
export function carryByAutumn(strip: Strip, newAnnualYen: Yen): readonly number[] {
  const autumn = pick(strip, ({ state, month }) => state === 'planned' && (month >= 10 || month === 2))
  const all = strip.order
  const restYen = newAnnualYen - (sumOf(strip.charged, all) - sumOf(strip.charged, autumn))
  if (autumn.length !== 3) return []
  const { octYen, decYen, febYen } = splitHonchoshu(restYen > 0n ? restYen : 0n)
  setBoth(strip, autumn, [octYen, decYen, febYen])
  return autumn
}

/**
 * 暫定賦課額の修正: June and August, where they can still be changed, share the new provisional amount less all the rest, not
 * below 0. Changes the strip; gives the slots. Source: sheet 3.5 §5.3 KAR.
 */
export function correctProvisional(strip: Strip, newAnnualYen: Yen, unitYen: Yen): readonly number[] {
  const changeable = pick(strip, ({ state }) => state === 'changeable')
  if (changeable.length === 0) return []
  const restYen = newAnnualYen - (sumOf(strip.charged, strip.order) - sumOf(strip.charged, changeable))
  const { instalmentsYen } = splitIntoInstalments(restYen > 0n ? restYen : 0n, changeable.length, unitYen)
  setBoth(strip, changeable, instalmentsYen)
  return changeable
}

function setBoth(strip: Strip, slots: readonly number[], amounts: readonly Yen[]): void {
  slots.forEach((index, nth) => {
    strip.charged[index] = amounts[nth] ?? 0n
    strip.ordered[index] = amounts[nth] ?? 0n
  })
}
