import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tokusoku } from '#workers/5-2-tokusoku/index.ts'
import { openTestApi, type TestApi } from '#tests/support/api.ts'
import { registerNoticeSettings } from '#tests/support/notice-settings.ts'
import { instalment, person, receipt } from '#tests/support/office-facts.ts'
import { stepBench, type StepBench } from '#tests/support/step-bench.ts'
import {
  acceptPeople,
  acceptRows,
  atena,
  BASE_RUN,
  keyOf,
  LATE_REASON,
  oldKeyOf,
  STEP,
} from '#tests/support/tokusoku-office.ts'
import { guard } from '#tests/support/two-at-002.ts'

let api: TestApi
let bench: StepBench
let runId = ''
let taskId = ''

const load = (kind: string, rows: Parameters<typeof acceptRows>[2]) => acceptRows(api.office, kind, rows)
interface Line {
  readonly label: string
  readonly count: number
  readonly people: number
  readonly sums: Record<string, number>
}
const ask = async (filter?: object) => {
  const reply = await api.call('tantou', 'POST', `/api/tasks/${taskId}/worksheet/breakdown`, filter ? { filter } : {})
  expect(reply.statusCode).toBe(200)
  const { items } = reply.json<{ items: { name: string; lines: Line[] }[] }>()
  return Object.fromEntries(
    items.map(({ name, lines }) => [
      name,
      lines.map(({ label, count, people, sums }) => [label, count, people, sums['unpaidYen'], sums['feeYen']]),
    ]),
  )
}

beforeAll(async () => {
  api = await openTestApi()
  bench = await stepBench(api.office, [tokusoku])
  await registerNoticeSettings(api.office)
  await acceptPeople(api.office, [1, 2, 3, 4, 5])
  await load('kiwari', [instalment(1, { ...oldKeyOf(1), 納期限: '2026-03-31', 調定額: 8_800 })])
  await guard(api, 2, '2026-04-01')
  // 1 and 2 pay by 口座振替, the others by 納付書
  await load(
    'koza',
    [1, 2].map((n) => ({
      被保険者番号: String(n).padStart(8, '0'),
      銀行番号: '0001',
      支店番号: '001',
      預金種目: '1',
      口座番号: '0000001',
      口座名義カナ: 'ミホン',
      開始日: '2024-04-01',
    })),
  )
  await load('yuyo', [{ ...keyOf(3), 猶予開始日: '2026-07-01', 猶予終了日: '2026-12-31', 決定番号: 'Y1' }])
  const reply = await api.call('tantou', 'POST', '/api/runs', {
    flow: '5-2-tokusoku',
    params: { ...BASE_RUN, lateReason: LATE_REASON },
  })
  runId = reply.json<{ runId: string }>().runId
  await bench.run(runId, STEP['001'])
  taskId = await bench.open(runId, STEP['002'])
  expect((await api.call('tantou', 'POST', `/api/tasks/${taskId}/claim`)).statusCode).toBe(200)
})
afterAll(() => api.close())

