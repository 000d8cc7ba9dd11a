import { Fault } from '#kernel/faults.ts'
import type { NoticeMaterial } from './municipality.ts'
import { noticeRenderer, type Renderer } from './render.ts'
import { sealAssets } from './seal.ts'
import { readStoredView } from './stored-view.ts'
import type { TokusokuView } from './tokusoku.schema.ts'

/** Letters of one print file at most. */
const MOST_LETTERS = 500

/**
 * 印刷ファイル, or the preview of a single letter: stored views in the given order, a page each, and one more for each further slip. Equal views give equal bytes:
 * a letter is printed with the 公印 it was made with. Throws RangeError for none or more than 500, NOTE-002 when the
 * rendering child died, NOTE-004 when the 公印 of a view is not registered, NOTE-005 when a stored view cannot be printed.
 */
export async function renderPrintFile(
  views: readonly string[],
  material: Pick<NoticeMaterial, 'seals'>,
  renderer: Renderer = noticeRenderer(),
): Promise<{ readonly pdf: Buffer; readonly pageCount: number }> {
  if (views.length === 0 || views.length > MOST_LETTERS)
    throw new RangeError(`a print file holds 1 to ${MOST_LETTERS} letters, not ${views.length}`)
  const letters = views.map(readStoredView)
  const assets = sealAssets(
    letters.map(({ issuer }) => issuer.seal),
    material.seals,
  )
  if (assets === null) throw new Fault('NOTE-004')
  const pdf = await renderer.render({ kind: 'tokusoku', views: letters, assets })
  return { pdf, pageCount: letters.reduce((pages, view) => pages + pagesOf(view), 0) }
}

/** 枚数 of a letter. */
const pagesOf = (view: TokusokuView): number => 1 + (view.several?.pages.length ?? 0)
