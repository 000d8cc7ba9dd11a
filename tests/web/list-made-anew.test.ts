import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tokusoku } from '#workers/5-2-tokusoku/index.ts'
import { completeList } from '#tests/support/by-api.ts'
import { registerNoticeSettings } from '#tests/support/notice-settings.ts'
import { person } from '#tests/support/office-facts.ts'
import { stepBench } from '#tests/support/step-bench.ts'
import { acceptPeople, acceptRows, BASE_RUN, STEP } from '#tests/support/tokusoku-office.ts'
import { sitDown, type Desk } from './support/desk.ts'
import { openPages, type Pages } from './support/pages.ts'

// 004 of five people, the second without 郵便番号: what a clerk does on the screen while the list is made anew.
let pages: Pages
let clerk: Desk
let taskId: string

const chosen = () => clerk.page.getByRole('toolbar', { name: '操作' }).getByText(/通を選択中|この行/)

beforeAll(async () => {
  pages = await openPages()
  const { office } = pages.api
  const bench = await stepBench(office, [tokusoku])
  await registerNoticeSettings(office)
  await acceptPeople(office, [1, 2, 3, 4, 5], { person: (n) => (n === 2 ? { 郵便番号: '' } : {}) })
  const { runId } = await bench.start(await pages.api.user('tantou'), BASE_RUN)
  await bench.run(runId, STEP['001'])
  await completeList(pages.api, await bench.open(runId, STEP['002']))
  await bench.run(runId, STEP['003'])
  taskId = await bench.open(runId, STEP['004'])
  clerk = await sitDown(pages.browser, pages.url, 'tantou')
  await clerk.page.goto(`/tasks/${taskId}`)
  await clerk.page.getByText('表示中 5通の合計').waitFor()
  await clerk.press('c')
  await clerk.page.getByRole('button', { name: '手放す' }).waitFor()
}, 240_000)
afterAll(() => pages?.close())

describe('004 while the list is made anew', () => {
  it('given a letter that nothing proposes, when E and a digit are pressed, then the digit chooses the reason', async () => {
    const { page } = clerk
    await page.locator('[role=row]', { hasText: '00000005' }).click()
    await clerk.press('e')
    const dialog = page.getByRole('dialog', { name: '引き抜く' })
    await dialog.getByRole('radio', { name: '印字不良' }).and(page.locator(':focus')).waitFor()
    await clerk.press('2')
    await expect.poll(() => dialog.getByRole('radio', { name: 'その他' }).isChecked()).toBe(true)
    await clerk.press('Escape')
    await dialog.waitFor({ state: 'detached' })
  })

  it('given a row without paper, then its pane tells 次にすること and the way there', async () => {
    const { page } = clerk
    await page.locator('[role=row]', { hasText: '00000002' }).click()
    await page.getByText('宛名か送付先の郵便番号を7桁に直し、「個別作成」を押してください。').waitFor()
    expect(await page.getByRole('link', { name: '被保険者照会で宛名と送付先を見る' }).count()).toBe(1)
    const bar = await page.getByRole('toolbar', { name: '操作' }).boundingBox()
    expect(bar?.height).toBeLessThan(48) // one line, with 個別作成 among its buttons
    await clerk.picture('list-without-paper')
  })

  it('given the repaired row chosen, when its letter is made, then nobody is chosen: the rows have other numbers now', async () => {
    const { page } = clerk
    await acceptRows(pages.api.office, 'atena', [person(2)])
    await page.locator('[role=row]', { hasText: '00000002' }).click()
    await clerk.press('Space')
    await expect.poll(() => chosen().textContent()).toContain('1通を選択中')
    await page.getByRole('button', { name: '1通を個別作成' }).click()
    await page.locator('[role=row]', { hasText: '判断待ち' }).getByText('00000002').waitFor()
    await expect.poll(() => chosen().textContent()).not.toContain('1通を選択中')
    expect(await page.getByRole('button', { name: /引き抜く…/ }).count()).toBe(0)
  })

  it('given the page read again (F5), then it may go on at once: the page before has said that it left', async () => {
    const { page } = clerk
    await page.reload()
    await page.getByText('表示中 5通の合計').waitFor()
    await page.locator('button:not([aria-disabled])', { hasText: '最新の収納を反映' }).waitFor({ timeout: 10_000 })
    expect(await page.getByText('この画面では読むだけです。').count()).toBe(0)
    // nothing is proposed: the letter that was made alone waits for somebody to look at its paper
    await page.getByText('決めていない通知が1通あります。', { exact: false }).waitFor()
    expect(await page.getByRole('button', { name: '提案をすべて受ける' }).count()).toBe(0)
    await clerk.picture('list-nothing-proposed')
    expect(clerk.complaints).toEqual([])
  })
})
