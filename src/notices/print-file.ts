import { Value } from 'typebox/value'
import { Fault } from '#kernel/faults.ts'
import type { NoticeSettings } from './municipality.ts'
import { noticeRenderer, type Renderer } from './render.ts'
import { TokusokuView } from './tokusoku.schema.ts'
import { sealAsset } from './tokusoku.view.ts'

/** Letters of one print file at most. */
const MOST_LETTERS = 500

/**
 * 印刷ファイル, or the preview of a single letter: stored views, one page each, in the given order. Equal views and settings give
 * equal bytes. Throws RangeError for none or more than 500, NOTE-002 when the rendering child died, NOTE-004
 * when the 公印 of a view is no longer that of the settings, NOTE-005 when a stored view is not of today's shape.
 */
export async function renderPrintFile(
  views: readonly string[],
  settings: NoticeSettings,
  renderer: Renderer = noticeRenderer(),
): Promise<{ readonly pdf: Buffer; readonly pageCount: number }> {
  if (views.length === 0 || views.length > MOST_LETTERS)
    throw new RangeError(`a print file holds 1 to ${MOST_LETTERS} letters, not ${views.length}`)
  const seal = sealAsset(settings)
  const letters = views.map(readView)
  if (letters.some(({ issuer }) => issuer.seal !== '' && issuer.seal !== seal?.name)) throw new Fault('NOTE-004')
  const pdf = await renderer.render({
    kind: 'tokusoku',
    views: letters,
    assets: seal === null ? [] : [seal],
  })
  return { pdf, pageCount: views.length }
}

/** A stored view of an older shape is not guessed at: its template is not this one. */
function readView(text: string): TokusokuView {
  const view: unknown = JSON.parse(text)
  if (!Value.Check(TokusokuView, view)) throw new Fault('NOTE-005')
  return view
}
