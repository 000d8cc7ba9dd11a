import { afterAll, beforeAll, expect, it } from 'vitest'
import { tokusoku } from '#workers/5-2-tokusoku/index.ts'
import { registerNoticeSettings } from '#tests/support/notice-settings.ts'
import { instalment, insured, loadRows, person } from '#tests/support/office-facts.ts'
import { stepBench } from '#tests/support/step-bench.ts'
import { BASE_RUN, keyOf, STEP } from '#tests/support/tokusoku-office.ts'
import { sitDown, type Desk } from './support/desk.ts'
import { openPages, type Pages } from './support/pages.ts'

// 007 on the screen, three letters, one of which stays. Money (手数料), 時効 and the day of seizure hang on the day and the number.
let pages: Pages
let clerk: Desk
let runId: string
let taskId: string

const post = async (login: 'tantou' | 'kakaricho2', path: string, body?: object): Promise<void> => {
  const reply = await pages.api.call(login, 'POST', path, body)
  expect([path, reply.statusCode]).toEqual([path, 200])
}
const seen = async (id: string): Promise<object> => {
  const reply = await pages.api.call('tantou', 'GET', `/api/tasks/${id}/worksheet`)
  const { hash, count } = reply.json<{ hash: string; count: number }>()
  return { decision: 'ok', hash, count }
}

beforeAll(async () => {
  pages = await openPages()
  const { office } = pages.api
  const bench = await stepBench(office, [tokusoku])
  await registerNoticeSettings(office)
  const people = [1, 2, 3]
  for (const [kind, rows] of [
    ['atena', people.map((n) => person(n))],
    ['hihokensha', people.map((n) => insured(n))],
    ['kiwari', people.map((n) => instalment(n, keyOf(n)))],
  ] as const)
    expect(await loadRows(office, kind, rows)).toMatchObject({ status: 'accepted', errors: [] })
  runId = (await bench.start(await pages.api.user('tantou'), BASE_RUN)).runId
  await bench.run(runId, STEP['001'])
  const at002 = await bench.open(runId, STEP['002'])
  await post('tantou', `/api/tasks/${at002}/claim`)
  await post('tantou', `/api/tasks/${at002}/complete`, await seen(at002))
  await bench.run(runId, STEP['003'])
  const at004 = await bench.open(runId, STEP['004'])
  await post('tantou', `/api/tasks/${at004}/claim`)
  await post('tantou', `/api/tasks/${at004}/propose`, await seen(at004))
  await post('kakaricho2', `/api/tasks/${at004}/release`, await seen(at004))
  await bench.run(runId, STEP.E2)
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
  await page.getByLabel('通知の発行番号').fill('3')
  await page.getByText(/印刷番号 3 /).waitFor()
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
    '1件(印字不良)',
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
