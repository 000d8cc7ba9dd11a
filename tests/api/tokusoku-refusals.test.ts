import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestApi, type Login, type TestApi } from '#tests/support/api.ts'
import { registerNoticeSettings } from '#tests/support/notice-settings.ts'
import { instalment, receipt } from '#tests/support/office-facts.ts'
import { stepBench, type StepBench } from '#tests/support/step-bench.ts'
import { acceptPeople, acceptRows, BASE_RUN, keyOf, STEP } from '#tests/support/tokusoku-office.ts'
import { tokusoku } from '#workers/5-2-tokusoku/index.ts'

/** 「F52-06「要確認が{n}件…」」 of sheet 5.2 §4, Refusals. */
const SHEET = readFileSync(join(import.meta.dirname, '../../src/docs/domain/sheet-5-2-tokusoku.md'), 'utf8')
const MESSAGES = new Map([...SHEET.matchAll(/(F52-\d\d)「([^」]+)」/g)].map(([, code = '', text = '']) => [code, text]))

interface Problem {
  readonly code: string
  readonly detail: string
  readonly next: string
}
interface Sheet {
  readonly rows: readonly { readonly rowNo: number; readonly insuredNo: string }[]
  readonly hash: string
  readonly count: number
}

let api: TestApi
let bench: StepBench
let runId = ''
const tried = new Set<string>()

async function ask<T>(login: Login, method: 'GET' | 'POST', url: string, body?: unknown) {
  const reply = await api.call(login, method, url, body)
  return { status: reply.statusCode, body: reply.json<T>() }
}
/** The answer refuses with this code, and its words with 次にすること are those of the sheet. */
function expectRefusal(
  answer: { readonly status: number; readonly body: unknown },
  code: string,
  values: Readonly<Record<string, string>> = {},
): void {
  const { code: got, detail, next } = answer.body as Problem
  expect(got).toBe(code)
  expect([403, 409, 422]).toContain(answer.status)
  let words = MESSAGES.get(code) ?? 'not in the sheet'
  for (const [name, value] of Object.entries(values)) words = words.replace(`{${name}}`, value)
  expect(`${detail}${next}`.startsWith(words), `${detail}${next} ≠ ${words}`).toBe(true)
  tried.add(code)
}
const start = (params: object) =>
  ask<{ runId: string }>('tantou', 'POST', '/api/runs', { flow: '5-2-tokusoku', params })
const sheetOf = async (taskId: string): Promise<Sheet> =>
  (await ask<Sheet>('tantou', 'GET', `/api/tasks/${taskId}/worksheet?limit=100`)).body
const seen = async (taskId: string) => {
  const { hash, count } = await sheetOf(taskId)
  return { hash, count }
}
const open = async (no: keyof typeof STEP, login: Login = 'tantou'): Promise<string> => {
  const taskId = await bench.open(runId, STEP[no])
  expect((await ask(login, 'POST', `/api/tasks/${taskId}/claim`)).status).toBe(200)
  return taskId
}
const mark = async (taskId: string, login: Login, n: number, body: object) => {
  const { rows } = await sheetOf(taskId)
  const row = rows.find(({ insuredNo }) => Number(insuredNo) === n)
  return ask(login, 'POST', `/api/tasks/${taskId}/marks`, { rows: [row?.rowNo ?? 0], ...body })
}
const act = async (taskId: string, login: Login, name: 'complete' | 'propose' | 'release', form: object) =>
  ask(login, 'POST', `/api/tasks/${taskId}/${name}`, { decision: 'ok', ...(await seen(taskId)), ...form })
const load = (kind: string, rows: Parameters<typeof acceptRows>[2]) => acceptRows(api.office, kind, rows)

beforeAll(async () => {
  api = await openTestApi()
  bench = await stepBench(api.office, [tokusoku])
  await registerNoticeSettings(api.office)
  await acceptPeople(api.office, [1, 2, 3, 4, 5])
  // 2 was dunned before · 3 under 猶予 · 4 has an unmatched 過誤納 as large as what is owed
  await load('tokusoku', [{ ...keyOf(2), 発送日: '2026-08-03', 指定期限: '2026-08-13' }])
  await load('yuyo', [{ ...keyOf(3), 猶予開始日: '2026-07-01', 猶予終了日: '2026-12-31', 決定番号: 'Y1' }])
  await load('kiwari', [instalment(4, { ...keyOf(4), 期別: '02', 納期限: '2026-08-31' })])
  await load('shuno', [
    receipt({ ...keyOf(4), 期別: '02', 収納額: 24_600, 領収日: '2026-08-03', 収納日: '2026-08-04' }),
  ])
})
afterAll(() => api.close())

