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
})
