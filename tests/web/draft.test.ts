import type { Route } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PDF } from '#tests/support/files.ts'
import { twoAt002 } from '#tests/support/two-at-002.ts'
import { sitDown, type Desk } from './support/desk.ts'
import { openPages, type Pages } from './support/pages.ts'

// 下書き and 添付 that are still on their way when the clerk goes on: the line is slow. 002 of two people.

let pages: Pages
let clerk: Desk
let taskId: string
const DRAFT = '**/api/tasks/*/draft'
const COMPLETE = '**/api/tasks/*/complete'

const question = () => clerk.page.getByRole('dialog', { name: /確認済みにする/ })
const comment = () => question().getByLabel('コメント')
const taskRow = () =>
  pages.api.office.db.one<{ state: string; comment: string | null }>(
    `select state, draft ->> 'comment' as comment from tasks where id = $1`,
    [taskId],
  )
async function ask(): Promise<void> {
  await clerk.page.locator('button:not([aria-disabled])', { hasText: '2件で確認済みにする' }).waitFor()
  await clerk.press('Control+Enter')
  await question().waitFor()
}
const answer = () =>
  question()
    .getByRole('button', { name: /確認済みにする/ })
    .click()

let heard = 0
/** What the browser complained of since the last look. */
function complaints(): readonly string[] {
  const fresh = clerk.complaints.slice(heard)
  heard = clerk.complaints.length
  return fresh
}

/** Holds the next request to `address` back until it is let go. */
async function heldBack(address: string): Promise<{ readonly came: Promise<void>; letGo(): void }> {
  const came = Promise.withResolvers<void>()
  const free = Promise.withResolvers<void>()
  const hold = async (route: Route): Promise<void> => {
    came.resolve()
    await free.promise
    await route.continue()
  }
  await clerk.page.route(address, hold, { times: 1 })
  return { came: came.promise, letGo: free.resolve }
}

beforeAll(async () => {
  pages = await openPages()
  ;({ taskId } = await twoAt002(pages.api, { isClaimed: true }))
  clerk = await sitDown(pages.browser, pages.url, 'tantou')
  await clerk.page.goto(`/tasks/${taskId}`)
  await clerk.page.getByText('表示中 2件の合計').waitFor()
}, 240_000)
afterAll(() => pages?.close())

