import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readPdf } from '#tests/notices/read-pdf.ts'
import { bigList } from './support/big-list.ts'
import { fillOffice, officeOf } from './support/delinquent-office.ts'
import { sitDown, type Desk } from './support/desk.ts'
import { fillLists } from './support/many-rows.ts'
import { openPages, type Pages } from './support/pages.ts'

// Source: ux.md points 7 and 11. The pages, the API in this process, PostgreSQL, no engine. A thousand rows in every list.

let pages: Pages
let lead: Desk
let taskId: string

beforeAll(async () => {
  pages = await openPages()
  const { api } = pages
  await fillOffice(officeOf(api))
  taskId = await bigList(api)
  await fillLists(api.office.db, 'kakaricho')
  lead = await sitDown(pages.browser, pages.url, 'kakaricho')
}, 240_000)
afterAll(() => pages?.close())

const grid = () => lead.page.locator('[role=grid]')
const status = () => lead.page.locator('.actionbar [role=status]')

describe('a list of a thousand rows', () => {
  it.each([
    ['/settings/staff', /1,0\d\d人/],
    ['/settings/deputies', /1,00\d件/],
    ['/settings/closures', /休庁日 1,00\d日/],
  ])(
    'on %s is drawn as far as it is seen, and reached by keys to its end',
    async (address, sees) => {
      const { page } = lead
      await page.goto(address)
      await page.getByText(sees).first().waitFor()
      const rows = page.locator('tbody [role=row][aria-rowindex]')
      const last = await grid().getAttribute('aria-rowcount')
      expect(Number(last)).toBeGreaterThan(1000)
      expect(await rows.count()).toBeLessThan(100)
      await grid().focus()
      await lead.press('End')
      await page.locator(`tbody .is-focus[aria-rowindex="${last}"]`).waitFor()
      await lead.picture(`long${address.replaceAll('/', '-')}`)
      const inside = await page.locator('tbody .is-focus').evaluate((row) => {
        const [own, box] = [row.getBoundingClientRect(), row.closest('[role=grid]')?.getBoundingClientRect()]
        return box !== undefined && own.top >= box.top && own.bottom <= box.bottom
      })
      expect(inside).toBe(true)
      expect(await rows.count()).toBeLessThan(100)
    },
    60_000,
  )

  it('is printed to its last row, though the screen shows the beginning', async () => {
    const { page } = lead
    await page.goto(`/tasks/${taskId}/print`)
    await page.getByText('画面は初めの100件です。紙には999件すべてが出ます。').waitFor()
    expect(await page.locator('.pl tbody tr').count()).toBe(103) // 100, how many more, the total, the end
    await lead.picture('long-print')
    const { pages: sheets } = await readPdf(await page.pdf({ preferCSSPageSize: true }))
    const paper = sheets.map(({ text }) => text).join('')
    const printed = paper.match(/0000\d{4}見本/g) ?? []
    expect(paper).not.toContain('途中まで')
    expect([printed.length, paper.match(/合計999件/g)?.length]).toEqual([999, 1])
    await page.reload()
    await page.getByRole('button', { name: '残りの899件も見る' }).click()
    await expect.poll(() => page.locator('.pl tbody tr').count()).toBe(1001)
  }, 60_000)

  it('of what stands still gives a chosen one another try', async () => {
    const { page } = lead
    await page.goto('/instances')
    await page
      .getByText(/1,00\d件/)
      .first()
      .waitFor()
    await grid().focus()
    await lead.press('Home', 'Space')
    await page.getByRole('button', { name: '1件をもう一度行う…' }).click()
    await page.getByRole('dialog').getByLabel('何を直したか').fill('設定を入れました')
    await lead.press('Enter')
    await page.getByText('1件をもう一度行いました。').waitFor()
    expect(pages.api.engine.sent.map(({ name }) => name)).toEqual(['updateRetries', 'resolveIncident'])
  }, 60_000)

  it('says when the row one stands on has not come yet; E waits for it and asks the reason', async () => {
    const { page } = lead
    const far = Promise.withResolvers<void>()
    await page.route(/\/worksheet\?.*offset=800/, async (route) => {
      await far.promise
      await route.continue()
    })
    await page.goto(`/tasks/${taskId}`)
    await page.getByText(/表示中 1,00\d件の合計/).waitFor()
    await grid().focus()
    await lead.press('End', 'e')
    await expect.poll(() => status().textContent()).toBe('行を読み込んでいます')
    expect(await page.getByRole('heading', { name: '選んだ0件を除外する' }).count()).toBe(1)
    far.resolve()
    await page.getByRole('heading', { name: '選んだ1件を除外する' }).waitFor()
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute('name')), { timeout: 5_000 })
      .toBe('reason')
    expect(await status().textContent()).toBe('この行 1件')
  }, 60_000)
})
