import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestApi, type Login, type TestApi } from '#tests/support/api.ts'
import { registerNoticeSettings } from '#tests/support/notice-settings.ts'
import { stepBench, type StepBench } from '#tests/support/step-bench.ts'
import { acceptPeople, BASE_RUN, STEP } from '#tests/support/tokusoku-office.ts'
import { tokusoku } from '#workers/5-2-tokusoku/index.ts'

// An auditor who had only the number of a person could not learn why there was no 督促状: 被保険者照会 told of open work only, a
// finished run had no way to its lists, and the record of 「1件を除外した」 was not found by the person's number.
let api: TestApi
let runId: string
let bench: StepBench

const read = async (path: string) => {
  const reply = await api.call('kansa', 'GET', path)
  expect(reply.statusCode, reply.body).toBe(200)
  return reply.json<Record<string, never>>()
}
const act = async (login: Login, path: string, body?: object): Promise<void> => {
  const reply = await api.call(login, 'POST', path, body)
  expect(reply.statusCode, reply.body).toBe(200)
}
const sheet = async (taskId: string) =>
  (await api.call('tantou', 'GET', `/api/tasks/${taskId}/worksheet?limit=50`)).json<{
    hash: string
    count: number
    version: number
    rows: readonly { rowNo: number; insuredNo: string }[]
  }>()
const rowOf = async (taskId: string, no: number) =>
  (await sheet(taskId)).rows.find(({ insuredNo }) => Number(insuredNo) === no)?.rowNo ?? 0
const idOf = async (no: number): Promise<string> =>
  `${(await api.office.db.one<{ id: bigint }>(`select id from insured where insured_no::int = $1`, [no])).id}`

beforeAll(async () => {
  api = await openTestApi()
  const { office } = api
  await registerNoticeSettings(office)
  const people = [1, 2, 3]
  // given: 1 gets a letter, 2 is taken out by a clerk, 3 owes too little
  await acceptPeople(office, people, {
    instalment: (n) => ({ 通知書番号: `260000000${n}`, ...(n === 3 ? { 調定額: 999 } : {}) }),
  })
  bench = await stepBench(office, [tokusoku])
  const started = await api.call('tantou', 'POST', '/api/runs', { flow: '5-2-tokusoku', params: BASE_RUN })
  runId = started.json<{ runId: string }>().runId
  await bench.run(runId, STEP['001'])
  const at002 = await bench.open(runId, STEP['002'])
  await act('tantou', `/api/tasks/${at002}/claim`)
  const { version } = await sheet(at002)
  await act('tantou', `/api/tasks/${at002}/marks`, {
    rows: [await rowOf(at002, 2)],
    version,
    action: 'exclude',
    reason: 'T13',
    followUpOn: '2026-09-01',
  })
  const seen = async (taskId: string) => {
    const { hash, count } = await sheet(taskId)
    return { decision: 'ok', hash, count }
  }
  await act('tantou', `/api/tasks/${at002}/complete`, await seen(at002))
  await bench.run(runId, STEP['003'])
  const at004 = await bench.open(runId, STEP['004'])
  await act('tantou', `/api/tasks/${at004}/claim`)
  await act('tantou', `/api/tasks/${at004}/propose`, await seen(at004))
  await act('kakaricho', `/api/tasks/${at004}/release`, await seen(at004))
  await bench.run(runId, STEP.E2)
})
afterAll(() => api.close())

const told = async (no: number) => {
  const { judgements } = (await read(`/api/insured/${await idOf(no)}`)) as unknown as {
    judgements: readonly { step: string; verdict: string; reason: string | null; by: string | null }[]
  }
  return judgements.map(({ step, verdict, reason, by }) => [step, verdict, reason, by])
}

it('被保険者照会 says of every run what its lists made of the person, why, and who', async () => {
  expect(await told(1)).toEqual([
    ['002', '対象', null, null],
    ['004', '対象', null, null],
  ])
  expect(await told(2)).toEqual([['002', '除外', '居所調査中', '三枝 みのり']])
  expect(await told(3)).toEqual([['002', '除外', '少額', null]])
})

it('a letter names its 発行番号 and its place in the print file', async () => {
  const { notices } = (await read(`/api/insured/${await idOf(1)}`)) as unknown as { notices: readonly object[] }
  expect(notices).toEqual([
    expect.objectContaining({ runId, noticeNo: 'R8-52-0001-000001', printFile: { number: 1, position: 1 } }),
  ])
})

it('the page of a run leads to the lists that were confirmed', async () => {
  const { steps } = (await read(`/api/runs/${runId}`)) as unknown as {
    steps: readonly { step: string; taskId: string | null }[]
  }
  const at002 = steps.find(({ step }) => step === '002')?.taskId ?? ''
  const { rows } = (await read(`/api/tasks/${at002}/worksheet?limit=50`)) as unknown as { rows: readonly object[] }
  expect(rows).toHaveLength(3)
  expect(steps.find(({ step }) => step === '003')?.taskId).toBeNull()
})

it('the journal is searched for what was decided of a person', async () => {
  const found = await api.call('kansa', 'POST', '/api/audit/search', { subject: '00000002', limit: 50 })
  const texts = found.json<{ items: readonly { summary: string }[] }>().items.map(({ summary }) => summary)
  expect(texts).toContainEqual(expect.stringContaining('1件を除外した'))
})

it('a letter that 007 kept back is 引抜き in the row of 004, and no longer 発送', async () => {
  const { id } = await api.office.db.one<{ id: string }>(`select id::text from notices where state = 'released'`)
  api.office.clock.set('2026-08-20T01:00:00.000Z')
  const at007 = await bench.open(runId, STEP['007'])
  await act('tantou', `/api/tasks/${at007}/claim`)
  await act('tantou', `/api/tasks/${at007}/complete`, {
    decision: 'ok',
    hash: null,
    count: null,
    issuedOn: '2026-08-20',
    dispatchedCount: 0,
    method: '1',
    undispatched: [{ noticeId: id, reason: 'P08' }],
  })
  expect(await told(1)).toEqual([
    ['002', '対象', null, null],
    ['004', '除外', '印字不良', null],
  ])
})
