import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { appendEvent } from '#audit/append.ts'
import { actorOf } from '#runtime/actor.ts'
import { tokusoku } from '#workers/5-2-tokusoku/index.ts'
import { openTestApi, type TestApi } from '#tests/support/api.ts'
import { stepBench } from '#tests/support/step-bench.ts'
import { BASE_RUN, STEP } from '#tests/support/tokusoku-office.ts'
import { instalment, insured, loadRows, person } from '#tests/support/office-facts.ts'
import { kokiOver, type Koki } from '#tests/support/verbs.ts'

/** A busy run: 経過 was cut at 1,000 lines, 履歴 of a task at 200, `koki run` knew the newest 500 runs. */
const COMMENTS = 1_100
const READS = 150
const LATER_RUNS = 501
const KEY = '2251799813685249'
let api: TestApi
let koki: Koki['koki']
let taskId: string
let number: string

interface Line {
  readonly text: string
  readonly times: number
}
interface Course {
  readonly items: readonly Line[]
  readonly total: number
  readonly counts: Readonly<Record<'person' | 'system' | 'paper' | 'read', number>>
  readonly nextOffset: number | null
}
const get = async <T>(path: string): Promise<T> => (await api.call('kansa', 'GET', path)).json<T>()
const course = (query: string) => get<Course>(`/api/instances/${KEY}/timeline?${query}`)

beforeAll(async () => {
  api = await openTestApi('2026-08-14T00:00:00.000Z')
  ;({ koki } = kokiOver(api))
  const { office } = api
  const { db, clock } = office
  await loadRows(office, 'atena', [person(1)])
  await loadRows(office, 'hihokensha', [insured(1)])
  await loadRows(office, 'kiwari', [instalment(1)])
  const bench = await stepBench(office, [tokusoku])
  const tantou = await api.user('tantou')
  const run = await bench.start(tantou, BASE_RUN)
  number = run.number
  await bench.run(run.runId, STEP['001'])
  taskId = await bench.open(run.runId, STEP['002'])
  await db.run(
    `insert into trace_instances (epoch, process_instance_key, process_id, engine_version, definition_key, state, started_at)
     values (1, $1, 'p-5-2-tokusoku', 1, 77, 'active', $2)`,
    [KEY, clock.now()],
  )
  await db.run(
    `insert into engine_instances (epoch, process_instance_key, run_id, is_duplicate, seen_at) values (1, $1, $2, false, $3)`,
    [KEY, run.runId, clock.now()],
  )
  await db.run(
    `insert into trace_incidents (epoch, incident_key, process_instance_key, element_instance_key, element_id, job_key, error_type, message, created_at)
     values (1, 501, $1, 5, 'Step_003', 601, 'JOB_NO_RETRIES', 'NOTE-001 設定がありません', $2)`,
    [KEY, '2026-08-13T00:00:00.000Z'],
  )
  const of = { actor: actorOf(tantou), runId: run.runId, taskId }
  await db.tx(async (tx) => {
    for (let n = 1; n <= COMMENTS; n += 1) {
      const at = new Date(Date.parse('2026-08-14T01:00:00.000Z') + n * 1_000).toISOString()
      await appendEvent(tx, { ...of, at, kind: 'task-postponed', payload: { step: STEP['002'], followUpOn: `${n}` } })
    }
    for (let n = 1; n <= READS; n += 1) {
      const at = '2026-08-14T02:00:00.000Z'
      await appendEvent(tx, { ...of, at, kind: 'read', payload: { what: '確認の一覧', count: 1 } })
    }
  })
  await db.tx(async (tx) => {
    for (let n = 1; n <= LATER_RUNS; n += 1)
      await tx.run(
        `insert into runs (id, number, flow, title, params, options, state, created_at)
         values ($1, $2, '5-2-tokusoku', '試験', '{}', '{}', 'cancelled', '2026-08-15T00:00:00Z')`,
        [randomUUID(), `R8-52-${9000 + n}`],
      )
  })
}, 120_000)
afterAll(() => api.close())

test('given 経過 of more than a thousand records, then page on page tells them all, and what was looked at again is one line', async () => {
  const first = await course('limit=200')
  expect(first.items.slice(0, 1)).toMatchObject([{ text: '確認の一覧を見た', times: READS }])
  expect(first.total).toBeGreaterThan(COMMENTS + READS)
  expect(Object.values(first.counts).reduce((sum, count) => sum + count, 0)).toBe(first.total)
  let told = 0
  const texts: string[] = []
  for (let offset: number | null = 0; offset !== null;) {
    const page: Course = await course(`limit=200&offset=${offset}`)
    told += page.items.reduce((sum, { times }) => sum + times, 0)
    texts.push(...page.items.map(({ text }) => text))
    offset = page.nextOffset
  }
  expect(told).toBe(first.total)
  expect(new Set(texts.filter((text) => text.startsWith('再開日を'))).size).toBe(COMMENTS)
  expect(texts.at(-1)).toBe('督促状・納付書作成 が止まった。NOTE-001 設定がありません') // the oldest: the day before
})

test('given a group of 経過, then its lines only, counted over the whole', async () => {
  const { counts } = await course('limit=1')
  const read = await course('group=read&limit=200')
  expect([read.total, read.items.length, counts.read]).toEqual([READS, 1, READS])
  const ofPeople = await course('group=person&limit=1000')
  expect([ofPeople.total, ofPeople.items.length, ofPeople.nextOffset]).toEqual([counts.person, 1000, 1000])
  const system = await course('group=system&limit=200')
  expect(system.items.map(({ text }) => text)).toContain('督促状・納付書作成 が止まった。NOTE-001 設定がありません')
  expect((await api.call('kansa', 'GET', `/api/instances/${KEY}/timeline?group=else`)).statusCode).toBe(400)
})

test('given a task with more than 200 acts, then it says how many, and the older ones come page by page', async () => {
  const detail = await get<{ history: Line[]; historyTotal: number }>(`/api/tasks/${taskId}`)
  expect([detail.history.length, detail.historyTotal]).toEqual([200, COMMENTS + 1]) // and 「作業ができた」
  expect(detail.history[0]?.text).toBe(`再開日を ${COMMENTS} にした`)
  const last = await get<{ items: Line[]; total: number; nextCursor: string | null }>(
    `/api/tasks/${taskId}/history?limit=200&offset=1000`,
  )
  expect([last.items.length, last.total, last.nextCursor]).toEqual([COMMENTS + 1 - 1000, COMMENTS + 1, null])
  expect(last.items.slice(-2).map(({ text }) => text)).toEqual(['再開日を 1 にした', '作業ができた'])
  const { text } = await koki('task', 'show', taskId)
  expect(text.match(/再開日を \d+ にした/g)).toHaveLength(COMMENTS)
})

test('given 501 later runs, then koki still finds the run by its number', async () => {
  const shown = await koki('run', 'show', number)
  expect(shown.text.split('\n')[0]).toMatch(new RegExp(`^${number} 令和8年度 第1期 督促`))
  await expect(koki('run', 'show', 'R8-52-0999')).rejects.toMatchObject({ code: 'RUN-001' })
})
