import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createCanvas } from '@napi-rs/canvas'
import * as pdfjs from 'pdfjs-dist/legacy/build/pdf.mjs'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'

/** One line or cell of a page: its text, and where its lower left corner stands, in mm from the top left of the sheet. */
export interface Piece {
  readonly text: string
  readonly xMm: number
  readonly yMm: number
}

export interface Picture {
  readonly data: Uint8ClampedArray
  readonly width: number
  readonly height: number
  readonly dotsPerMm: number
}

/** A part of a page, in mm from its top left corner. */
export interface PartMm {
  readonly leftMm: number
  readonly topMm: number
  readonly widthMm: number
  readonly heightMm: number
}

export interface ReadPage {
  readonly pieces: readonly Piece[]
  /** All text without spaces, in reading order. */
  readonly text: string
  /** The page, or a part of it, as a picture. */
  picture(dotsPerMm: number, part?: PartMm): Promise<Picture>
}

const MM = 25.4 / 72

/** Reads a PDF as a stranger would: text with positions, and each page as a picture. */
export async function readPdf(pdf: Uint8Array): Promise<{ pages: ReadPage[]; metadata: string }> {
  const document = await pdfjs.getDocument({ data: new Uint8Array(pdf), verbosity: 0 }).promise
  const meta = await document.getMetadata()
  const pages: ReadPage[] = []
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number)
    const { items } = await page.getTextContent()
    const height = page.getViewport({ scale: 1 }).height
    const pieces = items.flatMap((item) => {
      if (!('str' in item) || item.str.trim() === '') return []
      const [, , , , x, y] = item.transform as number[]
      return [{ text: item.str, xMm: (x ?? 0) * MM, yMm: (height - (y ?? 0)) * MM }]
    })
    pages.push({
      pieces,
      text: pieces.map((piece) => piece.text.replaceAll(/\s/g, '')).join(''),
      async picture(dotsPerMm, part) {
        const viewport = page.getViewport({
          scale: dotsPerMm * MM,
          offsetX: -(part?.leftMm ?? 0) * dotsPerMm,
          offsetY: -(part?.topMm ?? 0) * dotsPerMm,
        })
        const canvas = createCanvas(
          Math.round(part ? part.widthMm * dotsPerMm : viewport.width),
          Math.round(part ? part.heightMm * dotsPerMm : viewport.height),
        )
        const context = canvas.getContext('2d')
        // the reader's types name the browser's canvas; this one has the same methods
        await page.render({ canvas: canvas as never, canvasContext: context as never, viewport }).promise
        const { data, width, height: rows } = context.getImageData(0, 0, canvas.width, canvas.height)
        return { data, width, height: rows, dotsPerMm }
      },
    })
  }
  return { pages, metadata: JSON.stringify({ info: meta.info, xmp: meta.metadata?.getRaw() ?? '' }) }
}

// from the installed package, never from the network
const { buffer } = Uint8Array.from(
  readFileSync(fileURLToPath(import.meta.resolve('zxing-wasm/reader/zxing_reader.wasm'))),
)
prepareZXingModule({ overrides: { wasmBinary: buffer } })

/** What a scanner makes of the Code 128 symbols of a picture. */
export async function scanCode128(picture: Picture): Promise<{ text: string; isGs1: boolean }[]> {
  const image = { data: picture.data, width: picture.width, height: picture.height, colorSpace: 'srgb' } as ImageData
  const found = await readBarcodes(image, { formats: ['Code128'], tryHarder: true })
  return found.filter((one) => one.isValid).map((one) => ({ text: one.text, isGs1: one.contentType === 'GS1' }))
}

/** The bars of the manual, written down a second time, to read a picture with. */
const CODE_OF_BARS: Readonly<Record<string, string>> = {
  '144': '0',
  '114': '1',
  '132': '2',
  '312': '3',
  '123': '4',
  '141': '5',
  '321': '6',
  '213': '7',
  '231': '8',
  '411': '9',
  '414': '-',
  '324': 'CC1',
  '342': 'CC2',
  '234': 'CC3',
  '432': 'CC4',
  '243': 'CC5',
  '423': 'CC6',
  '441': 'CC7',
  '111': 'CC8',
}

/** The 21 codes between start and stop code, check digit last. Throws when bars are no カスタマバーコード. */
export function postalCodes(bars: string): string[] {
  const codes =
    bars
      .slice(2, -2)
      .match(/.../g)
      ?.map((three) => CODE_OF_BARS[three] ?? '?') ?? []
  if (bars.length !== 67 || !bars.startsWith('13') || !bars.endsWith('31') || codes.includes('?'))
    throw new Error(`no カスタマバーコード: ${bars}`)
  return codes
}

const isDark = ({ data, width }: Picture, x: number, y: number): boolean => (data[(y * width + x) * 4] ?? 255) < 128

/**
 * The bars of a カスタマバーコード in the given strip of a picture, as 1 long, 2 upper, 3 lower, 4 timing: measured from the ink, by
 * how far each bar reaches above and below the timing band.
 */
export function scanPostalBars(
  picture: Picture,
  topMm: number,
  bottomMm: number,
  leftMm: number,
  rightMm: number,
): string {
  const [y0, y1, x0, x1] = [topMm, bottomMm, leftMm, rightMm].map((mm) => Math.round(mm * picture.dotsPerMm))
  const bars: { top: number; bottom: number }[] = []
  let open: { top: number; bottom: number } | null = null
  for (let x = x0 ?? 0; x <= (x1 ?? 0); x += 1) {
    let top = Infinity
    let bottom = -Infinity
    for (let y = y0 ?? 0; y <= (y1 ?? 0); y += 1)
      if (isDark(picture, x, y)) {
        top = Math.min(top, y)
        bottom = Math.max(bottom, y)
      }
    if (top === Infinity) {
      if (open) bars.push(open)
      open = null
    } else open = open ? { top: Math.min(open.top, top), bottom: Math.max(open.bottom, bottom) } : { top, bottom }
  }
  if (open) bars.push(open)
  const highest = Math.min(...bars.map((bar) => bar.top))
  const lowest = Math.max(...bars.map((bar) => bar.bottom))
  const near = 0.4 * picture.dotsPerMm
  return bars
    .map((bar) => {
      const isUp = bar.top - highest < near
      const isDown = lowest - bar.bottom < near
      return isUp && isDown ? '1' : isUp ? '2' : isDown ? '3' : '4'
    })
    .join('')
}
