import { err, ok, type Result } from '#kernel/result.ts'
import type { Yen } from '#kernel/yen.ts'
import { IDO_DEFAULTS, type IdoOptions } from '../ido/options.ts'
import { type Overpaid, overpaidOf } from '../ido/overpaid.ts'
import { type IdoChange, placeChange } from '../ido/place-change.ts'
import { type PlacedSlot, type Placement, slotsOf } from '../ido/placement.ts'
import { type BackwardOrder, reduceBackwards } from '../ido/reduce-backwards.ts'
import { type IdoRefusal, refusedSlot } from '../ido/refused-change.ts'
import { pick, type Slot, type Strip, stripOf, sumOf } from '../ido/slot.ts'
import { splitIntoInstalments } from '../kiwari/split-into-instalments.ts'
import { splitHonchoshu } from '../tokucho/honchoshu.ts'
import { isBeforeOctober, type OctStartSplit, splitOctoberStart } from './october-start.ts'

/** 確定賦課の分類. Source: sheet 3.4 §5.2. */
export const KAKUTEI_CLASSES = {
  P1: '普徴',
  P2: '特徴継続',
  P3: '新規10月開始',
  P4: '特徴終了',
  P5: '仮徴収で完納・超過',
  P6: '喪失済',
  P7: '0円',
} as const

export type KakuteiClass = keyof typeof KAKUTEI_CLASSES

/** 特別徴収の判定 of step 009: nothing against it, something against it, 資格喪失済. */
export type KakuteiJudgement = 'tokucho' | 'fucho' | 'lost'

export interface KakuteiOptions {
  readonly unitYen: Yen
  readonly octStartSplit: OctStartSplit
  readonly stopPlacement: 'from-stop-month' | 'all-open'
  readonly backwardOrder: BackwardOrder
}

export interface KakuteiYear {
  /** 仮徴収 (4, 6, 8月, also lowered to 0) and every 普徴 period of the year, 暫定 and those still at 0 円. */
  readonly slots: readonly Slot[]
  readonly annualYen: Yen
  readonly judgement: KakuteiJudgement
}

export interface KakuteiPlacement {
  readonly kakuteiClass: KakuteiClass
  /** In the order of the input; October, December and February of 特徴 come last. */
  readonly slots: readonly PlacedSlot[]
  readonly zuijiYen: Yen
  readonly overpaid: Overpaid
  /** Σ charged on what cannot move: K + Z of the sheet. */
  readonly fixedYen: Yen
  /** 年額 − that; below 0 it was taken off backwards. */
  readonly restYen: Yen
  readonly tokuchoYen: Yen
  /** Indexes into the input: the 普徴 periods that share the rest, by date. */
  readonly targets: readonly number[]
  /** 翌年度の仮徴収額: the February amount. */
  readonly nextProvisionalYen: Yen
  /** 喪失済: the 異動 that it is placed as. */
  readonly loss: { readonly change: IdoChange; readonly options: IdoOptions; readonly placement: Placement } | null
}

export type KakuteiRefusal =
  | IdoRefusal
  /** 本徴収の枠がすでにある; 仮徴収 that could still be stopped or changed, which is not so in July. */
  | { readonly kind: 'slot-autumn' | 'slot-stoppable'; readonly slot: number }

/**
 * 確定賦課の割り振り: the annual amount that was fixed in July onto the year's instalments, so that 仮徴収, 暫定, 本徴収 and 普徴
 * add up to it. Source: sheet 3.4 §5.2, §5.3. Who has lost 資格 (P6) is placed as an 異動 (LOS).
 */
export function placeKakutei(year: KakuteiYear, options: KakuteiOptions): Result<KakuteiPlacement, KakuteiRefusal> {
  if (year.judgement === 'lost') return placeLost(year, options)
  const refused = refusedSlot(year.slots) ?? refusedTokucho(year.slots)
  if (refused) return err(refused)

  const strip = stripOf(year.slots)
  for (const index of pick(strip, isMovable)) {
    strip.charged[index] = 0n
    strip.ordered[index] = 0n
  }
  const fixedYen = sumOf(strip.charged, strip.order)
  const restYen = year.annualYen - fixedYen
  const kakuteiClass = classOf(year, restYen)
  const candidates = pick(strip, ({ state }) => state !== 'written-off')
  const leftYen = reduceBackwards(strip, candidates, restYen < 0n ? -restYen : 0n, options.backwardOrder)
  if (leftYen > 0n) return err({ kind: 'written-off', leftYen })

  const shares = restYen > 0n ? sharesOf(strip, kakuteiClass, year, restYen, options) : NO_SHARES
  shares.targets.forEach((index, nth) => {
    strip.charged[index] = shares.fuchoYen[nth] ?? 0n
  })
  return ok({
    kakuteiClass,
    slots: [...slotsOf(strip), ...autumnOf(shares.tokuchoYen)],
    zuijiYen: restYen > 0n && shares.targets.length === 0 ? restYen - shares.tokuchoYen : 0n,
    overpaid: overpaidOf(strip),
    fixedYen,
    restYen,
    tokuchoYen: shares.tokuchoYen,
    targets: shares.targets,
    nextProvisionalYen: splitHonchoshu(shares.tokuchoYen).febYen,
    loss: null,
  })
}

