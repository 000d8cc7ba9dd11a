import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import { fontBytes } from './glyphs.ts'
import { type NoticeKind, type NoticeViews, noticeTemplate } from './templates.ts'

/** A picture a view names by file name: the 公印. */
export interface NoticeAsset {
  readonly name: string
  readonly bytes: Uint8Array
}

export interface PdfJob {
  readonly kind: NoticeKind
  readonly views: readonly NoticeViews[NoticeKind][]
  readonly assets: readonly NoticeAsset[]
}

/** 2026-01-01T00:00:00Z, always the same: equal views must give equal bytes. The day of issue is printed, not hidden here. */
const CREATED_AT = 1_767_225_600

/** A workspace that does not exist: a document can read nothing but the assets put there. */
const WORKSPACE = '/koki-notices'

let compiler: NodeCompiler | undefined
const typst = (): NodeCompiler =>
  (compiler ??= NodeCompiler.create({ workspace: WORKSPACE, fontArgs: [{ fontBlobs: fontBytes() }] }))

/**
 * Views → one PDF/A-2b, in this process and without a pause: seconds for a print file of 500. Everything outside tests and
 * the rendering child goes through `render.ts`. Throws with the compiler's words, which hold no text of a view.
 */
export function compilePdf({ kind, views, assets }: PdfJob): Buffer {
  const one = typst()
  for (const asset of assets) one.mapShadow(`${WORKSPACE}/${asset.name}`, Buffer.from(asset.bytes))
  try {
    const compiled = one.compile({ mainFileContent: noticeTemplate(kind).source(views) })
    if (!compiled.result)
      throw new Error(
        `the template ${kind} does not compile: ${compiled
          .takeDiagnostics()
          ?.shortDiagnostics.map(({ message }: { message: string }) => message)
          .join('; ')}`,
      )
    // tags help a reader of one letter; in a print file they are five sixths of its size
    const pdfTags = views.length === 1
    return one.pdf(compiled.result, { pdfStandard: 'a-2b', creationTimestamp: CREATED_AT, pdfTags })
  } finally {
    for (const asset of assets) one.unmapShadow(`${WORKSPACE}/${asset.name}`)
    one.evictCache(0)
  }
}
