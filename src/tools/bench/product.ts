import { startProduct, type Product } from '#tests/support/product.ts'
import { SAMPLE_DAY } from '../sample/first-sample.ts'
import type { BenchOffice } from './office.ts'

/** The flow of two steps, 001 自動 and 002 確認, that measures the road and no business. */
export const SMALLEST_FLOW = '0-1-juryo-kakunin'

/** The product as an office runs it, with broker, server and workers, on the database `koki` of the office. */
export const openProduct = (office: BenchOffice): Promise<Product> =>
  startProduct(SAMPLE_DAY, { appUrl: office.server.appUrl('koki'), drop: async () => undefined })

/** Calls `work` a number of times a second, whether the earlier calls have ended or not; then waits for all. */
export async function atRate(perSecond: number, forSeconds: number, work: (n: number) => Promise<void>): Promise<void> {
  const running: Promise<void>[] = []
  const startedAt = performance.now()
  for (let n = 0; n < perSecond * forSeconds; n += 1) {
    const waitMs = startedAt + (n * 1000) / perSecond - performance.now()
    if (waitMs > 0) await new Promise((wake) => setTimeout(wake, waitMs))
    const one = work(n)
    one.catch(() => undefined) // awaited below
    running.push(one)
  }
  await Promise.all(running)
}
