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
  /** Width of one line in mm at a size in points. The fonts have neither kerning nor ligatures in use: advances add up. */
  widthMm(text: string, points: number): number
}

/** A variation selector asks for one certain form (異体字). The fonts hold base forms only, so the asked form is missing. */
const isSelector = (point: number): boolean =>
  (point >= 0xfe00 && point <= 0xfe0f) || (point >= 0xe0100 && point <= 0xe01ef)

function load(): Glyphs {
  const fonts = fontBytes().map((bytes) => {
    const font = fontkit.create(bytes)
    if (!('characterSet' in font)) throw new Error('a font file of the notices is a collection')
    return font
  })
  const [reading] = fonts
  if (!reading) throw new Error('the notices have no font')
  const advances = new Map<number, number>()
  const known = fonts.map((font) => new Set(font.characterSet))
  for (const point of reading.characterSet) {
    if (known.every((set) => set.has(point)))
      advances.set(point, reading.glyphForCodePoint(point).advanceWidth / reading.unitsPerEm)
  }
  return {
    missing(texts) {
      const found = new Set<string>()
      for (const text of texts) {
        let before = ''
        for (const char of text) {
          const point = char.codePointAt(0) ?? 0
          if (isSelector(point)) found.add(before + char)
          else if (!advances.has(point)) found.add(char)
          before = char
        }
      }
      return [...found]
    },
    widthMm(text, points) {
      let ems = 0
      for (const char of text) ems += advances.get(char.codePointAt(0) ?? 0) ?? 1
      return ems * points * MM_PER_POINT
    },
  }
}

let loaded: Glyphs | undefined

/** The glyphs of the notices' fonts, read once per process (about 0.1 s). */
export const noticeGlyphs = (): Glyphs => (loaded ??= load())
