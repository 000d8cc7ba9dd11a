import { compilePdf, type PdfJob } from './compile-pdf.ts'

/** What the pool sends to a rendering child, and what comes back. */
export interface RenderRequest {
  readonly id: number
  readonly job: PdfJob
}
export type RenderAnswer =
  | { readonly id: number; readonly pdf: Uint8Array; readonly rssBytes: number }
  | { readonly id: number; readonly error: string }

const answer = (message: RenderAnswer): void => {
  // a message that finds nobody there is no failure: the disconnect below ends this process
  process.send?.(message, undefined, undefined, () => undefined)
}

process.on('message', ({ id, job }: RenderRequest) => {
  try {
    answer({ id, pdf: compilePdf(job), rssBytes: process.memoryUsage.rss() })
  } catch (error) {
    answer({ id, error: error instanceof Error ? error.message : 'unknown' })
  }
})
// the pool's process is gone: nobody waits any more
process.on('disconnect', () => process.exit(0))