/** Sheet 5.2 §4, 002: totals (follow the filter) by 判定×理由, by 納期限, by 金融機関. */
describe('内訳 of 002', () => {
  it('tells the whole list by 判定×理由 and by 納期限', async () => {
    const { reason, dueOn } = await ask()
    expect(reason).toEqual([
      ['対象', 4, 3, 45_700, 100],
      ['除外 A01 徴収猶予中', 1, 1, 12_300, 0],
      ['除外 A05 抑止対象(DV等)', 1, 1, 12_300, 0],
    ])
    expect(dueOn).toEqual([
      ['2026-03-31', 1, 1, 8_800, 100],
      ['2026-07-31', 5, 5, 61_500, 0],
    ])
  })

  it('follows marks and the filter', async () => {
    const marked = await api.call('tantou', 'POST', `/api/tasks/${taskId}/marks`, {
      rows: [6],
      action: 'exclude',
      reason: 'T16',
    })
    expect(marked.statusCode).toBe(200)
    expect((await ask())['reason']).toEqual([
      ['対象', 3, 2, 33_400, 100],
      ['除外 A01 徴収猶予中', 1, 1, 12_300, 0],
      ['除外 A05 抑止対象(DV等)', 1, 1, 12_300, 0],
      ['除外 T16 少額', 1, 1, 12_300, 0],
    ])
    const filtered = await ask({ verdict: ['対象'], dueOn: ['2026-07-31'] })
    expect(filtered).toMatchObject({
      reason: [['対象', 2, 2, 24_600, 0]],
      dueOn: [['2026-07-31', 2, 2, 24_600, 0]],
    })
    expect((await ask({ text: '00000003' }))['reason']).toEqual([['除外 A01 徴収猶予中', 1, 1, 12_300, 0]])
  })

  it('tells 金融機関 with 納付書 as a line of its own, and no bank of a person under 抑止', async () => {
    const lines = (await ask())['bank'] ?? []
    expect(lines.map(([label, count, , unpaid]) => [label, count, unpaid])).toEqual([
      ['(支援措置により伏せています)', 1, 12_300],
      ['0001', 2, 21_100],
      ['納付書', 3, 36_900],
    ])
  })

  it('is a reading of the journal, and none of those without personal data may ask', async () => {
    const { n } = await api.office.db.one<{ n: number }>(
      `select count(*)::int as n from audit_events where task_id = $1 and kind = 'read' and payload like '%確認の一覧の内訳%'`,
      [taskId],
    )
    expect(n).toBe(5)
    expect((await api.call('gyomu', 'POST', `/api/tasks/${taskId}/worksheet/breakdown`, {})).statusCode).toBe(403)
  })
})

/** Sheet 5.2 §4 「What happens when …」, 002: a mark only. */
describe('把握後の異動', () => {
  it('names what became known since 001 looked, and changes no verdict', async () => {
    api.office.clock.set('2026-08-17T00:00:00.000Z')
    await load('shuno', [receipt({ ...keyOf(4), 領収日: '2026-08-14', 収納日: '2026-08-14' })])
    await load('yuyo', [{ ...keyOf(5), 猶予開始日: '2026-08-17', 猶予終了日: '2026-12-31', 決定番号: 'Y2' }])
    await load('yokushi', [{ 宛名番号: atena(5), 措置区分: '仮', 開始日: '2026-08-17' }])
    await load('atena', [person(1, { 死亡日: '2026-08-15' }), person(3, { 住所: 'みほん市北三丁目' })])
    const reply = await api.call('tantou', 'GET', `/api/tasks/${taskId}/worksheet?limit=100`)
    const { rows } = reply.json<{ rows: { insuredNo: string; verdict: string; cells: { lateFacts: string[] } }[] }>()
    expect(
      rows
        .map(({ insuredNo, verdict, cells }) => [Number(insuredNo), verdict, cells.lateFacts] as const)
        .toSorted(([a], [b]) => a - b),
    ).toEqual([
      [1, '対象', ['死亡']],
      [1, '対象', ['死亡']],
      [2, '除外', []],
      [3, '除外', ['宛名']],
      [4, '対象', ['収納・調定']],
      [5, '除外', ['徴収猶予', '抑止']],
    ])
  })
})

describe('the run of the 納期限 before', () => {
  it('stands beside the list that 001 made, with the per cent from which it must be seen', async () => {
    const { hash, count } = (await api.call('tantou', 'GET', `/api/tasks/${taskId}/worksheet`)).json<{
      hash: string
      count: number
    }>()
    const done = await api.call('tantou', 'POST', `/api/tasks/${taskId}/complete`, { decision: 'ok', hash, count })
    expect(done.statusCode).toBe(200)
    api.office.clock.set('2026-09-10T00:00:00.000Z')
    await load('kiwari', [instalment(2, { ...keyOf(2), 期別: '02', 納期限: '2026-08-31' })])
    const params = { dueOn: '2026-08-31', asOf: '2026-09-09', issueOn: '2026-09-18', includeCarriedOver: false }
    const next = (await api.call('tantou', 'POST', '/api/runs', { flow: '5-2-tokusoku', params })).json<{
      runId: string
    }>().runId
    await bench.run(next, STEP['001'])
    const at002 = await bench.open(next, STEP['002'])
    const detail = (await api.call('tantou', 'GET', `/api/tasks/${at002}`)).json<{ worksheet: { counted: object } }>()
    expect(detail.worksheet.counted).toMatchObject({ 全件: 1, 前の納期の対象: 3, 件数差の注意: 30 })
  })
})
