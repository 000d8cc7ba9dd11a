import { openTestApi, type TestApi } from '#tests/support/api.ts'
import { bareRun } from '#tests/support/bare-run.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

/** An instance of the engine as the projector stored it: 001 passed, 002 open, 003 with an incident before. */
let api: TestApi
let runId: string
const KEY = '2251799813685249'
beforeAll(async () => {
  api = await openTestApi('2026-11-13T00:00:00.000Z')
  const { db } = api.office
  runId = await bareRun(db)
  const at = '2026-11-13T01:00:00.000Z'
  await db.run(`insert into engine_epochs (epoch, started_at, note) values (1, $1, 'test')`, [at])
  await db.run(
    `insert into models (process_id, version, origin, xml, sha256, epoch, definition_key, engine_version, in_force_from)
     values ('p-5-2-tokusoku', 3, 'shipped', '<definitions/>', 'x', 1, 77, 1, $1)`,
    [at],
  )
  await db.run(
    `insert into trace_instances (epoch, process_instance_key, process_id, engine_version, definition_key, state, started_at)
     values (1, $1, 'p-5-2-tokusoku', 1, 77, 'active', $2)`,
    [KEY, at],
  )
  await db.run(
    `insert into engine_instances (epoch, process_instance_key, run_id, is_duplicate, seen_at) values (1, $1, $2, false, $3)`,
    [KEY, runId, at],
  )
  const element = (key: number, id: string, type: string, state: string) =>
    db.run(
      `insert into trace_elements (epoch, element_instance_key, process_instance_key, scope_key, element_id, element_type, state, position, activated_at)
       values (1, $1, $2, $2, $3, $4, $5, $1, $6)`,
      [key, KEY, id, type, state, at],
    )
  await element(1, 'p-5-2-tokusoku', 'PROCESS', 'active')
  await element(2, 'Start', 'START_EVENT', 'completed')
  await element(3, 'Step_001', 'SERVICE_TASK', 'completed')
  await element(4, 'Step_001', 'SERVICE_TASK', 'completed')
  await element(5, 'Step_003', 'SERVICE_TASK', 'active')
  await db.run(
    `insert into trace_flows (epoch, partition, position, process_instance_key, flow_id, taken_at) values (1, 1, 9, $1, 'Flow_1', $2)`,
    [KEY, at],
  )
  await db.run(
    `insert into trace_incidents (epoch, incident_key, process_instance_key, element_instance_key, element_id, job_key, error_type, message, created_at)
     values (1, 501, $1, 5, 'Step_003', 601, 'JOB_NO_RETRIES', 'NOTE-001 設定がありません', $2)`,
    [KEY, at],
  )
})
afterAll(async () => {
  await api.close()
})

