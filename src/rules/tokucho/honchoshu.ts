import { floorTo, type Yen } from '#kernel/yen.ts'

/** 特別徴収額の端数の単位: 100 円, the rest goes to October. Source: rules §3.4 (能美市, 厚木市, 琴浦町). */
const UNIT_YEN = 100n

export interface Honchoshu {
  readonly octYen: Yen
  readonly decYen: Yen
  readonly febYen: Yen
}

/** 本徴収額の割り振り: December and February a third each down to 100 円, October the rest. Throws RangeError for a negative amount. */
export function splitHonchoshu(restYen: Yen): Honchoshu {
  const third = floorTo(restYen / 3n, UNIT_YEN)
  return { octYen: restYen - third - third, decYen: third, febYen: third }
}

export interface Autumn extends Honchoshu {
  /** 仮徴収計: April + June + August. */
  readonly provisionalYen: Yen
  /** 年額 − 仮徴収計, not below 0. */
  readonly restYen: Yen
  /** 過納見込: what 仮徴収 took beyond the year. */
  readonly excessYen: Yen
  /** 翌年度の仮徴収額 of one payment: the February amount; 0 = no 特別徴収 next April (普通徴収 from July). */
  readonly nextProvisionalYen: Yen
}

/**
 * 本徴収 (October, December, February): the annual premium less what April, June and August took. Nothing left: no collection
 * from October, the excess is 過誤納, and without a February amount there is no 仮徴収 next April [source: 都城市, 三好市].
 * Source: rules §3.4, O-33.
 */
export function honchoshuOf(annualYen: Yen, provisional: readonly Yen[]): Autumn {
  const provisionalYen = provisional.reduce((sum, one) => sum + one, 0n)
  const left = annualYen - provisionalYen
  const restYen = left > 0n ? left : 0n
  const split = splitHonchoshu(restYen)
  return { ...split, provisionalYen, restYen, excessYen: restYen - left, nextProvisionalYen: split.febYen }
}
