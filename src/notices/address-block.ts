import type { Measure } from './glyphs.ts'
import type { WindowSettings } from './municipality.ts'
import { barsHeightMm } from './window.ts'

/** Sizes of address and name, in points, falling: machines and old eyes both read 9 points. */
const SIZES = [
  { address: 10.5, name: 12 },
  { address: 9.5, name: 11 },
  { address: 9, name: 10.5 },
] as const
const MOST_LINES = 2

/** Heights of the template's lines in mm: postal number, 「相続人代表者」; and of a line by its size in points. */
const POSTAL_MM = 6
const CAPACITY_MM = 4
const LINE_MM_PER_POINT = 0.48

export interface AddressBlock {
  readonly addressLines: readonly string[]
  readonly nameLines: readonly string[]
  readonly addressPoints: string
  readonly namePoints: string
}

/** What may not begin a line: long marks, small kana, closing marks, the middle dot. */
const CLINGS = '[ー、。)\\uFF09」・ぁぃぅぇぉっゃゅょァィゥェォッャュョヵヶ]*'
/** 「1203号室」 is not torn: digits with their hyphens, and the word that counts them, stay together. */
const NUMBER =
  '[0-9\\uFF10-\\uFF19]+(?:[-‐−ー\\uFF0D][0-9\\uFF10-\\uFF19]+)*(?:丁目|番地|番|号室|号棟|号館|号|階|棟|室|F)?'
const CHARACTERS = new RegExp(`(?:${NUMBER}|.)${CLINGS}`, 'gsu')
/** A name is broken between its words. */
const WORDS = /[^\s・]+[\s・]*/gu

/** Breaks a text into lines of at most `widthMm`; null when one piece alone is wider, or when it takes too many lines. */
function wrap(text: string, pieces: RegExp, widthMm: number, points: number, measure: Measure): string[] | null {
  const lines: string[] = []
  let line = ''
  for (const [piece] of text.trim().matchAll(pieces)) {
    if (measure((line + piece).trimEnd(), points) <= widthMm) line += piece
    else {
      if (line === '' || measure(piece.trimEnd(), points) > widthMm) return null
      lines.push(line.trimEnd())
      line = piece.trimStart()
    }
  }
  if (line.trim() !== '') lines.push(line.trimEnd())
  return lines.length > MOST_LINES ? null : lines
}

/**
 * 窓あき枠: 住所, 方書 and 宛名 with 様, at most two lines each, as they will be printed, at the largest size at which all stand in
 * the window; null when they do not (U07). The height leaves room for the postal number above and the bars below.
 */
export function addressBlock(
  addressee: {
    readonly address: string
    readonly building: string
    readonly name: string
    readonly capacity: string
  },
  window: WindowSettings,
  measure: Measure,
): AddressBlock | null {
  const fixed = POSTAL_MM + barsHeightMm(window) + (addressee.capacity === '' ? 0 : CAPACITY_MM)
  for (const size of SIZES) {
    const address = wrap(addressee.address, CHARACTERS, window.widthMm, size.address, measure)
    const building = wrap(addressee.building, CHARACTERS, window.widthMm, size.address, measure)
    const name = `${addressee.name.trim()} 様`
    const nameLines =
      wrap(name, WORDS, window.widthMm, size.name, measure) ??
      wrap(name, CHARACTERS, window.widthMm, size.name, measure)
    if (address === null || building === null || nameLines === null) continue
    const addressLines = [...address, ...building]
    const lines = addressLines.length * size.address + nameLines.length * size.name
    if (fixed + lines * LINE_MM_PER_POINT > window.heightMm) continue
    return { addressLines, nameLines, addressPoints: String(size.address), namePoints: String(size.name) }
  }
  return null
}
