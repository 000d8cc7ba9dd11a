import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tokusoku } from '#workers/5-2-tokusoku/index.ts'
import { completeList } from '#tests/support/by-api.ts'
import { stepBench } from '#tests/support/step-bench.ts'
import { acceptPeople, BASE_RUN, keyOf, STEP } from '#tests/support/tokusoku-office.ts'
import { guard } from '#tests/support/two-at-002.ts'
import { sitDown, type Desk } from './support/desk.ts'
import { openPages, type Pages } from './support/pages.ts'

// Source: sheet 5.2, 002. Three were reminded for 6/30; for 7/31 four are to be, and a fifth is under 抑止.
let pages: Pages
let lead: Desk
let taskId: string
const [BEFORE, NOW, PROTECTED] = [[1, 2, 3], [4, 5, 6, 7, 8], 8] as const
const MOVED = 6
const FAR = '前の納期限の処理と対象件数が大きく違うことを確かめた'

const row = (n: number) => lead.page.locator('[role=row]', { hasText: String(n).padStart(8, '0') })
const question = () => lead.page.getByRole('dialog', { name: /確認済みにする/ })

beforeAll(async () => {
  pages = await openPages()
  const bench = await stepBench(pages.api.office, [tokusoku])
  await acceptPeople(pages.api.office, BEFORE, { instalment: (n) => keyOf(n, { 納期限: '2026-06-30' }) })
  await acceptPeople(pages.api.office, NOW, { person: (n) => (n === MOVED ? { 転出日: '2026-08-01' } : {}) })
  await guard(pages.api, PROTECTED, '2026-04-01')
  const tantou = await pages.api.user('tantou')
  const alone = { ...BASE_RUN, includeCarriedOver: false }
  const former = { ...alone, dueOn: '2026-06-30', lateReason: '処理の遅れのため' }
  const { runId: formerId } = await bench.start(tantou, former)
  await bench.run(formerId, STEP['001'])
  await completeList(pages.api, await bench.open(formerId, STEP['002']))
  const { runId } = await bench.start(tantou, alone)
  await bench.run(runId, STEP['001'])
  taskId = await bench.open(runId, STEP['002'])
  lead = await sitDown(pages.browser, pages.url, 'kakaricho')
  await lead.page.goto(`/tasks/${taskId}`)
  await lead.page.getByText('表示中 5件の合計').waitFor()
  await lead.press('c')
  await lead.page.getByRole('button', { name: '手放す' }).waitFor()
}, 240_000)
afterAll(() => pages?.close())

describe('002 on the screen', () => {
  it('given a person under 抑止, when a 係長 takes the row back, then the screen says 個別送付 before it is done', async () => {
    const { page } = lead
    await row(PROTECTED).click()
    await page.getByRole('tab', { name: '明細' }).click()
    await page.getByText(/係長が対象に戻すと.*個別送付/).waitFor()
    await page.getByText('(調定 令和8年度)').waitFor()
    const sums = page.getByLabel('処理全体の合計')
    await expect
      .poll(async () => (await sums.textContent())?.replaceAll(/\s/g, ''))
      .toMatch(/^把握した滞納5件5人61,500円除外1件12,300円督促の対象4件4人49,200円/)
    await lead.picture('confirm-01-protected-row')
    await page.locator('[role=grid]').focus()
    await lead.press('i')
    const asked = page.getByRole('alertdialog', { name: '1件を対象に戻す' })
    await asked.getByText('選んだ行に支援措置の対象者が1件あります。').waitFor()
    expect(await asked.getByText(/個別送付/).count()).toBe(1)
    await lead.picture('confirm-02-individually')
    expect(await lead.violations()).toEqual([])
    await lead.press('Escape')
    await asked.waitFor({ state: 'detached' })
    await expect.poll(() => row(PROTECTED).textContent()).toContain('除外')

    await lead.press('i')
    await asked.getByRole('button', { name: '1件を対象に戻す' }).click()
    await asked.waitFor({ state: 'detached' })
    await expect.poll(() => row(PROTECTED).textContent()).not.toContain('除外')
  })

  it('given somebody else, when the row is taken back, then nothing is asked', async () => {
    const { page } = lead
    await row(4).click()
    await lead.press('i')
    await expect
      .poll(() => page.getByRole('button', { name: '対象に戻す' }).getAttribute('aria-disabled'))
      .not.toBe('true')
    expect(await page.getByRole('alertdialog').count()).toBe(0)
  })

  it('given a 注意 of most rows and one of a single row, then the rare one comes first', async () => {
    expect(await row(MOVED).textContent()).toMatch(/転出しています・.*24か月以内に督促がありません/)
  })

  it('given far more than the run before, when 002 is confirmed, then one must say that one has seen it', async () => {
    await lead.press('Control+Enter')
    await question().getByLabel(FAR).waitFor()
    await lead.picture('confirm-03-far')
    await question()
      .getByRole('button', { name: /確認済みにする/ })
      .click()
    await question().getByText('まだ送っていません。').waitFor()
    const { state } = await pages.api.office.db.one<{ state: string }>(`select state from tasks where id = $1`, [
      taskId,
    ])
    expect(state).toBe('open')
    await lead.press('Escape')
    await question().waitFor({ state: 'detached' })
  })

  it('given as many as the run before, when 002 is confirmed, then nothing of the kind is asked', async () => {
    const { page } = lead
    for (const n of [PROTECTED, 7]) {
      await row(n).click()
      await lead.press('e')
      await page.getByLabel('少額').check()
      await page.getByRole('button', { name: '1件を除外する' }).click()
      await expect.poll(() => row(n).textContent()).toContain('除外')
      // the next rows are taken out for reasons of their own
      await expect.poll(() => page.getByLabel('少額').isChecked()).toBe(false)
      expect(await page.getByRole('button', { name: '1件を除外する' }).getAttribute('aria-disabled')).toBe('true')
    }
    await expect.poll(() => page.getByText('大きく違います').count()).toBe(0)
    await page.locator('[role=grid]').focus()
    await lead.press('Control+Enter')
    await question().getByText('コメント').first().waitFor()
    await lead.picture('confirm-04-as-before')
    expect(await question().getByText('大きく違う').count()).toBe(0)
    await question()
      .getByRole('button', { name: /確認済みにする/ })
      .click()
    await question().waitFor({ state: 'detached' })
    await expect
      .poll(
        async () =>
          (await pages.api.office.db.one<{ state: string }>(`select state from tasks where id = $1`, [taskId])).state,
      )
      .not.toBe('open')
    expect(lead.complaints).toEqual([])
  })
})
