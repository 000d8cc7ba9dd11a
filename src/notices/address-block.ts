import type { Glyphs } from './glyphs.ts'

/** Sizes in the window, in points. The postal bar code stands below, 67 bars of 1.2 mm. */
export const ADDRESS_POINTS = 10.5
export const NAME_POINTS = 12
const MAX_ADDRESS_LINES = 4
const MAX_NAME_LINES = 2

export interface AddressBlock {
  readonly addressLines: readonly string[]
  readonly nameLines: readonly string[]
}

/** Numbers like 「1丁目23番4号」 are not torn: digits with their hyphens stay together. */
const PIECES = /[0-9\uFF10-\uFF19]+(?:[-‐−ー\uFF0D][0-9\uFF10-\uFF19]+)*|./gsu

/** Breaks a text into lines of at most `widthMm`; null when one piece alone is wider. */
function wrap(text: string, widthMm: number, points: number, glyphs: Glyphs): string[] | null {
  const lines: string[] = []
  let line = ''
  for (const [piece] of text.matchAll(PIECES)) {
    if (glyphs.widthMm(line + piece, points) <= widthMm) line += piece
    else {
      if (line === '' || glyphs.widthMm(piece, points) > widthMm) return null
      lines.push(line.trimEnd())
      line = piece.trimStart()
    }
  }
  if (line.trim() !== '') lines.push(line.trimEnd())
  return lines
}

/**
 * 窓あき枠: 住所 (at most 2 lines), 方書 (2) and 宛名 with 様 (2) as they will be printed; null when they do not fit (U07).
 * `heightMm` leaves room for the postal number above and the bar code below.
 */
export function addressBlock(
  addressee: { readonly address: string; readonly building: string; readonly name: string; readonly capacity: string },
  window: { readonly widthMm: number; readonly heightMm: number },
  glyphs: Glyphs,
): AddressBlock | null {
  const address = wrap(addressee.address.trim(), window.widthMm, ADDRESS_POINTS, glyphs)
  const building = wrap(addressee.building.trim(), window.widthMm, ADDRESS_POINTS, glyphs)
  const nameLines = wrap(`${addressee.name.trim()} 様`, window.widthMm, NAME_POINTS, glyphs)
  if (address === null || building === null || nameLines === null) return null
  if (address.length > 2 || building.length > 2 || nameLines.length > MAX_NAME_LINES) return null
  const addressLines = [...address, ...building]
  if (addressLines.length > MAX_ADDRESS_LINES) return null
  const capacity = addressee.capacity === '' ? 0 : CAPACITY_MM
  const used = POSTAL_MM + capacity + addressLines.length * ADDRESS_LINE_MM + nameLines.length * NAME_LINE_MM + BARS_MM
  return used > window.heightMm ? null : { addressLines, nameLines }
}

/** Heights of the template's lines, with their leading. */
const POSTAL_MM = 5.5
const ADDRESS_LINE_MM = 5
const CAPACITY_MM = 4
const NAME_LINE_MM = 6
const BARS_MM = 7
