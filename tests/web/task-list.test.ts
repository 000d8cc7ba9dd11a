import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newTasks } from '#tests/support/tasks.ts'
import { sitDown, type Desk } from './support/desk.ts'
import { openPages, type Pages } from './support/pages.ts'

// Source: ux.md points 1 to 7; reference screens 01 and 10c. The tasks are rows: no engine, the API in this process.

let pages: Pages
let clerk: Desk
let lead: Desk
let tasks: readonly string[]

const rows = ({ page }: Desk) => page.locator('tbody [role=row][aria-rowindex]')
const gridHasFocus = ({ page }: Desk): Promise<boolean> =>
  page.evaluate(() => document.activeElement?.getAttribute('role') === 'grid')

describe('作業一覧, by keyboard alone', () => {
  beforeAll(async () => {
    pages = await openPages({}, '2026-11-13T00:00:00.000Z')
    tasks = await newTasks(
      pages.api.office.db,
      Array.from({ length: 60 }, (_, n) => ({
        number: `R8-52-${String(n).padStart(4, '0')}`,
        dueOn: n < 2 ? '2026-11-12' : n < 5 ? '2026-11-13' : `2026-11-${16 + (n % 5)}`,
        levyDueOn: n % 2 === 0 ? '2026-10-31' : '2026-09-30',
      })),
    )
    clerk = await sitDown(pages.browser, pages.url, 'tantou')
    lead = await sitDown(pages.browser, pages.url, 'kakaricho')
  }, 240_000)
  afterAll(() => pages?.close())

  it('given 60 tasks, then 22 rows are on the first view with words of 開庁日 and counts, and axe finds nothing', async () => {
    const { page } = clerk
    await page.getByText('係の作業 60件').waitFor()
    await page.getByText('期限超過 1開庁日').first().waitFor()
    expect(await page.locator('.rail a', { hasText: '本日期限' }).textContent()).toContain('3')
    const box = await page.locator('[role=grid]').boundingBox()
    const full = await rows(clerk).evaluateAll(
      (all, bottom) => all.filter((row) => row.getBoundingClientRect().bottom <= bottom).length,
      (box?.y ?? 0) + (box?.height ?? 0),
    )
    expect(full).toBeGreaterThanOrEqual(22)
    await clerk.picture('tasks-01-list')
    expect(await clerk.violations()).toEqual([])
  })

  it('given three chosen rows, when C is pressed, then all are claimed at once and a colleague sees it without reading again', async () => {
    const { page } = clerk
    await page.locator('[role=grid]').focus()
    await clerk.press('Home', 'Space', 'Shift+ArrowDown', 'Shift+ArrowDown')
    await page.getByText('3件を選択中').waitFor()
    await clerk.press('c')
    await page.getByText('3件を担当しました。').waitFor()
    expect(await gridHasFocus(clerk)).toBe(true)
    await expect
      .poll(() => lead.page.locator('tbody td', { hasText: '三枝 みのり' }).count(), { timeout: 15_000 })
      .toBe(3)
  })

  it('given conditions in the form, then they stand in the address as chips, without a person, and are kept as a view', async () => {
    const { page } = clerk
    await clerk.press('f')
    await page.getByRole('dialog', { name: '条件を決める' }).waitFor()
    await clerk.picture('tasks-02-conditions')
    await page.getByLabel('納期限').selectOption('2026-09-30')
    await clerk.tabTo('この条件で見る')
    await clerk.press('Enter')
    await page.getByRole('button', { name: /納期限 令和8年9月30日.*を外す/ }).waitFor()
    await page.getByText('係の作業 30件').waitFor()
    expect(new URL(page.url()).searchParams.get('levyDueOn')).toBe('2026-09-30')
    await page.getByRole('button', { name: '今の条件を保存する' }).focus()
    await clerk.press('Enter')
    await page.getByLabel('名前').fill('9月の督促')
    await clerk.press('Enter')
    const kept = page.locator('.rail a', { hasText: '9月の督促' })
    await kept.waitFor()
    await expect.poll(() => kept.textContent(), { timeout: 15_000 }).toContain('30')
    expect(await clerk.violations()).toEqual([])
  })

  it('given a task opened from the list, when going back, then the same row has the focus', async () => {
    const { page } = clerk
    await page.locator('[role=grid]').focus()
    await clerk.press('Home', 'ArrowDown', 'ArrowDown', 'ArrowDown')
    const before = await page.locator('tr.is-focus').textContent()
    await clerk.press('Enter')
    await page.getByRole('heading', { level: 1, name: /002.*督促・滞納者確認/ }).waitFor()
    await page.goBack()
    await page.locator('tr.is-focus').waitFor()
    expect(await page.locator('tr.is-focus').textContent()).toBe(before)
    await expect.poll(() => gridHasFocus(clerk)).toBe(true)
  })

  it('given a handover by the 係長, then the bell of the clerk counts it at once, and the list of お知らせ tells it', async () => {
    await lead.page.locator('[role=grid]').focus()
    await lead.press('End', 'Space')
    await lead.page.getByRole('button', { name: '担当を替える…' }).click()
    const dialog = lead.page.getByRole('dialog')
    await dialog.getByText('持っている作業 3件').first().waitFor()
    await lead.picture('tasks-03-reassign')
    await dialog.getByLabel(/三枝 みのり/).check()
    await dialog.getByRole('button', { name: '三枝 みのり に替える' }).click()
    await lead.page.getByText('1件の担当を替えました。').waitFor()
    const bell = clerk.page.getByRole('link', { name: /^お知らせ 新しい\d+件$/ })
    await bell.waitFor()
    await bell.click()
    await clerk.page.getByText('担当になりました:002 督促・滞納者確認').waitFor()
    await clerk.picture('tasks-04-notifications')
    expect(await clerk.violations()).toEqual([])
    await clerk.page.getByRole('button', { name: 'すべて読んだことにする' }).click()
    await clerk.page.getByRole('link', { name: 'お知らせ', exact: true }).waitFor()
  })

  it('given a task open on two machines, then both see the other, and the one who does not hold it only reads', async () => {
    const [taskId = ''] = tasks
    await clerk.page.goto(`/tasks/${taskId}`)
    await lead.page.goto(`/tasks/${taskId}`)
    await lead.page.getByText('三枝 みのり も開いています').waitFor()
    await clerk.page.getByText('佐伯 修 も開いています').waitFor()
    await lead.picture('tasks-05-presence')
    expect(await lead.page.getByRole('button', { name: '担当する' }).count()).toBe(0)
    const { clock } = pages.api.office
    clock.set(new Date(Date.parse(clock.now()) + 1000).toISOString()) // of two pages of one moment either may be the first
    const second = await clerk.page.context().newPage()
    await second.goto(`${pages.url}/tasks/${taskId}`)
    await second.getByText('この画面では読むだけです。').waitFor()
    await second.close()
    expect(clerk.complaints).toEqual([])
    expect(lead.complaints).toEqual([])
  })
})
