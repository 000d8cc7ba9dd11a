import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { notifyChange } from '#db/notify-change.ts'
import { STEP } from '#tests/support/tokusoku-office.ts'
import { sitDown, type Desk } from './support/desk.ts'
import { openPages, type Pages } from './support/pages.ts'
import { releasedLetters } from './support/released-letters.ts'

// 007 on the screen, three letters, one of which stays. Money (手数料), 時効 and the day of seizure hang on the day and the number.
let pages: Pages
let clerk: Desk
let runId: string
let taskId: string

/** The run and then the task change behind the page, which reads again what hangs on them. */
async function changeBehind(page: Page): Promise<void> {
  const again = page.waitForResponse((reply) => reply.url().endsWith(`/api/tasks/${taskId}`))
  await notifyChange(pages.api.office.db, { kind: 'run', runId }, { kind: 'task', taskId })
  await again
}

beforeAll(async () => {
  pages = await openPages()
  const { office } = pages.api
  const released = await releasedLetters(pages.api)
  const { bench } = released
  runId = released.runId
  office.clock.set('2026-08-20T01:00:00.000Z')
  taskId = await bench.open(runId, STEP['007'])
  clerk = await sitDown(pages.browser, pages.url, 'tantou')
}, 240_000)
afterAll(() => pages?.close())

it('the question before 登録する says the day of dispatch, the number of letters and what stays', async () => {
  const { page } = clerk
  await page.goto(`/tasks/${taskId}`)
  await page.getByRole('heading', { name: '督促発送情報登録' }).first().waitFor()
  await clerk.press('c')
  await page.getByRole('button', { name: '手放す' }).waitFor()
  await page.getByLabel('発送した通数').fill('2')
  await page.getByLabel('発送の方法').selectOption('1')
  await page.getByRole('button', { name: '発送しなかった通知を足す' }).click()
  await page.getByLabel('通知の発行番号').focus()
  await clerk.press('1', 'Backspace', '3') // the first letter is nobody's business
  await page.getByText(/印刷番号 3 /).waitFor()
  await changeBehind(page)
  const looks = await pages.api.office.db.rows(
    `select id from audit_events where kind = 'read' and run_id = $1 and payload like '%処理の通知%'`,
    [runId],
  )
  expect(looks.length).toBe(1)
  await page.getByLabel('理由').selectOption('P08')
  await page.getByRole('button', { name: '登録する…' }).click()
  const asked = page.getByRole('dialog', { name: '登録する' })
  await asked.waitFor()
  const said = await asked.locator('dl > *').allTextContents()
  expect(said).toEqual([
    '発送した日',
    '令和8年8月20日(木)',
    '発送した通数',
    '2通',
    '発送の方法',
    '普通郵便',
    '発送しなかった通知',
    '1件印字不良 R8-52-0001-000003 00000003 見本 3郎',
  ])
  await clerk.picture('dispatch-asked')
  expect(await clerk.violations()).toEqual([])
  await asked.getByRole('button', { name: '登録する' }).click()
  await asked.waitFor({ state: 'detached' })
})

it('結果 of the run: of the letters that were made, how many were pulled, to the end', async () => {
  const { page } = clerk
  await page.goto(`/runs/${runId}`)
  const results = page.getByRole('tabpanel', { name: '結果' })
  const of = (word: string) => results.getByRole('row').filter({ hasText: word })
  await of('作った通知').getByText('3通').waitFor()
  expect(await of('うち引抜き').textContent()).toBe('うち引抜き1通')
  expect(await of('発送を認めた').textContent()).toBe('発送を認めた2通')
  await clerk.picture('dispatch-results')
  expect(clerk.complaints).toEqual([])
})
