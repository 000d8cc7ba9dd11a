import { compilePdf } from './compile-pdf.ts'
import type { NoticeSettings } from './municipality.ts'
import type { TokusokuView } from './tokusoku.schema.ts'
import { sealAsset } from './tokusoku.view.ts'

/** One PDF with the letters of a print file, one after the other. Equal views give equal bytes. */
export async function renderPrintFile(
  views: readonly string[],
  settings: NoticeSettings,
): Promise<{ readonly pdf: Buffer; readonly pageCount: number }> {
  const seal = sealAsset(settings)
  const pdf = compilePdf({
    kind: 'tokusoku',
    views: views.map((text) => JSON.parse(text) as TokusokuView), // stored by 003 from a checked view
    assets: seal === null ? [] : [seal],
  })
  return { pdf, pageCount: views.length }
}
