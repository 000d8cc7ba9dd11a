/** The value below which `share` (0–1) of the values lie; 0 for none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(sorted.length * share) - 1))] ?? 0
}

/** The middle value; of an even number the lower of the two in the middle. */
export const median = (values: readonly number[]): number => percentile(values, 0.5)

/** 12.34 s */
export const seconds = (value: number): string => `${value.toFixed(value < 10 ? 2 : 1)} s`
