import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestApi, type TestApi } from '#tests/support/api.ts'
import { registerNoticeSettings } from '#tests/support/notice-settings.ts'
import { instalment, insured, loadRows, person } from '#tests/support/office-facts.ts'
import { stepBench, type StepBench } from '#tests/support/step-bench.ts'
import { BASE_RUN, keyOf, STEP } from '#tests/support/tokusoku-office.ts'
import { tokusoku } from '#workers/5-2-tokusoku/index.ts'

let api: TestApi
let bench: StepBench

beforeAll(async () => {
  api = await openTestApi()
  bench = await stepBench(api.office, [tokusoku])
  await registerNoticeSettings(api.office)
  await loadRows(api.office, 'atena', [person(1), person(2, { 郵便番号: '' })])
  await loadRows(api.office, 'hihokensha', [insured(1), insured(2)])
  await loadRows(api.office, 'kiwari', [instalment(1, keyOf(1)), instalment(2, keyOf(2))])
})
afterAll(() => api.close())

it('個別作成 by the API: refused while the cause is there, then one letter waits to be decided', async () => {
  const ask = async (method: 'GET' | 'POST', url: string, body?: unknown) => {
    const reply = await api.call('tantou', method, url, body)
    return { status: reply.statusCode, body: reply.json<Record<string, unknown>>() }
  }
  const { body: run } = await ask('POST', '/api/runs', { flow: '5-2-tokusoku', params: BASE_RUN })
  const runId = String(run['runId'])
  const open = async (no: keyof typeof STEP): Promise<string> => {
    const url = `/api/tasks/${await bench.open(runId, STEP[no])}`
    expect((await ask('POST', `${url}/claim`)).status).toBe(200)
    return url
  }
  await bench.run(runId, STEP['001'])
  const at002 = await open('002')
  const { hash, count } = (await ask('GET', `${at002}/worksheet`)).body
  expect((await ask('POST', `${at002}/complete`, { decision: 'ok', hash, count })).status).toBe(200)
  await bench.run(runId, STEP['003'])
  const at004 = await open('004')
  // the letter is row 1, 発行不能 row 2
  expect(await ask('POST', `${at004}/letters`, { rows: [2] })).toMatchObject({
    status: 409,
    body: { code: 'F52-41', detail: '発行不能の理由がまだ残っています(U02 郵便番号不備)。' },
  })
  expect(await ask('POST', `${at004}/letters`, { rows: [1] })).toMatchObject({ status: 422, body: { code: 'F52-40' } })
  await loadRows(api.office, 'atena', [person(2)])
  const made = await ask('POST', `${at004}/letters`, { rows: [2] })
  expect(made).toMatchObject({ status: 200, body: { made: 1, still: [], count: 2 } })
  const { rows, hash: now } = (await ask('GET', `${at004}/worksheet`)).body as { rows: object[]; hash: string }
  expect(now).toBe(made.body['hash'])
  expect(rows).toMatchObject([
    { insuredNo: '00000002', verdict: '要確認', reason: null, flags: ['個別作成'], proposal: null },
    { insuredNo: '00000001', verdict: '対象' },
  ])
})
