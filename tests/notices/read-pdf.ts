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

export interface ReadPage {
  readonly pieces: readonly Piece[]
  /** All text without spaces, in reading order. */
  readonly text: string
  picture(dotsPerMm: number): Promise<Picture>
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
      async picture(dotsPerMm) {
        const viewport = page.getViewport({ scale: dotsPerMm * MM })
        const canvas = createCanvas(Math.round(viewport.width), Math.round(viewport.height))
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
