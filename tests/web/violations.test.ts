import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchBrowser } from '#tests/support/browser.ts'
import { violationsOf } from './support/desk.ts'

// A look that finds nothing on our screens is worth something only when it finds what is there.
let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser?.close())

it('axe names what is wrong, by rule and place: on the whole page, and in one part of it', async () => {
  const page = await (await browser.newContext()).newPage()
  await page.setContent(`<!doctype html><html lang="ja"><title>見本</title><main><h1>見本</h1>
    <img src="data:,"><p style="color: #ccc; background: #fff">薄い字</p>
    <div class="dialog"><input><a href="#" role="button" aria-checked="true"></a></div></main></html>`)
  const names = (found: readonly string[]) => found.map((text) => text.split(':')[0] ?? '').toSorted()
  expect(names(await violationsOf(page))).toEqual([
    'aria-allowed-attr',
    'color-contrast',
    'image-alt',
    'label',
    'link-name',
  ])
  expect(await violationsOf(page, 'p')).toEqual(['color-contrast: <p style="color: #ccc; background: #fff">薄い字</p>'])
})
