import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FastifyInstance } from 'fastify'
import { openDatabase, type Database } from '#db/database.ts'
import { ensureEpoch } from '#engine/epoch.ts'
import { ingestApp } from '#engine/ingest/listener.ts'
import type { EngineLog } from '#engine/log.ts'
import { openTestApi, type TestApi } from '#tests/support/api.ts'
import { bareRun } from '#tests/support/bare-run.ts'
import { bulkOf, runBegins, type MadeRecord } from '#tests/support/engine-records.ts'

// Source: the end events of processes/5-2-tokusoku/tokusoku.bpmn. Records as the engine exports them; no engine.

const TOKEN = 'secret'
const silent: EngineLog = { info: () => undefined, warn: () => undefined, error: () => undefined }
let api: TestApi
let ingest: FastifyInstance
let streamDb: Database
let position = 0
beforeAll(async () => {
  api = await openTestApi('2026-11-13T00:00:00.000Z')
  const { db, clock, appUrl } = api.office
  await ensureEpoch(db, clock)
  streamDb = openDatabase(appUrl, { isPipelined: true })
  ingest = ingestApp({ db: streamDb, clock, log: silent, projectors: api.deps.projectors, token: TOKEN })
})
afterAll(async () => {
  await ingest.close()
  await streamDb.close()
  await api.close()
})

/** A run whose instance passes these elements one after the other and is over then. */
async function endedRun(instanceKey: string, ...passed: readonly string[]): Promise<string> {
  const { db } = api.office
  const runId = await bareRun(db)
  await db.run(`update runs set started_by = (select id from users where login = 'tantou') where id = $1`, [runId])
  const element = (intent: string, key: string, id: string, type: string, scope: string): MadeRecord => ({
    position: (position += 1),
    valueType: 'PROCESS_INSTANCE',
    intent,
    key,
    value:
      `{"bpmnProcessId":"p-5-2-tokusoku","version":1,"processDefinitionKey":77,"processInstanceKey":${instanceKey},` +
      `"elementId":"${id}","bpmnElementType":"${type}","flowScopeKey":${scope},"parentProcessInstanceKey":-1}`,
  })
  const whole = (intent: string): MadeRecord => element(intent, instanceKey, 'p-5-2-tokusoku', 'PROCESS', '-1')
  const records = [
    runBegins((position += 1), runId, instanceKey),
    whole('ELEMENT_ACTIVATED'),
    ...passed.flatMap((id, n) =>
      ['ELEMENT_ACTIVATED', 'ELEMENT_COMPLETED'].map((intent) =>
        element(intent, `${BigInt(instanceKey) + BigInt(n + 1)}`, id, 'END_EVENT', instanceKey),
      ),
    ),
    whole('ELEMENT_COMPLETED'),
  ]
  const reply = await ingest.inject({
    method: 'POST',
    url: '/_bulk',
    headers: {
      authorization: `Basic ${Buffer.from(`zeebe:${TOKEN}`).toString('base64')}`,
      'content-type': 'application/x-ndjson',
    },
    payload: bulkOf(records),
  })
  expect(reply.json()).toMatchObject({ errors: false })
  expect(await db.rows(`select error from engine_quarantine`)).toEqual([])
  return runId
}

const get = async <T>(url: string): Promise<T> => (await api.call('tantou', 'GET', url)).json<T>()
const runOf = (runId: string) => get<{ state: string; outcome: string | null }>(`/api/runs/${runId}`)

describe('終わり方 of a run is the name of its end event', () => {
  it('督促発送済, also after a deadline has warned: in the run, in 実行状況, in 経過, in お知らせ', async () => {
    const key = '2251799813685300'
    const runId = await endedRun(key, 'End_002_Due', 'End_Issued')
    expect(await runOf(runId)).toMatchObject({ state: 'finished', outcome: '督促発送済' })
    expect(await get(`/api/instances/${key}`)).toMatchObject({ state: 'completed', outcome: '督促発送済' })
    const list = await get<{ items: { instanceKey: string; outcome: string }[] }>('/api/instances?state=completed')
    expect(list.items.map(({ instanceKey, outcome }) => [instanceKey, outcome])).toEqual([[key, '督促発送済']])
    const course = await get<{ items: { text: string }[] }>(`/api/instances/${key}/timeline`)
    expect(course.items.map(({ text }) => text)).toContain('処理が終わった(督促発送済)')
    const told = await get<{ items: { title: string; text: string }[] }>('/api/notifications')
    expect(told.items).toMatchObject([
      { title: '処理が終わりました:試験', text: expect.stringMatching(/^督促発送済 /) },
    ])
  })

  it('督促なし終了 when nobody had to be reminded', async () => {
    expect(await runOf(await endedRun('2251799813685400', 'End_None'))).toMatchObject({ outcome: '督促なし終了' })
  })

  it('完了 where the model that ended is not ours', async () => {
    expect(await runOf(await endedRun('2251799813685500', 'End_Elsewhere'))).toMatchObject({ outcome: '完了' })
  })

  it('引継ぎ済 where the run goes on in the next epoch: nobody has cancelled it', async () => {
    const key = '2251799813685600'
    const runId = await endedRun(key, 'End_None')
    const { db } = api.office
    await db.run(`insert into engine_epochs (epoch, started_at, note) values (2, now(), 'test')`)
    await db.run(
      `insert into run_rebuilds (run_id, epoch, from_epoch, from_instance_key, elements, created_at) values ($1, 2, 1, $2, '{}', now())`,
      [runId, key],
    )
    await db.run(`update trace_instances set state = 'terminated' where process_instance_key = $1`, [key])
    expect(await get(`/api/instances/${key}`)).toMatchObject({ state: 'terminated', outcome: '引継ぎ済' })
  })
})