describe('実行状況', () => {
  it('lists what runs and what stands still', async () => {
    const list = await api.call('kanri', 'GET', '/api/instances?state=stopped')
    expect(list.json()).toMatchObject({
      total: 1,
      items: [
        {
          instanceKey: KEY,
          flow: '5-2-tokusoku',
          flowName: '督促',
          modelVersion: 3,
          state: 'stopped',
          runId,
          current: [{ elementId: 'Step_003', name: '督促状・納付書作成' }],
        },
      ],
    })
    expect((await api.call('kanri', 'GET', '/api/instances?state=completed')).json()).toMatchObject({ total: 0 })
  })

  it('shows way, tokens, incident and model of one', async () => {
    const { body } = { body: (await api.call('gyomu', 'GET', `/api/instances/${KEY}`)).json<Record<string, unknown>>() }
    expect(body).toMatchObject({
      xml: '<definitions/>',
      tokens: [{ elementId: 'Step_003', count: 1 }],
      incidents: [{ incidentKey: '501', elementName: '督促状・納付書作成', canRetry: true, resolvedAt: null }],
    })
    expect(body['waiting']).toEqual([
      {
        elementId: 'Step_003',
        name: '督促状・納付書作成',
        text: '止まっています。',
        next: 'わけを取り除いてから「もう一度行う」を押してください。',
      },
    ])
    expect(body['path']).toEqual([
      { elementId: 'Flow_1', visits: 1 },
      { elementId: 'Start', visits: 1 },
      { elementId: 'Step_001', visits: 2 },
    ])
    const missing = await api.call('gyomu', 'GET', '/api/instances/42')
    expect(missing.json()).toMatchObject({ status: 404, code: 'REQ-002' })
  })

  it('tries a stopped step again with a reason: an event, retries, then the incident', async () => {
    const retry = (body: object, incident = '501') =>
      api.call('kanri', 'POST', `/api/instances/${KEY}/incidents/${incident}/retry`, body)
    expect((await retry({ reason: '短い' })).statusCode).toBe(400)
    expect((await retry({ reason: '設定を入れました' }, '502')).json()).toMatchObject({ code: 'INC-001' })
    expect((await retry({ reason: '設定を入れました' })).statusCode).toBe(200)
    expect(api.engine.sent.map(({ name, args }) => [name, ...args])).toEqual([
      ['updateRetries', '601', 3],
      ['resolveIncident', '501'],
    ])
    api.engine.answer({ kind: 'unknown', message: 'away' })
    expect((await retry({ reason: '設定を入れました' })).json()).toMatchObject({ status: 503, code: 'INC-002' })
    const timeline = (await api.call('kansa', 'GET', `/api/instances/${KEY}/timeline`)).json<{
      items: { text: string; kind: string }[]
    }>()
    expect(timeline.items.map(({ text }) => text)).toContain('督促状・納付書作成 が止まった。NOTE-001 設定がありません')
    expect(timeline.items.map(({ text }) => text)).toContain('止まった工程をもう一度行った。理由: 設定を入れました')
  })

  it('tries many again: each has its own result, and one that fails holds up no other', async () => {
    const at = '2026-11-13T02:00:00.000Z'
    for (const [key, incident, job] of [
      ['2251799813685300', 701, 801],
      ['2251799813685301', 702, null],
    ] as const) {
      await api.office.db.run(
        `insert into trace_instances (epoch, process_instance_key, process_id, engine_version, definition_key, state, started_at)
         values (1, $1, 'p-5-2-tokusoku', 1, 77, 'active', $2)`,
        [key, at],
      )
      await api.office.db.run(
        `insert into trace_incidents (epoch, incident_key, process_instance_key, element_instance_key, element_id, job_key, error_type, message, created_at)
         values (1, $1, $2, 9, 'Step_003', $3, 'JOB_NO_RETRIES', 'NOTE-001', $4)`,
        [incident, key, job, at],
      )
    }
    api.engine.sent.length = 0
    api.engine.answer({ kind: 'notFound', message: 'gone' })
    const body = { instanceKeys: ['2251799813685300', '2251799813685301'], reason: '設定を入れました' }
    const reply = await api.call('kakaricho', 'POST', '/api/instances/retry', body)
    expect(reply.json()).toEqual({
      items: [
        {
          instanceKey: '2251799813685300',
          incidentKey: '701',
          problem: { code: 'INC-001', message: expect.any(String) as unknown },
        },
        { instanceKey: '2251799813685301', incidentKey: '702', problem: null },
      ],
    })
    expect(api.engine.sent.map(({ name, args }) => [name, ...args])).toEqual([
      ['updateRetries', '801', 3],
      ['resolveIncident', '702'],
    ])
    expect((await api.call('tantou', 'POST', '/api/instances/retry', body)).statusCode).toBe(403)
  })

  it('says in words why an instance waits', async () => {
    const { db } = api.office
    const key = '2251799813685400'
    const at = '2026-11-13T03:00:00.000Z'
    await db.run(
      `insert into trace_instances (epoch, process_instance_key, process_id, engine_version, definition_key, state, started_at)
       values (1, $1, 'p-5-2-tokusoku', 1, 77, 'active', $2)`,
      [key, at],
    )
    const place = (element: number, id: string, type: string) =>
      db.run(
        `insert into trace_elements (epoch, element_instance_key, process_instance_key, scope_key, element_id, element_type, state, position, activated_at)
         values (1, $1, $2, $2, $3, $4, 'active', $1, $5)`,
        [element, key, id, type, at],
      )
    // given: the timer E1, a task nobody has, and a service task that no worker has taken
    await place(901, 'E1', 'INTERMEDIATE_CATCH_EVENT')
    await db.run(
      `insert into trace_timers (epoch, timer_key, process_instance_key, element_id, due_at, state, created_at)
       values (1, 1, $1, 'E1', '2026-11-15T15:00:00Z', 'waiting', $2)`,
      [key, at],
    )
    await place(902, 'Step_002', 'USER_TASK')
    await db.run(
      `insert into tasks (id, epoch, job_key, element_instance_key, process_instance_key, flow, step_id, name, candidate_role, state, due_on, created_at)
       values (gen_random_uuid(), 1, 990, 902, $1, '5-2-tokusoku', '5-2-tokusoku/002-confirm-delinquents', '督促・滞納者確認', 'koki', 'open', '2026-11-17', $2)`,
      [key, at],
    )
    await place(903, 'Step_003', 'SERVICE_TASK')
    // when
    const { waiting } = (await api.call('kanri', 'GET', `/api/instances/${key}`)).json<{
      waiting: { elementId: string; text: string; next: string }[]
    }>()
    // then
    expect(waiting.map(({ text, next }) => [text, next])).toEqual([
      ['R8.11.16 0時00分まで待っています。', ''],
      ['まだ誰も担当していません(期限 R8.11.17)。', '作業一覧で「担当する」を押してください。'],
      ['処理の担い手が受け取るのを待っています。', '続くときは、担い手が動いているかを管理者に確かめてください。'],
    ])
  })
})
