import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { issueToken } from '#access/tokens.ts'
import { SYSTEM } from '#audit/events.ts'
import { ApiProblem } from '#tools/verbs/api-client.ts'
import { tokusoku } from '#workers/5-2-tokusoku/index.ts'
import { openTestApi, type Login, type TestApi } from '#tests/support/api.ts'
import { registerNoticeSettings } from '#tests/support/notice-settings.ts'
import { instalment, insured, loadRows, person } from '#tests/support/office-facts.ts'
import { stepBench } from '#tests/support/step-bench.ts'
import { BASE_RUN, STEP } from '#tests/support/tokusoku-office.ts'
import { kokiOver } from '#tests/support/verbs.ts'

/** 004 with 係長's own proposal: every way round the second person is tried, refused and recorded, and no letter leaves. */
describe('the second person cannot be walked around', () => {
  let api: TestApi
  let runId: string
  let taskId: string
  let body: { decision: string; hash: string; count: number }

  beforeAll(async () => {
    api = await openTestApi()
    const { office } = api
    await registerNoticeSettings(office)
    await loadRows(office, 'atena', [person(1)])
    await loadRows(office, 'hihokensha', [insured(1)])
    await loadRows(office, 'kiwari', [instalment(1)])
    const bench = await stepBench(office, [tokusoku])
    runId = (await bench.start(await api.user('tantou'), BASE_RUN)).runId
    await bench.run(runId, STEP['001'])
    const two = await bench.open(runId, STEP['002'])
    await act(two, 'tantou', 'claim')
    await act(two, 'tantou', 'complete', { decision: 'ok', ...(await seen(two)) })
    await bench.run(runId, STEP['003'])
    taskId = await bench.open(runId, STEP['004'])
    await act(taskId, 'kakaricho', 'claim')
    body = { decision: 'ok', ...(await seen(taskId)) }
    await act(taskId, 'kakaricho', 'propose', body)
  })
  afterAll(() => api.close())

  async function act(task: string, login: Login, what: string, payload?: object): Promise<void> {
    const reply = await api.call(login, 'POST', `/api/tasks/${task}/${what}`, payload)
    expect([what, reply.statusCode, reply.statusCode === 200 ? '' : reply.body]).toEqual([what, 200, ''])
  }
  async function seen(task: string): Promise<{ hash: string; count: number }> {
    const { hash, count } = (await api.call('tantou', 'GET', `/api/tasks/${task}/worksheet`)).json<typeof body>()
    return { hash, count }
  }
  const refusals = () =>
    api.office.db.rows<{ actor: string }>(
      `select actor from audit_events where kind = 'refused' and task_id = $1 and payload like '%F52-07%' order by id`,
      [taskId],
    )
  const noticeStates = () => api.office.db.rows(`select state from notices where run_id = $1`, [runId])

  it('by a second login of the same person', async () => {
    // given: 兼務 gives 係長 another login
    const { staffId } = await api.user('kakaricho')
    const { office, deps } = api
    const { id } = await office.db.one<{ id: bigint }>(
      `insert into users (staff_id, login, created_at) values ($1, 'kakaricho-kenmu', $2) returning id`,
      [staffId, office.clock.now()],
    )
    await office.db.run(
      `insert into user_roles (user_id, role, valid_from, recorded_at) values ($1, 'kakaricho', '2026-04-01', $2)`,
      [id, office.clock.now()],
    )
    const token = await issueToken(
      { db: office.db, clock: office.clock, machineNow: deps.machineNow },
      { login: 'kakaricho-kenmu', ttlMs: 60_000, actor: SYSTEM },
    )
    // when
    const reply = await api.app.inject({
      method: 'POST',
      url: `/api/tasks/${taskId}/release`,
      headers: { authorization: `Bearer ${token.token}` },
      payload: body,
    })
    // then
    expect(reply.json()).toMatchObject({ status: 403, code: 'F52-07' })
    expect(await refusals()).toEqual([{ actor: 'kakaricho-kenmu' }])
    expect(await noticeStates()).toEqual([{ state: 'made' }])
  })

  it('by the command line, which goes the way of the pages', async () => {
    const words = ['task', 'complete', taskId, '--decision', 'ok', '--user', 'kakaricho']
    const attempt = kokiOver(api).koki(...words)
    // the first person's own `ok` is another proposal at most, and never a release
    await attempt.catch((error: unknown) => expect(error).toBeInstanceOf(ApiProblem))
    expect(await noticeStates()).toEqual([{ state: 'made' }])
    const straight = await api.call('kakaricho', 'POST', `/api/tasks/${taskId}/release`, {
      ...body,
      ...(await seen(taskId)),
    })
    expect(straight.json()).toMatchObject({ code: 'F52-07' })
  })

  it('by the database: the row that a release leaves cannot name one person twice', async () => {
    const { userId } = await api.user('kakaricho')
    await expect(
      api.office.db.run(
        `insert into worksheet_reviews (worksheet_id, task_id, step_run_id, decision, row_count, target_count, sum_yen, hash,
           proposed_by, decided_by, decided_at)
         select t.worksheet_id, t.id, coalesce(t.step_run_id, (select id from step_runs where run_id = t.run_id limit 1)), 'ok',
           1, 1, 1, 'x', $2, $2, $3 from tasks t where t.id = $1`,
        [taskId, userId, api.office.clock.now()],
      ),
    ).rejects.toThrow(/check constraint|person|restrict/)
  })

  it('and another 係長 releases', async () => {
    const fresh = { decision: 'ok', ...(await seen(taskId)) }
    const { proposed } = await api.office.db.one<{ proposed: boolean }>(
      `select proposed_by is not null as proposed from tasks where id = $1`,
      [taskId],
    )
    if (!proposed) await act(taskId, 'kakaricho', 'propose', fresh)
    await act(taskId, 'kakaricho2', 'release', fresh)
    expect(await noticeStates()).toEqual([{ state: 'released' }])
  })
})
