import type { YearSpan } from '../interest/year-rates.ts'

/**
 * 延滞金の割合: for each calendar year of the day concerned (not of the debt), in tenths of a percent
 * (28n = 2.8 %): low = 延滞金特例基準割合 + 1 %, high = + 7.3 %. Sources: rules §6.1 (岐阜市, 安曇野市, 米沢市, 南陽市, 大津市,
 * 広島市). A year that is not listed has no rate: 延滞金 is then 未確定, never guessed. A municipality records the 延滞金特例基準割合
 * of a further year among its 条例等の設定 (`entaikinRates` of 5.2), and types it in at the 試算.
 */
export interface EntaikinRate extends YearSpan {
  readonly lowPerMille: bigint
  readonly highPerMille: bigint
}

/** What the law adds to the 延滞金特例基準割合, in tenths of a percent. */
export const ADDED_PER_MILLE = { low: 10n, high: 73n } as const

export const ENTAIKIN_RATES: readonly EntaikinRate[] = [
  { fromYear: 2014, toYear: 2014, lowPerMille: 29n, highPerMille: 92n },
  { fromYear: 2015, toYear: 2016, lowPerMille: 28n, highPerMille: 91n },
  { fromYear: 2017, toYear: 2017, lowPerMille: 27n, highPerMille: 90n },
  { fromYear: 2018, toYear: 2020, lowPerMille: 26n, highPerMille: 89n },
  { fromYear: 2021, toYear: 2021, lowPerMille: 25n, highPerMille: 88n },
  { fromYear: 2022, toYear: 2025, lowPerMille: 24n, highPerMille: 87n },
  { fromYear: 2026, toYear: 2026, lowPerMille: 28n, highPerMille: 91n },
]

/** The highest 延滞金特例基準割合 that still lowers the rates of the law, in tenths of a percent. */
export const MAX_BASE_PER_MILLE = 73

const CAP_PER_MILLE = { low: 73n, high: 146n } as const

/** 割合 of one year from its 延滞金特例基準割合: + 1 % up to 7.3 %, + 7.3 % up to 14.6 %. Source: rules §6.1. */
export function rateOfBase(year: number, basePerMille: bigint): EntaikinRate {
  const capped = (perMille: bigint, cap: bigint): bigint => (perMille < cap ? perMille : cap)
  return {
    fromYear: year,
    toYear: year,
    lowPerMille: capped(basePerMille + ADDED_PER_MILLE.low, CAP_PER_MILLE.low),
    highPerMille: capped(basePerMille + ADDED_PER_MILLE.high, CAP_PER_MILLE.high),
  }
}
