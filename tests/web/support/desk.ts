import { AxeBuilder } from '@axe-core/playwright'

import type { Browser, CDPSession, Page } from 'playwright-core'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'

/** One person at one machine: a page of 1366 × 768, worked by keyboard. */
export interface Desk {
  readonly page: Page
  /** What the browser complained of: policy violations, errors, failed requests. Nothing is expected. */
  readonly complaints: readonly string[]
  /** Every address the page has had. */
  readonly addresses: readonly string[]
  /** Addresses of the JSON answers that held any of these texts. */
  receivedWith(texts: readonly string[]): string[]
  press(...keys: readonly string[]): Promise<void>
  /** Presses Tab until an element of this name has the focus. */
  tabTo(name: string | RegExp): Promise<void>
  /** Types through an input method: the text is composed, Enter confirms the conversion. */
  compose(reading: string, text: string): Promise<void>
  /** axe: ids of the rules that are violated, with the first place. */
  violations(): Promise<string[]>
  /** Keeps a picture when KOKI_SCREENSHOTS names a folder. */
  picture(name: string): Promise<void>
}

/** Words of our tests about addresses and storage need a browser of their own for each person. */
export async function sitDown(browser: Browser, url: string, login: string): Promise<Desk> {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'ja-JP', baseURL: url })
  const page = await context.newPage()
  const complaints: string[] = []
  const addresses: string[] = []
  const received: { readonly address: string; readonly text: string }[] = []
  page.on('console', (message) => {
    const place = message.location().url
    const isNewcomer = message.text().includes('401') && place.endsWith('/api/me') // who sits here? nobody yet
    if ((message.type() === 'error' || message.type() === 'warning') && !isNewcomer)
      complaints.push(`${message.text()} ${place}`)
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('framenavigated', (frame) => {
    if (frame === page.mainFrame()) addresses.push(frame.url())
  })
  page.on('response', (response) => {
    if (!(response.headers()['content-type'] ?? '').includes('json')) return
    void response
      .text()
      .then((text) => {
        received.push({ address: response.url(), text })
        if (response.status() >= 500) complaints.push(`${response.status()} ${response.url()} ${text}`)
      })
      .catch(() => undefined) // the page has gone on and the body with it
  })
  const keyboard = await context.newCDPSession(page)
  await page.goto('/') // a newcomer knows no address of a login page
  await page.waitForURL(/\/login\?back=%2F$/)
  const desk: Desk = {
    page,
    complaints,
    addresses,
    receivedWith: (texts) =>
      received.filter(({ text }) => texts.some((one) => text.includes(one))).map(({ address }) => address),
    async press(...keys) {
      for (const key of keys) await page.keyboard.press(key)
    },
    async tabTo(name) {
      const passed: string[] = []
      for (let tabs = 0; tabs < 60; tabs += 1) {
        await page.keyboard.press('Tab')
        const focused = await focusedName(page)
        passed.push(focused)
        if (typeof name === 'string' ? focused.includes(name) : name.test(focused)) return
      }
      throw new Error(`no Tab stop named ${String(name)}: ${passed.join(' / ')}`)
    },
    compose: (reading, text) => composeText(page, keyboard, reading, text),
    violations: () => violationsOf(page),
    async picture(name) {
      const folder = process.env['KOKI_SCREENSHOTS']
      if (!folder) return
      mkdirSync(folder, { recursive: true })
      await page.screenshot({ path: join(folder, `${name}.png`) })
    },
  }
  await page.getByText(login, { exact: true }).waitFor()
  await desk.tabTo(login)
  await desk.press('Enter')
  await page.getByRole('navigation', { name: 'メニュー' }).waitFor()
  return desk
}

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/**
 * axe: ids of the rules that a page violates, with the first place; `within` looks at one part of it. The page answers by
 * itself and tells of violations only: to gather the parts of all frames, and all that is well, in a page of its own takes
 * five seconds more for a screen of ours, which has no frame but the papers that are left out.
 */
export async function violationsOf(page: Page, within?: string): Promise<string[]> {
  const axe = new AxeBuilder({ page })
    .options({ runOnly: RULES, resultTypes: ['violations'] })
    .setLegacyMode()
    .exclude('iframe')
  const { violations } = await (within === undefined ? axe : axe.include(within)).analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 160)}`)
}

/** What a screen reader would call the focused element, roughly. */
const focusedName = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const element = document.activeElement
    if (!element) return ''
    const labels = 'labels' in element ? [...((element.labels as NodeListOf<HTMLLabelElement> | null) ?? [])] : []
    // a box that scrolls, or the page itself, is not named by all that stands in it
    const isBox = element.matches('body, main, section, article, [role=tabpanel], [role=region], [role=grid]')
    const own = isBox ? '' : element.textContent
    return [element.getAttribute('aria-label'), ...labels.map((label) => label.textContent), own]
      .filter(Boolean)
      .join(' ')
      .trim()
  })

/** As an input method does it: key code 229 while composing, and an Enter that only confirms. */
async function composeText(page: Page, keyboard: CDPSession, reading: string, text: string): Promise<void> {
  const key = (type: 'rawKeyDown' | 'keyUp', name: string) =>
    keyboard.send('Input.dispatchKeyEvent', { type, key: name, code: name, windowsVirtualKeyCode: 229 })
  for (let length = 1; length <= reading.length; length += 1) {
    await key('rawKeyDown', 'Process')
    const part = reading.slice(0, length)
    await keyboard.send('Input.imeSetComposition', {
      text: part,
      selectionStart: part.length,
      selectionEnd: part.length,
    })
    await key('keyUp', 'Process')
  }
  await keyboard.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length })
  await key('rawKeyDown', 'Enter') // confirms the conversion; it must do nothing else
  await keyboard.send('Input.insertText', { text })
  await key('keyUp', 'Enter')
}
