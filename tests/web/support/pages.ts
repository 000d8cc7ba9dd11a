import type { Browser } from 'playwright-core'
import { createDemoProvider } from '#access/demo-provider.ts'
import { oidcClient } from '#access/oidc.ts'
import { freePort } from '#tools/free-port.ts'
import { openTestApi, type TestApi } from '#tests/support/api.ts'
import { launchBrowser } from '#tests/support/browser.ts'
import { join } from 'node:path'

/** The built pages and the API in this process, on a database of their own; no engine. */
export interface Pages {
  readonly api: TestApi
  readonly browser: Browser
  readonly url: string
  close(): Promise<void>
}

/** `more`: what the screens of a test need of the API beside its defaults. `now`: the office's moment, else 9 o'clock of 2026-08-14. */
export async function openPages(more: Parameters<typeof openTestApi>[1] = {}, now?: string): Promise<Pages> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const demo = createDemoProvider({ baseUrl: url, bindHost: '127.0.0.1', isEmbeddedDatabase: true })
  const webRoot = join(import.meta.dirname, '../../../dist/web')
  const api = await openTestApi(now, { demo, oidc: oidcClient(demo.settings), webRoot, ...more })
  await api.app.listen({ host: '127.0.0.1', port })
  const browser = await launchBrowser()
  return {
    api,
    browser,
    url,
    async close() {
      await browser.close()
      await api.close()
    },
  }
}
