import { afterAll, beforeAll, expect, it } from 'vitest'
import { appendEvent } from '#audit/append.ts'
import { SYSTEM } from '#audit/events.ts'
import { twoAt002 } from '#tests/support/two-at-002.ts'
import { sitDown, type Desk } from './support/desk.ts'
import { openPages, type Pages } from './support/pages.ts'

// 履歴 of a task with more lines than one page holds.
const LINES = 205
let pages: Pages
let clerk: Desk
let taskId: string

beforeAll(async () => {
  pages = await openPages()
  ;({ taskId } = await twoAt002(pages.api, {}))
  const { db, clock } = pages.api.office
  await db.tx(async (tx) => {
    for (let count = 1; count <= LINES; count += 1) {
      const payload = { step: '5-2-tokusoku/002-confirm-delinquents', action: 'note', count }
      await appendEvent(tx, { at: clock.now(), kind: 'rows-marked', actor: SYSTEM, taskId, payload })
    }
  })
  clerk = await sitDown(pages.browser, pages.url, 'tantou')
}, 240_000)
afterAll(() => pages?.close())

it('turns the page of 履歴 down to how the task began', async () => {
  const { page } = clerk
  await page.goto(`/tasks/${taskId}`)
  await page.getByRole('tab', { name: '履歴' }).click()
  const history = page.getByRole('tabpanel', { name: '履歴' })
  await history.getByText(`${LINES + 1}件中 1–200件`).waitFor()
  await history.getByText(`${LINES}件にメモを書いた`).waitFor()
  expect(await history.getByText('作業ができた').count()).toBe(0)
  await history.getByRole('button', { name: '履歴の次のページ' }).click()
  await history.getByText(`${LINES + 1}件中 201–${LINES + 1}件`).waitFor()
  await history.getByText('作業ができた').waitFor()
  expect(await history.locator('li:not(.day)').count()).toBe(6)
  await clerk.picture('history-last')
  expect(await clerk.violations()).toEqual([])
  expect(clerk.complaints).toEqual([])
})
