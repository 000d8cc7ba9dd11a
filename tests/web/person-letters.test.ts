import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadProfiles } from '#intake/profiles.ts'
import { okOn } from '#tests/support/by-api.ts'
import { csv } from '#tests/support/intake.ts'
import { instalment, receipt } from '#tests/support/office-facts.ts'
import { stepBench, type StepBench } from '#tests/support/step-bench.ts'
import { BASE_RUN, STEP } from '#tests/support/tokusoku-office.ts'
import { tokusoku } from '#workers/5-2-tokusoku/index.ts'
import { fillOffice, officeOf } from './support/delinquent-office.ts'
import { sitDown, type Desk } from './support/desk.ts'
import { openPages, type Pages } from './support/pages.ts'

// 督促状の単位 = 被保険者 on the screen of 004: a letter is pulled whole (P10), and what is still owed goes on one of its own.
// The pages, the API in this process, PostgreSQL, no engine. The day is 2026-08-14.

const PEOPLE = 30
/** They owe 第1期 and a 随時 of the same 納期限: two lines on one letter. 21 pays the first after 基準日. */
const TWO_LINES = [21, 22, 23] as const
const PAID = 21

let pages: Pages
let clerk: Desk
let bench: StepBench
let runId: string
let taskId: string

const act = async (login: 'tantou' | 'kakaricho' | 'kakaricho2', path: string, body?: object): Promise<object> => {
  const reply = await pages.api.call(login, 'POST', path, body)
  expect(reply.statusCode, reply.body).toBeLessThan(300)
  return reply.json<object>()
}
interface Row {
  readonly rowNo: number
  readonly insuredNo: string
  readonly verdict: string
  readonly cells: { readonly printNo: number | null }
}
const listOf = async (task: string) =>
  (await pages.api.call('tantou', 'GET', `/api/tasks/${task}/worksheet?limit=100`)).json<{
    hash: string
    count: number
    rows: readonly Row[]
  }>()
const no = (n: number): string => String(n).padStart(8, '0')
const letter = (n: number): string => `26${no(n)}`
const free = (name: string | RegExp) => clerk.page.locator('button:not([aria-disabled])', { hasText: name })
/** The rows of one person as the screen shows them: 判定 and 理由・注意. */
const shown = async (n: number): Promise<string[]> =>
  clerk.page
    .locator('[role=row]', { hasText: no(n) })
    .evaluateAll((rows) => rows.map((row) => (row.textContent ?? '').replaceAll(/\s+/g, ' ')))

beforeAll(async () => {
  pages = await openPages()
  const { api } = pages
  await fillOffice(officeOf(api), PEOPLE)
  const lines = TWO_LINES.map((n) => instalment(n, { 通知書番号: letter(n), 期別: '81', 調定額: 8_800 }))
  await api.office.load('kiwari', csv(loadProfiles(), 'kiwari', lines))
  const change = (await act('kakaricho', '/api/settings/options/5-2-tokusoku/noticeUnit', {
    value: 'person',
    validFrom: '2026-08-14',
    legalSource: '施行規則第5条',
    reason: '一人に一通で送るため',
  })) as { id: string }
  await act('kakaricho2', `/api/settings/option-changes/${change.id}/enforce`)
  bench = await stepBench(api.office, [tokusoku])
  runId = ((await act('kakaricho', '/api/runs', { flow: '5-2-tokusoku', params: BASE_RUN })) as { runId: string }).runId
  await bench.run(runId, STEP['001'])
  const at002 = await bench.open(runId, STEP['002'])
  await act('tantou', `/api/tasks/${at002}/claim`)
  const asked = (await listOf(at002)).rows.filter(({ verdict }) => verdict === '要確認').map(({ rowNo }) => rowNo)
  await act('tantou', `/api/tasks/${at002}/marks`, {
    rows: asked,
    action: 'exclude',
    reason: 'T12',
    followUpOn: '2026-09-01',
  })
  await act('tantou', `/api/tasks/${at002}/complete`, await okOn(pages.api, at002))
  await bench.run(runId, STEP['003'])
  taskId = await bench.open(runId, STEP['004'])
  clerk = await sitDown(pages.browser, pages.url, 'tantou')
}, 240_000)
afterAll(() => pages?.close())

describe('004 with several 期別 on one letter', () => {
  it('counts rows as 期別, letters beside them, and says what a row is', async () => {
    const { page } = clerk
    await page.goto(`/tasks/${taskId}`)
    await page.getByText(/表示中 [1-9]\d*件の合計/).waitFor()
    await page.getByText('一行が一つの期別です。', { exact: false }).waitFor()
    const { count, rows } = await listOf(taskId)
    const letters = new Set(rows.flatMap(({ cells }) => cells.printNo ?? [])).size
    expect(count - letters).toBe(TWO_LINES.length)
    expect((await page.locator('.sums').textContent())?.replaceAll(/\s+/g, '')).toContain(`作った督促状${letters}通`)
    expect(await shown(22)).toEqual([expect.stringContaining('R8 第1期'), expect.stringContaining('R8 随時')])
    await clerk.press('c')
    await free(`${count}件で一人目の確認をする`).waitFor()
    await clerk.picture('person-004')
  })

  it('given one line paid since, then 最新の収納を反映 proposes the whole letter and A takes it back', async () => {
    const paid = receipt({ 通知書番号: letter(PAID), 領収日: '2026-08-13' })
    await pages.api.office.load('shuno', csv(loadProfiles(), 'shuno', [paid]))
    await free('最新の収納を反映').click()
    const { page } = clerk
    await page.getByText('決めていない通知が2件あります。', { exact: false }).waitFor()
    expect(await shown(PAID)).toEqual([
      expect.stringMatching(/引抜きの提案.*完納/),
      expect.stringMatching(/引抜きの提案.*同じ督促状の他の期別の引抜き/),
    ])
    await free('2件の提案をすべて受ける').waitFor()
    await clerk.picture('person-004-proposed')
    await page.locator('[role=grid]').focus()
    await clerk.press('a')
    await page.getByText('決めていない通知が2件あります。', { exact: false }).waitFor({ state: 'detached' })
    expect((await shown(PAID)).every((text) => text.includes('引抜き'))).toBe(true)
  })

  it('the line that is still owed is made alone, waits for a decision, and leaves on a letter of its own', async () => {
    const { page } = clerk
    await page
      .locator('[role=row]', { hasText: '同じ督促状の他の期別の引抜き' })
      .filter({ hasText: no(PAID) })
      .click()
    await free('1件を個別作成').click()
    await page
      .locator('[role=row]', { hasText: '判断待ち' })
      .filter({ hasText: no(PAID) })
      .click()
    await clerk.picture('person-004-alone')
    await clerk.press('i')
    await page.locator('[role=row]', { hasText: '判断待ち' }).waitFor({ state: 'detached' })
    const of = (await listOf(taskId)).rows.filter(({ insuredNo }) => insuredNo === no(PAID))
    expect(of.map(({ verdict }) => verdict).toSorted()).toEqual(['対象', '除外'])
    expect(new Set(of.map(({ cells }) => cells.printNo)).size).toBe(2)
    await act('tantou', `/api/tasks/${taskId}/propose`, await okOn(pages.api, taskId))
    await act('kakaricho2', `/api/tasks/${taskId}/release`, await okOn(pages.api, taskId))
    expect(clerk.complaints).toEqual([])
  })
})
