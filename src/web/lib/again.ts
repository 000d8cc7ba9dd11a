const LONGEST_MS = 15_000

/** The line is gone: how long to wait after so many tries in vain; one, two, four … seconds, at most fifteen. */
export const againAfterMs = (failures: number): number => Math.min(LONGEST_MS, 1000 * 2 ** failures)
