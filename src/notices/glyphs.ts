import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import * as fontkit from 'fontkit'

/** The fonts of every notice. BIZ UDGothic has figures of one width; BIZ UDPGothic is for reading. */
const FONT_FILES = [
  '@expo-google-fonts/biz-udpgothic/400Regular/BIZUDPGothic_400Regular.ttf',
  '@expo-google-fonts/biz-udpgothic/700Bold/BIZUDPGothic_700Bold.ttf',
  '@expo-google-fonts/biz-udgothic/400Regular/BIZUDGothic_400Regular.ttf',
  '@expo-google-fonts/biz-udgothic/700Bold/BIZUDGothic_700Bold.ttf',
] as const

/** The bytes of the fonts, for the compiler. */
export const fontBytes = (): Buffer[] =>
  FONT_FILES.map((file) => readFileSync(fileURLToPath(import.meta.resolve(file))))

const MM_PER_POINT = 25.4 / 72

export interface Glyphs {
  /** 字形なし: the characters of the texts that a font of the notices cannot draw, each once, in the order found. */
  missing(texts: Iterable<string>): readonly string[]
  /** Width of one line in mm at a size in points, in the reading font. Neither kerning nor ligatures: advances add up. */
  readonly widthMm: Measure
  /** The same in the font of figures, whose kana are wider. */
  readonly figuresWidthMm: Measure
}

/** Width of one line of text in mm at a size in points. */
export type Measure = (text: string, points: number) => number

/** A variation selector asks for one certain form (異体字). The fonts hold base forms only, so the asked form is missing. */
const isSelector = (point: number): boolean =>
  (point >= 0xfe00 && point <= 0xfe0f) || (point >= 0xe0100 && point <= 0xe01ef)

function load(): Glyphs {
  const fonts = fontBytes().map((bytes) => {
    const font = fontkit.create(bytes)
    if (!('characterSet' in font)) throw new Error('a font file of the notices is a collection')
    return font
  })
  const [reading, , figures] = fonts
  if (!reading || !figures) throw new Error('the notices have no font')
  const known = fonts.map((font) => new Set(font.characterSet))
  const shared = reading.characterSet.filter((point) => known.every((set) => set.has(point)))
  const advancesOf = (font: typeof reading): Advances =>
    advances(shared.map((point) => [point, font.glyphForCodePoint(point).advanceWidth / font.unitsPerEm]))
  const read = advancesOf(reading)
  return {
    missing(texts) {
      const found = new Set<string>()
      for (const text of texts) {
        if (isPlain(text, read)) continue
        let before = ''
        for (const char of text) {
          const point = char.codePointAt(0) ?? 0
          if (isSelector(point)) found.add(before + char)
          else if (read.of(point) === undefined) found.add(char)
          before = char
        }
      }
      return [...found]
    },
    widthMm: measureBy(read),
    figuresWidthMm: measureBy(advancesOf(figures)),
  }
}

/** Widths of the characters in ems. */
interface Advances {
  /** Undefined: no glyph. */
  of(point: number): number | undefined
  /** By UTF-16 unit; 0 where the unit is no character with a glyph. Every character of every letter is looked up here. */
  readonly units: Float64Array
}

function advances(widths: readonly (readonly [number, number])[]): Advances {
  const all = new Map(widths)
  const units = new Float64Array(0x1_0000)
  for (const [point, width] of widths) if (point < units.length && !isSelector(point)) units[point] = width
  return { of: (point) => all.get(point), units }
}

/** Whether every character is one unit with a glyph of some width. */
function isPlain(text: string, { units }: Advances): boolean {
  for (let at = 0; at < text.length; at += 1) if ((units[text.charCodeAt(at)] ?? 0) === 0) return false
  return true
}

function measureBy(measured: Advances): Measure {
  const { units } = measured
  return (text, points) => {
    let ems = 0
    if (isPlain(text, measured)) for (let at = 0; at < text.length; at += 1) ems += units[text.charCodeAt(at)] ?? 0
    else for (const char of text) ems += measured.of(char.codePointAt(0) ?? 0) ?? 1
    return ems * points * MM_PER_POINT
  }
}

let loaded: Glyphs | undefined

/** The glyphs of the notices' fonts, read once per process (about 0.1 s). */
export const noticeGlyphs = (): Glyphs => (loaded ??= load())
