/** Rates hold for calendar years, both ends included. */
export interface YearSpan {
  readonly fromYear: number
  readonly toYear: number
}

/** その年の割合; undefined for a year that is not listed: it is never guessed from its neighbours. */
export function rateOfYear<T extends YearSpan>(year: number, rates: readonly T[]): T | undefined {
  for (let index = rates.length - 1; index >= 0; index -= 1) {
    const rate = rates[index]
    if (rate && rate.fromYear <= year && year <= rate.toYear) return rate
  }
  return undefined
}
