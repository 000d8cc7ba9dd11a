import { juryoKakunin } from '#workers/0-1-juryo-kakunin/index.ts'
import { openTestApi, type Login, type TestApi } from '#tests/support/api.ts'
import { csv } from '#tests/support/intake.ts'
import { multipart } from '#tests/support/multipart.ts'
import { instalment, insured, loadRows, person } from '#tests/support/office-facts.ts'
import { stepBench, type StepBench } from '#tests/support/step-bench.ts'
import { until } from '#tests/support/until.ts'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'

// What happens in the same moment: two people at one task, one file twice, all connections to the database cut.
const STEP = '0-1-juryo-kakunin/002-confirm-receipt'
let api: TestApi
let bench: StepBench
beforeAll(async () => {
  api = await openTestApi()
  bench = await stepBench(api.office, [juryoKakunin])
})
afterAll(async () => {
  await api.close()
})

async function openTask(): Promise<string> {
  const { runId } = await bench.start(await api.user('tantou'), { fileName: 'shuno.csv' })
  return bench.open(runId, STEP)
}
const post = async (login: Login, path: string, body?: object) => {
  const reply = await api.call(login, 'POST', path, body)
  return { login, status: reply.statusCode, code: reply.json<{ code?: string }>().code ?? null }
}
const complete = (login: Login, taskId: string, decision: string) =>
  post(login, `/api/tasks/${taskId}/complete`, { decision, hash: null, count: null })
const times = <T>(count: number, make: (n: number) => T): T[] => Array.from({ length: count }, (_, n) => make(n))
/** What is left of a task: state, what was decided, events and messages to the engine. */
const left = (taskId: string) =>
  api.office.db.one<{ state: string; output: object | null; events: number; told: number }>(
    `select t.state, s.output, (select count(*)::int from audit_events where task_id = t.id and kind = 'task-completed') as events,
       (select count(*)::int from outbox where run_id = t.run_id and kind = 'complete-job') as told
     from tasks t join step_runs s on s.id = t.step_run_id where t.id = $1`,
    [taskId],
  )

describe('two people at one task', () => {
  it('twenty claims: one has it; twenty decisions of two kinds: one is made, once', async () => {
    // given
    const taskId = await openTask()
    // when
    const claims = await Promise.all(
      times(20, (n) => post(n % 2 === 0 ? 'tantou' : 'tantou2', `/api/tasks/${taskId}/claim`)),
    )
    // then
    const holders = new Set(claims.filter(({ status }) => status === 200).map(({ login }) => login))
    expect(holders.size).toBe(1)
    const [holder = 'tantou'] = holders
    for (const { login, status, code } of claims)
      expect([status, code]).toEqual(login === holder ? [200, null] : [409, 'TASK-002'])
    // and when
    const decided = await Promise.all(times(20, (n) => complete(holder, taskId, n % 2 === 0 ? 'ok' : 'redo')))
    // then: who sent the one that counts, and who sent it again, hears yes; the others hear that it is over
    const winners = decided.map(({ status }, n) => (status === 200 ? n % 2 : -1)).filter((kind) => kind >= 0)
    expect(winners).toHaveLength(10)
    expect(new Set(winners).size).toBe(1)
    expect(decided.filter(({ status, code }) => status === 409 && code === 'TASK-003')).toHaveLength(10)
    expect(await left(taskId)).toMatchObject({
      state: 'completing',
      output: { decision: winners[0] === 0 ? 'ok' : 'redo' },
      events: 1,
      told: 1,
    })
  })

  it('a colleague who decides what another holds changes nothing', async () => {
    const taskId = await openTask()
    await post('tantou', `/api/tasks/${taskId}/claim`)
    const answers = await Promise.all([
      ...times(10, () => complete('tantou2', taskId, 'redo')),
      ...times(10, () => complete('tantou', taskId, 'ok')),
    ])
    expect(answers.slice(10).map(({ status }) => status)).toEqual(times(10, () => 200))
    for (const { status, code } of answers.slice(0, 10)) {
      expect(status).toBe(409)
      expect(['TASK-002', 'TASK-003']).toContain(code)
    }
    expect(await left(taskId)).toMatchObject({ output: { decision: 'ok' }, events: 1, told: 1 })
  })
})

describe('all connections to the database cut', () => {
  it('during decisions: each is made whole or not at all, and can be sent again', async () => {
    // given
    const tasks = await Promise.all(times(20, () => openTask()))
    for (const taskId of tasks) await post('tantou', `/api/tasks/${taskId}/claim`)
    // when
    const admin = new pg.Client({ connectionString: inject('postgres').adminUrl })
    await admin.connect()
    const { name } = await api.office.db.one<{ name: string }>(`select current_database() as name`)
    const cut = () =>
      admin.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and pid <> pg_backend_pid()`,
        [name],
      )
    let isDeciding = true
    const cutting = (async () => {
      let cuts = 0
      for (; isDeciding; cuts++) await cut()
      return cuts
    })()
    const first = await Promise.all(tasks.map((taskId) => complete('tantou', taskId, 'ok')))
    isDeciding = false
    expect(await cutting).toBeGreaterThan(0)
    await admin.end()
    // then
    expect(first.filter(({ status }) => status >= 500).length).toBeGreaterThan(0)
    await until('the database answers again', () => api.office.db.one(`select 1 as one`).catch(() => null))
    for (const [n, taskId] of tasks.entries()) {
      const { state, output, events, told } = await left(taskId)
      const isMade = state === 'completing'
      expect([events, told, output !== null]).toEqual(isMade ? [1, 1, true] : [0, 0, false])
      if (first[n]?.status === 200) expect(isMade).toBe(true)
    }
    // and when
    const again = await Promise.all(tasks.map((taskId) => complete('tantou', taskId, 'ok')))
    // then
    expect(again.map(({ status }) => status)).toEqual(times(20, () => 200))
    for (const taskId of tasks) expect(await left(taskId)).toMatchObject({ state: 'completing', events: 1, told: 1 })
  })
})

describe('one file handed in ten times at once', () => {
  it('is accepted once; the others are told that it is there', async () => {
    // given
    const { office } = api
    await loadRows(office, 'atena', [person(1)])
    await loadRows(office, 'hihokensha', [insured(1)])
    const text = csv(office.profiles, 'kiwari', [instalment(1)])
    const upload = async (n: number): Promise<string> => {
      const form = new FormData()
      form.append('kind', 'kiwari')
      form.append('file', new Blob([text], { type: 'text/csv' }), `kiwari-${n}.csv`)
      const { payload, headers } = await multipart(form)
      const reply = await api.call(n % 2 === 0 ? 'tantou' : 'tantou2', 'POST', '/api/files', payload, headers)
      expect(reply.statusCode).toBe(202)
      return reply.json<{ fileId: string }>().fileId
    }
    // when
    const ids = await Promise.all(times(10, upload))
    const files = await Promise.all(
      ids.map((id) =>
        until('the file is read', async () => {
          const reply = await api.call('tantou', 'GET', `/api/files/${id}`)
          const file = reply.json<{ status: string; refusal: { code: string } | null }>()
          return file.status === 'accepted' || file.status === 'refused' ? file : null
        }),
      ),
    )
    // then
    expect(files.filter(({ status }) => status === 'accepted')).toHaveLength(1)
    expect(files.filter(({ refusal }) => refusal?.code === 'FC01')).toHaveLength(9)
    expect(await office.db.one(`select count(*)::int as n from instalments`)).toEqual({ n: 1 })
  })
})
