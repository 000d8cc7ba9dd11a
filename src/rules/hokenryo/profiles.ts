import type { Yen } from '#kernel/yen.ts'
import type { Prefecture } from './prefectures.ts'

/** 端数処理 of a 広域連合: each figure is rounded down to a multiple of its unit. */
export interface Rounding {
  readonly kintoUnitYen: Yen
  readonly shotokuwariUnitYen: Yen
  readonly totalUnitYen: Yen
  /** Where they are from, for the explanation. */
  readonly source: string
}

/** 広域連合独自の所得割の軽減: percent off for a 賦課のもととなる所得 up to the amount. Smallest first. */
export type Relief = readonly { readonly upToYen: Yen; readonly percent: bigint }[]

/**
 * Down to 100円 in all [source: 三宅村, 静岡県広域連合, 当別町, 喜多方市, 大和郡山市]; the 均等割 after reduction down to 1円 in 北海道,
 * 大阪, 兵庫, 長野 and 福岡 [source: 当別町, 藤井寺市, 加古川市, 駒ヶ根市, 福津市]. For the other 広域連合, and for the total of 大阪 and 兵庫,
 * not stated on the pages seen: [own knowledge, verify].
 */
const USUAL: Rounding = {
  kintoUnitYen: 1n,
  shotokuwariUnitYen: 1n,
  totalUnitYen: 100n,
  source: '広域連合の定め。資料のない広域連合は、多くの広域連合と同じとする [own knowledge, verify]',
}

const SPECIAL: ReadonlyMap<Prefecture, Rounding> = new Map([
  // 埼玉県広域連合「令和6年度の保険料額算定例」
  [
    '埼玉',
    {
      kintoUnitYen: 10n,
      shotokuwariUnitYen: 10n,
      totalUnitYen: 100n,
      source: '[source: 埼玉県後期高齢者医療広域連合「令和6年度の保険料額算定例」]',
    },
  ],
  // 福岡県広域連合, page of 平成30・31年度: check the present rule
  [
    '福岡',
    {
      ...USUAL,
      totalUnitYen: 10n,
      source: '福岡県後期高齢者医療広域連合の平成30・31年度の資料 [own knowledge, verify]',
    },
  ],
])

/** 端数処理 by 広域連合, rules §1.5. */
export const roundingOf = (prefecture: Prefecture): Rounding => SPECIAL.get(prefecture) ?? USUAL

/**
 * 東京都広域連合's own relief [source: open-source 後期 calculator; 東京都広域連合 mentions 所得割軽減]. Of the 医療分 only; whether the
 * 子ども分 has it, too: [own knowledge, verify].
 */
const OWN_RELIEF: Relief = [
  { upToYen: 150_000n, percent: 50n },
  { upToYen: 200_000n, percent: 25n },
]
const NO_RELIEF: Relief = []

/** 所得割の独自軽減 by 広域連合. */
export const reliefOf = (prefecture: Prefecture): Relief => (prefecture === '東京' ? OWN_RELIEF : NO_RELIEF)