describe('下書き and what crosses it', () => {
  it('given words typed a moment ago, when the task is let go, then they are kept before', async () => {
    const { page } = clerk
    await ask()
    await comment().fill('手放す前の言葉')
    await clerk.press('Escape')
    await page.getByRole('button', { name: '手放す' }).click()
    await page.getByRole('button', { name: '担当する' }).waitFor()
    expect((await taskRow()).comment).toBe('手放す前の言葉')
    await page.locator('[role=grid]').focus()
    await clerk.press('c')
    await page.getByRole('button', { name: '手放す' }).waitFor()
    expect(complaints()).toEqual([])
  })

  it('given words typed a moment ago, when the page is read again or left, then they are kept', async () => {
    const { page } = clerk
    await ask()
    await comment().fill('読み直す前の言葉')
    await page.reload()
    await expect.poll(async () => (await taskRow()).comment).toBe('読み直す前の言葉')
    await page.getByText('表示中 2件の合計').waitFor()
    await page.locator('button:not([aria-disabled])', { hasText: '2件で確認済みにする' }).waitFor()
    await ask()
    await comment().fill('離れる前の言葉')
    await clerk.press('Escape')
    await page.getByRole('link', { name: '作業一覧' }).click()
    await page.getByRole('heading', { name: /^作業/ }).first().waitFor()
    await page.goBack()
    await page.locator('button:not([aria-disabled])', { hasText: '2件で確認済みにする' }).waitFor() // the page may change the task
    await ask()
    expect(await comment().inputValue()).toBe('離れる前の言葉')
    await expect.poll(async () => (await taskRow()).comment).toBe('離れる前の言葉')
    await clerk.press('Escape')
    expect(complaints()).toEqual([])
  })

  it('given a line that is gone, when it comes back, then the words are kept and the warning goes, without a key', async () => {
    const { page } = clerk
    await page.route('**/api/**', (route) => route.abort())
    await ask()
    await comment().fill('線が切れた間の言葉')
    await question().getByText('サーバーとつながっていません。').waitFor()
    await clerk.picture('draft-line-gone')
    await page.unroute('**/api/**')
    await expect.poll(async () => (await taskRow()).comment, { timeout: 20_000 }).toBe('線が切れた間の言葉')
    await expect.poll(() => page.getByText(/サーバーとつながっていません/).count(), { timeout: 20_000 }).toBe(0)
    await clerk.press('Escape')
    await page.getByText(/^下書き .* 保存$/).waitFor()
    await clerk.picture('draft-line-back')
    complaints() // of the requests that did not arrive
  })

  it('given a file on its way, when the clerk wants to complete, then the answer waits until it is there', async () => {
    const { page } = clerk
    const sending = await heldBack('**/api/tasks/*/attachments')
    await page.getByRole('tab', { name: /^添付/ }).click()
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: '領収書.pdf', mimeType: 'application/pdf', buffer: PDF })
    await page.getByRole('button', { name: '添付する' }).click()
    await sending.came
    await ask()
    await question().getByText('前の操作を送っています。').waitFor()
    await question().locator('button[type=submit][aria-disabled]').press('Enter')
    sending.letGo()
    await question().locator('button[type=submit]:not([aria-disabled])').waitFor()
    await clerk.press('Escape')
    await page.getByRole('tab', { name: '添付 1' }).waitFor()
    expect((await taskRow()).state).toBe('open')
    expect(complaints()).toEqual([])
  })

  it('given another person who has taken the task, when a draft comes, then the clerk is told who, and nothing is changed', async () => {
    const { page } = clerk
    const sending = await heldBack(DRAFT)
    await ask()
    await comment().fill('ほかの人が担当した後の言葉')
    await sending.came
    const [tantou, tantou2] = [await pages.api.user('tantou'), await pages.api.user('tantou2')]
    const hold = (userId: bigint) =>
      pages.api.office.db.run(`update tasks set assignee = $2 where id = $1`, [taskId, userId])
    await hold(tantou2.userId) // no sign to the pages: the draft is the first to hear of it
    sending.letGo()
    await question()
      .getByText(/^この作業は.+が担当しています。$/)
      .waitFor()
    expect((await taskRow()).comment).toBe('線が切れた間の言葉')
    expect(await comment().inputValue()).toBe('ほかの人が担当した後の言葉')
    expect(complaints()).toEqual([expect.stringContaining('409')])
    await clerk.press('Escape')
    await page.getByText('下書きは保存していません').waitFor()
    await hold(tantou.userId)
    await page.reload()
    await page.getByText('表示中 2件の合計').waitFor()
  })

  it('given a decision that does not arrive, then the words typed for it are kept', async () => {
    await clerk.page.route(COMPLETE, (route) => route.abort(), { times: 1 })
    await ask()
    await comment().fill('届かなかった判断の言葉')
    await answer()
    await question().getByRole('alert').waitFor()
    await expect.poll(async () => (await taskRow()).comment).toBe('届かなかった判断の言葉')
    expect(complaints()).toEqual([expect.stringContaining('ERR_FAILED')])
    await clerk.press('Escape')
  })

  it('given a draft on its way, when 完了 is pressed, then it goes first and nothing is refused', async () => {
    const { page } = clerk
    const sending = await heldBack(DRAFT)
    const replies: string[] = []
    page.on('response', (one) => {
      const [act] = /draft$|complete$/.exec(one.url()) ?? []
      if (act) replies.push(`${act} ${one.status()}`)
    })
    await ask()
    await comment().fill('最後の言葉')
    await sending.came
    const decision = page.waitForRequest(COMPLETE, { timeout: 1000 }).catch(() => null)
    await answer()
    expect(await decision).toBeNull() // it waits for the draft
    sending.letGo()
    await page.getByText(/この作業は済みました/).waitFor()
    expect(replies).toEqual(['draft 200', 'complete 200'])
    expect(complaints()).toEqual([])
  })

  it('given a draft that comes after the decision all the same, then it changes nothing', async () => {
    const before = await taskRow()
    const late = await pages.api.call('tantou', 'PUT', `/api/tasks/${taskId}/draft`, { draft: { comment: '後から' } })
    expect([late.statusCode, late.json<{ code: string }>().code]).toEqual([409, 'TASK-003'])
    expect(before).toEqual({ state: 'completing', comment: '最後の言葉' })
    expect(await taskRow()).toEqual(before)
  })
})
