import { plainDateOf } from '#kernel/plain-date.ts'

/** 祝日の表: the first and the last day of which the office's 祝日 are known. */
export const KNOWN_HOLIDAYS = { from: plainDateOf('1970-01-01'), to: plainDateOf('2050-12-31') } as const
