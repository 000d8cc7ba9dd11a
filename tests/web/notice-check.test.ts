import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadProfiles } from '#intake/profiles.ts'
import { act, okOn } from '#tests/support/by-api.ts'
import { csv } from '#tests/support/intake.ts'
import { person, receipt } from '#tests/support/office-facts.ts'
import { stepBench, type StepBench } from '#tests/support/step-bench.ts'
import { BASE_RUN, STEP } from '#tests/support/tokusoku-office.ts'
import { tokusoku } from '#workers/5-2-tokusoku/index.ts'
import { fillOffice, officeOf } from './support/delinquent-office.ts'
import { sitDown, type Desk } from './support/desk.ts'
import { openPages, type Pages } from './support/pages.ts'

// Source: sheet 5.2 §4 (004, 006). The pages, the API in this process, PostgreSQL, no engine. The day is 2026-08-14.

let pages: Pages
let clerk: Desk
let bench: StepBench
let runId: string
const PAID = 21
const NO_ADDRESS = 28

/** The list as it stands on the screen, and the rows that nobody has decided. */
async function listOf(taskId: string) {
  const reply = await pages.api.call('tantou', 'GET', `/api/tasks/${taskId}/worksheet?limit=100`)
  return reply.json<{ rows: readonly { rowNo: number; verdict: string }[] }>()
}
async function opened(step: string): Promise<string> {
  const taskId = await bench.open(runId, step)
  await act(pages.api, 'tantou', `/api/tasks/${taskId}/claim`)
  return taskId
}

beforeAll(async () => {
  pages = await openPages()
  const { api } = pages
  await fillOffice(officeOf(api), 30)
  bench = await stepBench(api.office, [tokusoku])
  const run = await api.call('kakaricho', 'POST', '/api/runs', { flow: '5-2-tokusoku', params: BASE_RUN })
  runId = run.json<{ runId: string }>().runId
  await bench.run(runId, STEP['001'])
  const at002 = await opened(STEP['002'])
  const asked = (await listOf(at002)).rows.filter(({ verdict }) => verdict === '要確認').map(({ rowNo }) => rowNo)
  const marks = { rows: asked, action: 'exclude', reason: 'T12', followUpOn: '2026-09-01' }
  await act(pages.api, 'tantou', `/api/tasks/${at002}/marks`, marks)
  await act(pages.api, 'tantou', `/api/tasks/${at002}/complete`, await okOn(pages.api, at002))
  await pages.api.office.load('atena', csv(loadProfiles(), 'atena', [person(NO_ADDRESS, { 住所: '' })]))
  await bench.run(runId, STEP['003'])
  clerk = await sitDown(pages.browser, pages.url, 'tantou')
}, 240_000)
afterAll(() => pages?.close())

describe('確認の一覧 by keyboard', () => {
  it('004 compares what was printed with what is owed, and E on a letter asks the reason by its number', async () => {
    const paid = receipt({ 通知書番号: `26${String(PAID).padStart(8, '0')}`, 領収日: '2026-08-13' })
    await pages.api.office.load('shuno', csv(loadProfiles(), 'shuno', [paid]))
    const at004 = await opened(STEP['004'])
    const { page } = clerk
    await page.goto(`/tasks/${at004}`)
    await page.getByText(/表示中 [1-9]\d*通の合計/).waitFor()
    await page.getByText('収納の取込').waitFor()
    await page.locator('[role=grid]').focus()
    const paidAt = (await listOf(at004)).rows.findIndex(({ verdict }) => verdict === '要確認')
    await clerk.press('Home', ...Array.from({ length: paidAt }, () => 'ArrowDown'))
    await page
      .locator('.cmp.differs')
      .getByText(/^[-−]12,300円$/)
      .waitFor()
    await clerk.press('End')
    await page.locator('.cmp:not(.differs)').getByText('0円', { exact: true }).waitFor()
    await clerk.press('e', '2')
    const dialog = page.getByRole('dialog', { name: '選んだ1通を引き抜く' })
    await dialog.waitFor()
    expect(await dialog.getByLabel('その他').isChecked()).toBe(true)
    await clerk.picture('check-004-reason')
    expect(await clerk.violations()).toEqual([])
    await clerk.press('Escape')
    // nothing is printed of 発行不能: no printed amount, and none in the sum
    const none = page.locator('[role=row]', { hasText: String(NO_ADDRESS).padStart(8, '0') })
    await none.click()
    await page.getByText('この行に紙面はありません').waitFor()
    expect(await page.locator('.cmp').textContent()).toBe('今の未納額12,300円')
    expect((await none.locator('[role=gridcell]').allTextContents()).filter((text) => text === '12,300')).toHaveLength(
      1,
    )
    await clerk.picture('check-004-no-paper')
    // a colleague who has it open too does not make the head a line higher
    const height = () => page.locator('.taskhead').evaluate((head) => head.getBoundingClientRect().height)
    const alone = await height()
    const colleague = await sitDown(pages.browser, pages.url, 'kakaricho')
    await colleague.page.goto(`/tasks/${at004}`)
    await colleague.page.getByText('三枝 みのり も開いています').waitFor()
    await page.reload()
    await page.getByText('佐伯 修 も開いています').waitFor()
    expect(await height()).toBe(alone)
    await clerk.picture('check-004-colleague')
    await colleague.page.close()
    await page.locator('[role=grid]').focus()
    // a search leaves nothing chosen that is not seen, and says first of all that it narrows the list
    await clerk.press('Home', 'Space')
    await page.getByLabel('番号・氏名', { exact: true }).fill('00000030')
    await page.getByLabel('番号・氏名', { exact: true }).press('Enter')
    await page.getByText('表示中 1通の合計').waitFor()
    expect(await page.locator('.actionbar [role=status]').textContent()).toBe('0通を選択中')
    expect(await page.locator('.chips > :first-child').textContent()).toContain('番号・氏名で探した結果')
    await clerk.picture('check-004-searched')
    await act(pages.api, 'tantou', `/api/tasks/${at004}/proposals/accept`)
    await act(pages.api, 'tantou', `/api/tasks/${at004}/propose`, await okOn(pages.api, at004))
    await act(pages.api, 'kakaricho', `/api/tasks/${at004}/release`, await okOn(pages.api, at004))
  }, 120_000)

  it('006 asks no reason where none is to be chosen; the server says what cannot be', async () => {
    await bench.run(runId, STEP.E2)
    await bench.run(runId, STEP['005'])
    const at006 = await opened(STEP['006'])
    const { page } = clerk
    await page.goto(`/tasks/${at006}`)
    await page.getByText(/表示中 [1-9]\d*件の合計/).waitFor()
    await page.locator('[role=grid]').focus()
    await clerk.press('Home', 'e')
    expect(await page.locator('.drawer').getByText('理由', { exact: true }).count()).toBe(0)
    await clerk.picture('check-006')
    await page.getByRole('button', { name: '1件を非送付にする' }).click()
    await page.locator('.drawer').getByText('F52-45').waitFor()
  }, 120_000)
})