/** Each refusal of the sheet's flow by the API, with the sheet's own words. */
describe('F52-01 … F52-15 by the API', () => {
  it('01–04: the start, nothing is begun', async () => {
    expectRefusal(await start({ ...BASE_RUN, dueOn: '2026-07-30' }), 'F52-01')
    expectRefusal(await start({ ...BASE_RUN, asOf: '2026-07-31' }), 'F52-02')
    expectRefusal(await start({ ...BASE_RUN, issueOn: '2026-08-22' }), 'F52-03')
    expectRefusal(await start({ ...BASE_RUN, issueOn: '2026-08-21' }), 'F52-04')
    expect(await api.office.db.rows(`select id from runs`)).toEqual([])
  })

  it('05, 15, 06: 002', async () => {
    runId = (await start(BASE_RUN)).body.runId
    await bench.run(runId, STEP['001'])
    const taskId = await open('002')
    expectRefusal(await mark(taskId, 'tantou', 2, { action: 'include' }), 'F52-05')
    expectRefusal(await mark(taskId, 'tantou', 3, { action: 'include' }), 'F52-15', { reason: 'A01' })
    expectRefusal(await act(taskId, 'tantou', 'complete', {}), 'F52-06', { n: '1' })
    expect((await mark(taskId, 'tantou', 4, { action: 'include' })).status).toBe(200)
    expect((await ask('tantou', 'POST', `/api/tasks/${taskId}/unclaim`)).status).toBe(200)
    expect((await ask('kakaricho', 'POST', `/api/tasks/${taskId}/claim`)).status).toBe(200)
    expect((await act(taskId, 'kakaricho', 'complete', {})).status).toBe(200)
  })

  it('08, 09, 07, 10: 004', async () => {
    await bench.run(runId, STEP['003'])
    const taskId = await open('004')
    await load('shuno', [receipt({ ...keyOf(5), 収納額: 300, 領収日: '2026-08-13' })])
    expectRefusal(await act(taskId, 'tantou', 'propose', {}), 'F52-09')
    expect((await ask('tantou', 'POST', `/api/tasks/${taskId}/refresh`)).status).toBe(200)
    expectRefusal(await act(taskId, 'tantou', 'propose', {}), 'F52-08', { n: '1' })
    expect((await mark(taskId, 'tantou', 5, { action: 'pull', reason: 'P02' })).status).toBe(200)
    expect((await act(taskId, 'tantou', 'propose', {})).status).toBe(200)
    // kakaricho completed 002
    expectRefusal(await act(taskId, 'kakaricho', 'release', {}), 'F52-07')
    expect(
      await api.office.db.one(
        `select count(*)::int as n from audit_events where kind = 'refused' and task_id = $1 and payload like '%F52-07%'`,
        [taskId],
      ),
    ).toEqual({ n: 1 })
    api.office.clock.set('2026-08-21T00:00:00.000Z')
    expectRefusal(await act(taskId, 'kakaricho2', 'release', {}), 'F52-10')
    api.office.clock.set('2026-08-14T00:00:00.000Z')
    expect((await act(taskId, 'kakaricho2', 'release', {})).status).toBe(200)
  })

  it('12: 中止 after the release', async () => {
    expectRefusal(await ask('kakaricho', 'POST', `/api/runs/${runId}/cancel`, { reason: '取り消したい' }), 'F52-12')
  })

  it('11, 13, 14: 007; a second post of the same form is the stored answer', async () => {
    await bench.run(runId, STEP.E2)
    await bench.run(runId, STEP['005'])
    const at006 = await open('006')
    expect((await act(at006, 'tantou', 'complete', { sentOn: '2026-08-14', sentBy: '1' })).status).toBe(200)
    api.office.clock.set('2026-08-24T00:00:00.000Z')
    const taskId = await open('007')
    const form = (issuedOn: string, dispatchedCount: number) => ({
      decision: 'ok',
      hash: null,
      count: null,
      issuedOn,
      dispatchedCount,
      method: '1',
    })
    const send = (issuedOn: string, count: number) =>
      ask('tantou', 'POST', `/api/tasks/${taskId}/complete`, form(issuedOn, count))
    expectRefusal(await send('2026-08-20', 3), 'F52-11')
    expectRefusal(await send('2026-08-19', 2), 'F52-13')
    expectRefusal(await send('2026-08-24', 2), 'F52-14')
    expect(await api.office.db.rows(`select id from tokusoku_history where run_id = $1`, [runId])).toEqual([])
    const first = await send('2026-08-20', 2)
    expect(first.status).toBe(200)
    expect(await send('2026-08-20', 2)).toEqual(first)
    expect(await api.office.db.rows(`select id from tokusoku_history where run_id = $1`, [runId])).toHaveLength(2)
  })

  it('each of the fifteen was tried', () => {
    expect([...tried].toSorted()).toEqual([...MESSAGES.keys()].filter((code) => code <= 'F52-15').toSorted())
    expect(tried.size).toBe(15)
  })
})
