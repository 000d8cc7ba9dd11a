import type { PlainDate } from '#kernel/plain-date.ts'
import { printedSpelling, type SpellingDecision, type SpellingField } from '#rules/names/printed-spelling.ts'
import type { Glyphs } from './glyphs.ts'

/** One text that is printed otherwise than it is registered: kept beside the notice. Code points only, no text. */
export interface Substitution {
  readonly field: SpellingField
  /** 代替表記 (decided for the person) or 縮退 (the municipality's table). */
  readonly by: '代替表記' | '縮退'
  /** The characters that have no glyph: 「U+20BB7」. */
  readonly missing: readonly string[]
}

export interface Speller {
  /** The text as it is printed; what was changed is told to `substitutions`. */
  print(field: SpellingField, text: string): string
  readonly substitutions: readonly Substitution[]
}

/** 「U+845B U+E0100」 */
export const codePoints = (char: string): string =>
  Array.from(char, (part) => `U+${(part.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`).join(' ')

/**
 * 印字する表記: first what was decided for the person, then, for characters still without glyph, the 縮退 of the municipality
 * (empty = off). What neither knows stays, and makes the notice U03.
 */
export function speller(
  decisions: readonly SpellingDecision[],
  reductions: ReadonlyMap<string, string>,
  glyphs: Glyphs,
  on: PlainDate,
): Speller {
  const substitutions: Substitution[] = []
  const note = (field: SpellingField, by: Substitution['by'], chars: readonly string[]): void => {
    const one = { field, by, missing: chars.map(codePoints) }
    const text = JSON.stringify(one)
    if (!substitutions.some((known) => JSON.stringify(known) === text)) substitutions.push(one)
  }
  return {
    substitutions,
    print(field, text) {
      const spelt = printedSpelling(field, text, decisions, on)
      if (spelt !== text) note(field, '代替表記', glyphs.missing([text]))
      const missing = glyphs.missing([spelt]).filter((char) => reductions.has(char))
      if (missing.length > 0) note(field, '縮退', missing)
      // longest first: a character with a selector before the character alone
      return missing
        .toSorted((a, b) => b.length - a.length)
        .reduce((printed, char) => printed.replaceAll(char, reductions.get(char) ?? char), spelt)
    },
  }
}
