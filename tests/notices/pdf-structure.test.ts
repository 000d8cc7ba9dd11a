import { inflateSync } from 'node:zlib'
import * as pdfjs from 'pdfjs-dist/legacy/build/pdf.mjs'
import { beforeAll, describe, expect, it } from 'vitest'
import { compilePdf } from '#notices/compile-pdf.ts'
import { noticeGlyphs } from '#notices/glyphs.ts'
import { sealAssets } from '#notices/seal.ts'
import { tokusokuView } from '#notices/tokusoku.view.ts'
import { MATERIAL, notice, OPTIONS, SETTINGS } from './sample.ts'

const views = [1, 2].map(
  (one) => tokusokuView(notice({ noticeNo: `T-${one}` }), OPTIONS, SETTINGS, noticeGlyphs()).view,
)
const assets = sealAssets([views[0]!.issuer.seal], MATERIAL.seals) ?? []
const letter = compilePdf({ kind: 'tokusoku', views: views.slice(0, 1), assets })
const printFile = compilePdf({ kind: 'tokusoku', views, assets })

/** The objects of a PDF as text, those in compressed object streams included; other streams stay out. */
function objectsOf(pdf: Buffer): string {
  const raw = pdf.toString('latin1')
  const inflated = [...raw.matchAll(/\/Type\s*\/ObjStm[\s\S]*?stream\r?\n/g)].map((match) => {
    const start = (match.index ?? 0) + match[0].length
    return inflateSync(pdf.subarray(start, raw.indexOf('endstream', start)), { finishFlush: 2 }).toString('latin1')
  })
  return raw.replaceAll(/stream\r?\n[\s\S]*?endstream/g, 'stream endstream') + inflated.join('\n')
}
const count = (text: string, pattern: RegExp): number => [...text.matchAll(pattern)].length

describe.each([
  ['a letter', letter],
  ['a print file', printFile],
])('%s is PDF/A-2b', (_, pdf) => {
  const objects = objectsOf(pdf)

  it('begins as PDF 1.7 and says its part and level in XMP', async () => {
    expect(pdf.subarray(0, 8).toString()).toBe('%PDF-1.7')
    const document = await pdfjs.getDocument({ data: new Uint8Array(pdf), verbosity: 0 }).promise
    const { metadata } = await document.getMetadata()
    const xmp = metadata?.getRaw() as string
    expect(xmp).toMatch(/<pdfaid:part>2</)
    expect(xmp).toMatch(/<pdfaid:conformance>B</)
  })

  it('has an sRGB output intent, a language, no script, no attachment, no encryption', () => {
    expect(objects).toMatch(/\/S\s*\/GTS_PDFA1/)
    expect(objects).toMatch(/\/DestOutputProfile \d+ 0 R/)
    expect(objects).toMatch(/\/Lang\s*\(ja(-JP)?\)/)
    expect(objects).not.toMatch(/\/JavaScript|\/JS\b|\/EmbeddedFiles|\/Encrypt|\/OpenAction|\/Launch/)
  })

  it('embeds every font and maps every font back to Unicode', () => {
    const fonts = count(objects, /\/Subtype\s*\/Type0/g)
    expect(fonts).toBeGreaterThanOrEqual(3)
    expect(count(objects, /\/ToUnicode \d+ 0 R/g)).toBe(fonts)
    expect(count(objects, /\/FontFile[23]? \d+ 0 R/g)).toBe(count(objects, /\/Type\s*\/FontDescriptor/g))
    expect(count(objects, /\/Type\s*\/FontDescriptor/g)).toBe(fonts)
    expect(objects).not.toMatch(/\/Subtype\s*\/(?:Type1|TrueType|Type3)\b/)
  })
})

describe('a letter is tagged', () => {
  type Node = { role?: string; alt?: string; lang?: string; children?: (Node | { type: string; id: string })[] }
  let tree: Node
  const roles: string[] = []
  const walk = (node: Node): void => {
    if (node.role) roles.push(node.role)
    for (const child of node.children ?? []) if ('children' in child || 'role' in child) walk(child as Node)
  }
  beforeAll(async () => {
    const document = await pdfjs.getDocument({ data: new Uint8Array(letter), verbosity: 0 }).promise
    expect(objectsOf(letter)).toMatch(/\/MarkInfo\s*<<\s*\/Marked true/)
    const page = await document.getPage(1)
    tree = (await page.getStructTree()) as Node
    walk(tree)
  })

  it('has one heading, its tables with rows and cells, and its 公印 with a text for who cannot see it', () => {
    expect(roles.filter((role) => role === 'H1')).toHaveLength(1)
    expect(roles.filter((role) => role === 'Table')).toHaveLength(5) // two of the letter, one in each part of the slip
    expect(roles.filter((role) => role === 'TR').length).toBe(5 + 4 + 3 * 10)
    const figures: Node[] = []
    const find = (node: Node): void => {
      if (node.role === 'Figure') figures.push(node)
      for (const child of node.children ?? []) find(child as Node)
    }
    find(tree)
    expect(figures.map(({ alt }) => alt)).toEqual(['公印'])
  })

  it('a print file is not: its reader is a printer', async () => {
    const document = await pdfjs.getDocument({ data: new Uint8Array(printFile), verbosity: 0 }).promise
    const page = await document.getPage(1)
    expect(await page.getStructTree()).toBeNull()
    expect(objectsOf(printFile)).not.toContain('/StructTreeRoot')
  })
})
