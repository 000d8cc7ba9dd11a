import { isInForce, type PlainDate } from '#kernel/plain-date.ts'

/** What of a person may be printed in another spelling. */
export const SPELLING_FIELDS = ['氏名', '住所', '方書'] as const
export type SpellingField = (typeof SPELLING_FIELDS)[number]

/** 代替表記: the office's decision to print one text of a person in other characters, because the fonts lack one. */
export interface SpellingDecision {
  readonly field: SpellingField
  /** The text as it is registered, to the code point: of another text nothing is said. */
  readonly original: string
  readonly substitute: string
  readonly from: PlainDate
  readonly to: PlainDate | null
}

/**
 * 印字する表記 of a text on a day: the substitute that was decided for exactly this text, else the text itself. When the person's
 * name or address changes the decision falls silent. Of several in force the latest begun.
 */
export function printedSpelling(
  field: SpellingField,
  text: string,
  decisions: readonly SpellingDecision[],
  on: PlainDate,
): string {
  let found: SpellingDecision | null = null
  for (const one of decisions)
    if (one.field === field && one.original === text && isInForce(one.from, one.to, on))
      if (found === null || one.from >= found.from) found = one
  return found?.substitute ?? text
}
