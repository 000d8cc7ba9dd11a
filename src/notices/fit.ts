import type { Measure } from './glyphs.ts'

const MM_PER_POINT = 25.4 / 72

/** Sizes in points, falling: on one line, and when that is too small on two. */
export interface CellSizes {
  readonly oneLine: readonly number[]
  readonly twoLines: readonly number[]
}

/** Two lines are rarely filled to their ends. */
const FILLED = 0.92

/** The largest size at which a text stands in a cell of `widthMm` on one line, else on two; the smallest when none does. */
export function fitCell(text: string, widthMm: number, sizes: CellSizes, measure: Measure): string {
  const perPoint = measure(text, 1)
  const one = sizes.oneLine.find((points) => perPoint * points <= widthMm)
  const two = sizes.twoLines.find((points) => perPoint * points <= 2 * widthMm * FILLED)
  return String(one ?? two ?? sizes.twoLines.at(-1) ?? 0)
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
  measure: Measure,
): string | null {
  const perPoint = texts.map((text) => measure(text, 1))
  for (const points of sizes) {
    const em = points * MM_PER_POINT
    const lines = perPoint.reduce((sum, width) => sum + Math.ceil((width * points) / (widthMm - em)), 0)
    const height = lines * LETTERS_EM * em + (lines - texts.length) * LEADING_EM * em + (texts.length - 1) * GUTTER_MM
    if (height <= heightMm) return String(points)
  }
  return null
}
