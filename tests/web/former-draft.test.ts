import { afterAll, beforeAll, expect, it } from 'vitest'
import { act } from '#tests/support/by-api.ts'
import { twoAt002 } from '#tests/support/two-at-002.ts'
import { sitDown, type Desk } from './support/desk.ts'
import { openPages, type Pages } from './support/pages.ts'

// Somebody wrote a draft and gave the task back. Whoever takes it sees whose words stand in the form, and keeps or drops them.
let pages: Pages
let next: Desk
let taskId: string
const NOTE = /前の担当の下書きがあります\(三枝 みのり 8\/14 \d\d:\d\d\)。/

const comment = async () =>
  (
    await pages.api.office.db.one<{ text: string | null }>(
      `select draft ->> 'comment' as text from tasks where id = $1`,
      [taskId],
    )
  ).text
/** By 手放す, or to another person by the 係長: whose words they are is known either way. */
async function handOn(text: string, to: string | null = null): Promise<void> {
  const { clock } = pages.api.office
  const minute = () => clock.set(new Date(Date.parse(clock.now()) + 60_000).toISOString())
  await act(pages.api, 'tantou', `/api/tasks/${taskId}/claim`)
  minute()
  const kept = await pages.api.call('tantou', 'PUT', `/api/tasks/${taskId}/draft`, { draft: { comment: text } })
  expect(kept.statusCode).toBe(200)
  minute()
  if (to === null) await act(pages.api, 'tantou', `/api/tasks/${taskId}/unclaim`)
  else await act(pages.api, 'kakaricho', '/api/tasks/bulk', { taskIds: [taskId], act: 'reassign', to })
  minute()
}

beforeAll(async () => {
  pages = await openPages()
  ;({ taskId } = await twoAt002(pages.api, {}))
  next = await sitDown(pages.browser, pages.url, 'tantou2')
}, 240_000)
afterAll(() => pages?.close())

it('given the draft of whoever had the task before, when it is kept, then it is one’s own and nothing is asked again', async () => {
  const { page } = next
  await handOn('前の人の言葉')
  await page.goto(`/tasks/${taskId}`)
  await page.getByText('表示中 2件の合計').waitFor()
  await next.press('c')
  await page.getByText(NOTE).waitFor()
  await next.picture('former-draft')
  expect(await next.violations()).toEqual([])
  await page.getByRole('button', { name: '引き継ぐ' }).click()
  await page.getByText(NOTE).waitFor({ state: 'detached' })
  await page.reload()
  await page.getByText('表示中 2件の合計').waitFor()
  expect([await comment(), await page.getByText(NOTE).count()]).toEqual(['前の人の言葉', 0])
  await page.getByRole('button', { name: '手放す' }).click()
  await page.getByRole('button', { name: '担当する' }).waitFor()
})

it('given such a draft of a task that the 係長 gave to another, when it is dropped, then the form is as it began', async () => {
  const { page } = next
  await handOn('要らない言葉', 'tantou2')
  await page.reload()
  await page.getByText('表示中 2件の合計').waitFor()
  await page.getByText(NOTE).waitFor()
  await page.getByRole('button', { name: '破棄する' }).click()
  await page.getByText(NOTE).waitFor({ state: 'detached' })
  await expect.poll(comment).toBeNull()
  await page.locator('button:not([aria-disabled])', { hasText: '2件で確認済みにする' }).waitFor()
  await page.locator('[role=grid]').focus()
  await next.press('Control+Enter')
  expect(await page.getByRole('dialog').getByLabel('コメント').inputValue()).toBe('')
  expect(next.complaints).toEqual([])
})
