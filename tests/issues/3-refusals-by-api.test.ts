import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tokusoku } from '#workers/5-2-tokusoku/index.ts'
import { openTestApi, type Login, type TestApi } from '#tests/support/api.ts'
import { registerNoticeSettings } from '#tests/support/notice-settings.ts'
import { instalment, insured, loadRows, person } from '#tests/support/office-facts.ts'
import { stepBench, type StepBench } from '#tests/support/step-bench.ts'

const S = (name: string): string => `5-2-tokusoku/${name}`
/** Base run of sheet 5.2 §8. */
const BASE = { dueOn: '2026-07-31', asOf: '2026-08-12', issueOn: '2026-08-20' }

let api: TestApi
let bench: StepBench

interface Problem {
  readonly code?: string
  readonly detail?: string
  readonly next?: string
}
const ask = async <T = Problem>(login: Login, method: 'GET' | 'POST', url: string, body?: unknown) => {
  const reply = await api.call(login, method, url, body)
  return { status: reply.statusCode, body: reply.json<T & Problem>() }
}
const start = (params: object) =>
  ask<{ runId: string }>('tantou', 'POST', '/api/runs', { flow: '5-2-tokusoku', params })

beforeAll(async () => {
  api = await openTestApi()
  bench = await stepBench(api.office, [tokusoku])
  await registerNoticeSettings(api.office)
  await loadRows(api.office, 'atena', [person(1)])
  await loadRows(api.office, 'hihokensha', [insured(1)])
  await loadRows(api.office, 'kiwari', [instalment(1, { 通知書番号: '2600123401' })])
})
afterAll(() => api.close())

describe('POST /api/runs refuses by sheet 5.2 §2, today 2026-08-14', () => {
  it.each([
    ['no instalment has this 納期限', { ...BASE, dueOn: '2026-07-30' }, 'F52-01'],
    ['基準日 = 納期限', { ...BASE, asOf: '2026-07-31' }, 'F52-02'],
    ['基準日 after 発送日', { ...BASE, asOf: '2026-08-21' }, 'F52-02'],
    ['発送日 on a Saturday', { ...BASE, issueOn: '2026-08-15' }, 'F52-03'],
    ['発送日 yesterday', { ...BASE, issueOn: '2026-08-13' }, 'F52-03'],
    ['past 納期限 + 20 without reason', { ...BASE, issueOn: '2026-08-21' }, 'F52-04'],
    ['past 納期限 + 20 with 4 characters', { ...BASE, issueOn: '2026-08-21', lateReason: '機器故障' }, 'F52-04'],
  ])('%s', async (_, params, code) => {
    const { status, body } = await start(params)
    expect([status, body.code]).toEqual([422, code])
    expect(await api.office.db.rows('select id from runs')).toEqual([])
  })

  it.each([
    ['an unknown parameter', { ...BASE, upTo: 1 }, '入力に誤りがあります: upTo この項目はありません。'],
    [
      'a text for a yes',
      { includeCarriedOver: 'true' },
      '入力に誤りがあります: includeCarriedOver 値の型が違います。引用符のない true か false で入れてください。',
    ],
    ['no day', { dueOn: '2026-02-30' }, '入力に誤りがあります: dueOn 暦にない日です。月と日を確かめてください。'],
  ])('%s is told in Japanese', async (_, params, detail) => {
    const { status, body } = await start(params)
    expect([status, body.code, body.detail]).toEqual([422, 'TASK-007', detail])
  })
})

describe('the road of one letter', () => {
  let runId = ''
  const open = async (step: string): Promise<{ url: string; seen: { hash: string | null; count: number | null } }> => {
    const url = `/api/tasks/${await bench.open(runId, S(step))}`
    expect((await ask('tantou', 'POST', `${url}/claim`)).status).toBe(200)
    const sheet = await ask<{ hash: string; count: number }>('tantou', 'GET', `${url}/worksheet`)
    return {
      url,
      seen: sheet.status === 200 ? { hash: sheet.body.hash, count: sheet.body.count } : { hash: null, count: null },
    }
  }

  it('a form that is wrong is told by the names of its fields', async () => {
    runId = (await start({ ...BASE, issueOn: '2026-08-21', lateReason: '機器の故障' })).body.runId
    await bench.run(runId, S('001-identify-delinquents'))
    const { url, seen } = await open('002-confirm-delinquents')
    const wrong = await ask('tantou', 'POST', `${url}/complete`, { decision: 'redo', ...seen })
    expect([wrong.status, wrong.body.code, wrong.body.detail]).toEqual([
      422,
      'TASK-007',
      '入力に誤りがあります: 新しい基準日 必須の項目です。; 新しい発送日 必須の項目です。',
    ])
    const unused = await ask('tantou', 'POST', `${url}/complete`, { decision: 'ok', asOf: '2026-08-12', ...seen })
    expect(unused.body.detail).toBe('入力に誤りがあります: 新しい基準日 この判断では使わない項目です。')
    expect((await ask('tantou', 'POST', `${url}/complete`, { decision: 'ok', ...seen })).status).toBe(200)
  })

  it('004 after the printed 発送日: F52-10, and 把握からやり直す is open', async () => {
    await bench.run(runId, S('003-make-tokusoku-notices'))
    const { url, seen } = await open('004-check-notices')
    api.office.clock.set('2026-08-22T00:00:00.000Z')
    const late = await ask('tantou', 'POST', `${url}/propose`, { decision: 'ok', ...seen })
    expect([late.status, late.body.code]).toEqual([409, 'F52-10'])
    const recheck = { decision: 'recheck', asOf: '2026-08-21', issueOn: '2026-08-24', ...seen }
    // the reason given at the start is not the reason of the new day
    expect((await ask('tantou', 'POST', `${url}/complete`, { ...recheck, lateReason: '再作成のため' })).status).toBe(
      200,
    )
  })
})
