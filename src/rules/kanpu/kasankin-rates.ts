import type { YearSpan } from '../interest/year-rates.ts'

/**
 * 還付加算金の割合: for each calendar year of the day concerned, in tenths of a percent (13n = 1.3 %). Until 2020 the
 * 特例基準割合, from 2021 平均貸付割合 + 0.5 % [source: rules §6.1 (大津市「還付加算金」, 広島市)]. A year that is not listed has
 * no rate; it is never guessed. The 平均貸付割合 of a further year is typed in at the 試算.
 */
export interface KasankinRate extends YearSpan {
  readonly perMille: bigint
}

/** From this year the rate is the 平均貸付割合 and 0.5 %, in tenths of a percent. */
export const AVERAGE_LENDING = { fromYear: 2021, addedPerMille: 5n } as const

export const KASANKIN_RATES: readonly KasankinRate[] = [
  { fromYear: 2014, toYear: 2014, perMille: 19n },
  { fromYear: 2015, toYear: 2016, perMille: 18n },
  { fromYear: 2017, toYear: 2017, perMille: 17n },
  { fromYear: 2018, toYear: 2020, perMille: 16n },
  { fromYear: 2021, toYear: 2021, perMille: 10n },
  { fromYear: 2022, toYear: 2025, perMille: 9n },
  { fromYear: 2026, toYear: 2026, perMille: 13n },
]

/** 割合 of one year from its 平均貸付割合, both in tenths of a percent. Source: rules §6.1. */
export const rateOfAverageLending = (year: number, averagePerMille: bigint): KasankinRate => ({
  fromYear: year,
  toYear: year,
  perMille: averagePerMille + AVERAGE_LENDING.addedPerMille,
})
