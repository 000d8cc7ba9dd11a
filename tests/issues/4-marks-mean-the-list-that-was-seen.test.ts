import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestApi, type TestApi } from '#tests/support/api.ts'
import { attach } from '#tests/support/attach.ts'
import { PDF } from '#tests/support/files.ts'
import { stepBench, type StepBench } from '#tests/support/step-bench.ts'
import { BASE_RUN, STEP } from '#tests/support/tokusoku-office.ts'
import { tokusoku } from '#workers/5-2-tokusoku/index.ts'
import { fillOffice, officeOf } from '../web/support/delinquent-office.ts'

/** A list that is made anew (最新の収納を反映, 個別作成) numbers its rows again: row 3 may be somebody else's letter then. */
let api: TestApi
let bench: StepBench
let at004: string

const RECEIPT = { name: '領収書.pdf', bytes: PDF }
type Login = 'tantou' | 'kakaricho'
interface Page {
  readonly version: number
  readonly hash: string
  readonly count: number
  readonly rows: readonly { readonly rowNo: number; readonly insuredNo: string; readonly verdict: string }[]
}
const page = async (taskId: string): Promise<Page> =>
  (await api.call('tantou', 'GET', `/api/tasks/${taskId}/worksheet?limit=100`)).json<Page>()
const post = (path: string, body?: object, login: Login = 'tantou') => api.call(login, 'POST', path, body)
async function opened(runId: string, step: string): Promise<string> {
  const taskId = await bench.open(runId, step)
  expect((await post(`/api/tasks/${taskId}/claim`)).statusCode).toBe(200)
  return taskId
}

beforeAll(async () => {
  api = await openTestApi('2026-08-14T00:00:00.000Z')
  await fillOffice(officeOf(api), 30)
  bench = await stepBench(api.office, [tokusoku])
  const { runId } = (await post('/api/runs', { flow: '5-2-tokusoku', params: BASE_RUN })).json<{ runId: string }>()
  await bench.run(runId, STEP['001'])
  const at002 = await opened(runId, STEP['002'])
  const asked = (await page(at002)).rows.filter(({ verdict }) => verdict === '要確認').map(({ rowNo }) => rowNo)
  const mark = { rows: asked, action: 'exclude', reason: 'T12', followUpOn: '2026-09-01' }
  expect((await post(`/api/tasks/${at002}/marks`, mark)).statusCode).toBe(200)
  const { hash, count } = await page(at002)
  expect((await post(`/api/tasks/${at002}/complete`, { decision: 'ok', hash, count })).statusCode).toBe(200)
  await bench.run(runId, STEP['003'])
  at004 = await opened(runId, STEP['004'])
}, 120_000)
afterAll(() => api.close())

test('given rows of a list that was made anew since, when they are marked, then nothing is done and the page is told', async () => {
  const before = await page(at004)
  const pull = (version?: number) =>
    post(`/api/tasks/${at004}/marks`, { rows: [1], action: 'pull', reason: 'P08', note: '印字不良のため', version })
  expect((await pull(before.version)).statusCode).toBe(200)
  expect((await post(`/api/tasks/${at004}/refresh`)).statusCode).toBe(200)
  const anew = await page(at004)
  expect(anew.version).toBe(before.version + 1)
  const [row] = anew.rows

  const late = await pull(before.version)
  expect([late.statusCode, late.json<{ code: string }>().code]).toEqual([409, 'TASK-005'])
  const paper = await attach(api, 'tantou', at004, { ...RECEIPT, row: { rowNo: 1, version: before.version } })
  expect([paper.statusCode, paper.json<{ code: string }>().code]).toEqual([409, 'TASK-005'])
  const alone = await post(`/api/tasks/${at004}/letters`, { rows: [1], version: before.version })
  expect([alone.statusCode, alone.json<{ code: string }>().code]).toEqual([409, 'TASK-005'])
  expect(await page(at004)).toEqual(anew)
  expect(row?.verdict).toBe('除外') // carried over: the letter was pulled before the list was made anew

  // when the rows are those of the list as it is, they are marked
  const again = await post(`/api/tasks/${at004}/marks`, {
    rows: [2],
    action: 'pull',
    reason: 'P08',
    note: '印字不良のため',
    version: anew.version,
  })
  expect(again.statusCode).toBe(200)
  const kept = await attach(api, 'tantou', at004, { ...RECEIPT, row: { rowNo: 2, version: anew.version } })
  expect([kept.statusCode, kept.json<{ person: object }>().person]).toEqual([
    201,
    expect.objectContaining({ insuredNo: anew.rows.find(({ rowNo }) => rowNo === 2)?.insuredNo }),
  ])
})
