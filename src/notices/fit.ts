import type { Glyphs } from './glyphs.ts'

const MM_PER_POINT = 25.4 / 72

/** The largest of `sizes` (points, falling) at which a text stands on one line of `widthMm`; the smallest when none does. */
export function fitLine(text: string, widthMm: number, sizes: readonly number[], glyphs: Glyphs): string {
  const fitting = sizes.find((points) => glyphs.widthMm(text, points) <= widthMm)
  return String(fitting ?? sizes.at(-1) ?? 0)
}

/** Of a line: height of its letters, and the leading to the next, in em. Those of the template's paragraphs. */
const LETTERS_EM = 0.8
const LEADING_EM = 0.48
const GUTTER_MM = 1.3

/**
 * The largest of `sizes` at which paragraphs of `widthMm` stay within `heightMm`, or null. Counts the lines as the widths of
 * the characters fill them, one more where the remainder is near its end: justification may push a word over.
 */
export function fitParagraphs(
  texts: readonly string[],
  widthMm: number,
  heightMm: number,
  sizes: readonly number[],
  glyphs: Glyphs,
): string | null {
  for (const points of sizes) {
    const em = points * MM_PER_POINT
    const lines = texts.reduce((sum, text) => sum + Math.ceil(glyphs.widthMm(text, points) / (widthMm - em)), 0)
    const height = lines * LETTERS_EM * em + (lines - texts.length) * LEADING_EM * em + (texts.length - 1) * GUTTER_MM
    if (height <= heightMm) return String(points)
  }
  return null
}