/** Open 普徴, and 仮徴収 that failed: what it did not bring is part of the rest. */
export const isMovable = ({ state }: Slot): boolean => state === 'open' || state === 'failed'

function refusedTokucho(slots: readonly Slot[]): KakuteiRefusal | null {
  for (const [slot, one] of slots.entries()) {
    if (one.method !== '特徴') continue
    if (!isBeforeOctober(one)) return { kind: 'slot-autumn', slot }
    if (one.state === 'stoppable' || one.state === 'planned' || one.state === 'changeable')
      return { kind: 'slot-stoppable', slot }
  }
  return null
}

function classOf({ slots, annualYen, judgement }: KakuteiYear, restYen: Yen): KakuteiClass {
  if (annualYen === 0n) return 'P7'
  const hasProvisional = slots.some(({ method }) => method === '特徴')
  if (!hasProvisional) return judgement === 'tokucho' && restYen > 0n ? 'P3' : 'P1'
  if (restYen <= 0n) return 'P5'
  return judgement === 'tokucho' ? 'P2' : 'P4'
}

interface Shares {
  readonly tokuchoYen: Yen
  /** The 普徴 slots that receive, by date, and what each receives. */
  readonly targets: readonly number[]
  readonly fuchoYen: readonly Yen[]
}

const NO_SHARES: Shares = { tokuchoYen: 0n, targets: [], fuchoYen: [] }

function sharesOf(
  strip: Strip,
  kakuteiClass: KakuteiClass,
  { annualYen }: KakuteiYear,
  restYen: Yen,
  options: KakuteiOptions,
): Shares {
  const openWhere = (test: (slot: Slot) => boolean) => pick(strip, (slot) => slot.state === 'open' && test(slot))
  if (kakuteiClass === 'P2') return { ...NO_SHARES, tokuchoYen: restYen }
  if (kakuteiClass === 'P3') {
    const byDate = strip.order.flatMap((index) => strip.slots[index] ?? [])
    return { targets: openWhere(isBeforeOctober), ...splitOctoberStart(byDate, { annualYen, restYen }, options) }
  }
  const later = kakuteiClass === 'P4' && options.stopPlacement === 'from-stop-month' ? openWhere(isFromOctober) : []
  const targets = later.length > 0 ? later : openWhere(() => true)
  if (targets.length === 0) return NO_SHARES
  return {
    ...NO_SHARES,
    targets,
    fuchoYen: splitIntoInstalments(restYen, targets.length, options.unitYen).instalmentsYen,
  }
}

const isFromOctober = (slot: Slot): boolean => !isBeforeOctober(slot)

function autumnOf(tokuchoYen: Yen): readonly PlacedSlot[] {
  if (tokuchoYen === 0n) return []
  const { octYen, decYen, febYen } = splitHonchoshu(tokuchoYen)
  return (
    [
      [10, octYen],
      [12, decYen],
      [2, febYen],
    ] as const
  ).map(([month, yen]) => ({ month, method: '特徴', chargedYen: yen, orderedYen: yen }))
}

function placeLost(
  { slots, annualYen }: KakuteiYear,
  { unitYen, stopPlacement, backwardOrder }: KakuteiOptions,
): Result<KakuteiPlacement, KakuteiRefusal> {
  const change: IdoChange = { slots, newAnnualYen: annualYen, months: 12, events: ['LOS'], fromMonth: null }
  const options = { ...IDO_DEFAULTS, unitYen, stopPlacement, backwardOrder }
  const placed = placeChange(change, options)
  if (!placed.ok) return placed
  const { zuijiYen, overpaid, fixedYen, toPlaceYen, placed: how } = placed.value
  return ok({
    kakuteiClass: 'P6',
    slots: placed.value.slots,
    zuijiYen,
    overpaid,
    fixedYen,
    restYen: toPlaceYen,
    tokuchoYen: 0n,
    targets: how.targets,
    nextProvisionalYen: 0n,
    loss: { change, options, placement: placed.value },
  })
}
