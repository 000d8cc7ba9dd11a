import { floorTo, type Yen } from '#kernel/yen.ts'
import { type Autumn, honchoshuOf } from './honchoshu.ts'

/** A: August alone is changed (by 6/20). B: June and August together (by 4/20). April can never be changed. */
export type HeijunkaMethod = 'A' | 'B'
/** 変更後0円以下のとき: `zero` → 0 円 until October [own knowledge, verify]; `keep` → the amounts stay as they are. */
export type ZeroOrLess = 'zero' | 'keep'

export interface HeijunkaInput {
  readonly method: HeijunkaMethod
  readonly expectedAnnualYen: Yen
  /** 2月の特別徴収額 = April's amount. */
  readonly februaryYen: Yen
  /** 6月の額 when the run of June has changed it, August with it. Method A only; absent: February's. */
  readonly juneYen?: Yen | undefined
  readonly unitYen: Yen
  readonly zeroOrLess: ZeroOrLess
}

export interface Heijunka {
  /** 見込年額の半分, down to 1 円. */
  readonly halfYen: Yen
  /** What is taken before the changed payments. */
  readonly fixedYen: Yen
  /** Half less the fixed: may be negative. */
  readonly leftYen: Yen
  readonly wasZeroOrLess: boolean
  readonly aprYen: Yen
  readonly junYen: Yen
  readonly augYen: Yen
  /** 本徴収, when the annual premium turns out as expected. */
  readonly autumn: Autumn
}

/**
 * 仮徴収額の平準化: April to August shall be half of the expected annual premium. A: August = half − April − June; B: June =
 * August = (half − April) ÷ 2; both down to `unitYen` (A usually 1, B 100). An amount of 0 or less becomes 0.
 * Source: rules §3.5 (A 里庄町・猪名川町・土浦市, B 松山市・美浦村), O-35, O-37.
 */
export function levelKarichoshu({
  method,
  expectedAnnualYen,
  februaryYen,
  juneYen = februaryYen,
  unitYen,
  zeroOrLess,
}: HeijunkaInput): Heijunka {
  const halfYen = expectedAnnualYen / 2n
  const fixedYen = method === 'A' ? februaryYen + juneYen : februaryYen
  const leftYen = halfYen - fixedYen
  const levelled = leftYen <= 0n ? 0n : floorTo(method === 'A' ? leftYen : leftYen / 2n, unitYen)
  const wasZeroOrLess = levelled === 0n
  const inForceYen = method === 'A' ? juneYen : februaryYen
  const newYen = wasZeroOrLess && zeroOrLess === 'keep' ? inForceYen : levelled
  const junYen = method === 'A' ? juneYen : newYen
  const autumn = honchoshuOf(expectedAnnualYen, [februaryYen, junYen, newYen])
  return { halfYen, fixedYen, leftYen, wasZeroOrLess, aprYen: februaryYen, junYen, augYen: newYen, autumn }
}
