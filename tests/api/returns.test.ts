import { tokusoku } from '#workers/5-2-tokusoku/index.ts'
import { openTestApi, type Login, type TestApi } from '#tests/support/api.ts'
import { clerksOf } from '#tests/support/clerks.ts'
import { dispatchedRun, slipOf, type DispatchedRun } from '#tests/support/dispatched-run.ts'
import { KEY, loadRows, receipt } from '#tests/support/office-facts.ts'
import { stepBench } from '#tests/support/step-bench.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

// 返戻・居所調査 by HTTP: sheet 5.2 007 「返戻 afterwards」, sheet 1.1 §2.2 (返戻の記録 is protected), §2.3 SC1
let api: TestApi
let run: DispatchedRun
beforeAll(async () => {
  api = await openTestApi()
  const bench = await stepBench(api.office, [tokusoku])
  // the demo logins are there already: the bench's people have names of their own
  await api.office.db.run(`update users set login = 'api-' || login`)
  const clerks = await clerksOf(api.office, bench)
  await api.office.db.run(`update users set login = 'bench-' || login where login not like 'api-%'`)
  await api.office.db.run(`update users set login = substr(login, 5) where login like 'api-%'`)
  // given: 1 and 2 plain, 3 under 抑止
  run = await dispatchedRun(api.office, bench, clerks, { people: [1, 2, 3], guarded: [3] })
  api.office.clock.set('2026-09-10T01:00:00.000Z')
})
afterAll(async () => {
  await api.close()
})

interface Guarded {
  readonly isMasked: boolean
  readonly value: string | null
}
interface Case {
  readonly returnId: string
  readonly state: string
  readonly reason: Guarded
  readonly returnedOn: Guarded
  readonly daysWaiting: number | null
  readonly insuredNo: string
  readonly step: number
  readonly next: string
  readonly seizableFrom: string | null
  readonly steps: readonly {
    readonly state: string
    readonly note: Guarded
    readonly by: string
    readonly documentId: string | null
  }[]
  readonly plan: { readonly designatedOn: string; readonly isSameAddressee: boolean } | null
  readonly canDisclose: boolean
}
const send = async (login: Login, path: string, body: object, key?: string) => {
  const reply = await api.call(login, 'POST', path, body, key === undefined ? {} : { 'idempotency-key': key })
  return { status: reply.statusCode, body: reply.json<Case & { code?: string; next?: string }>() }
}
const list = async (login: Login, query = '') => {
  const reply = await api.call(login, 'GET', `/api/returns${query}`)
  return { text: reply.body, ...reply.json<{ items: Case[]; total: number; counts: Record<string, number> }>() }
}
const record = async (login: Login, n: number, body: object) =>
  send(login, `/api/notices/${await run.noticeOf(n)}/return`, body)

describe('返戻・居所調査', () => {
  it('is opened from a letter, and stands in the work list with its days and what to do', async () => {
    const opened = await record('tantou', 1, { returnedOn: '2026-09-02', reason: 'R2', note: '転居届の控えなし' })
    expect(opened).toMatchObject({
      status: 201,
      body: {
        state: '居所調査',
        step: 1,
        daysWaiting: 8,
        seizableFrom: null,
        next: '住民票・送付先を調べ、再発送か公示送達',
        steps: [{ state: '居所調査', note: { isMasked: false, value: '転居届の控えなし' }, by: '三枝 みのり' }],
        plan: { designatedOn: '2026-09-24', isSameAddressee: true },
      },
    })
    expect(await list('kansa')).toMatchObject({
      total: 1,
      counts: { 居所調査: 1 },
      items: [{ insuredNo: '00000001', reason: { value: 'R2' }, returnedOn: { value: '2026-09-02' }, daysWaiting: 8 }],
    })
    const events = await api.office.db.rows<{ kind: string; actor: string }>(
      `select kind, actor from audit_events where kind in ('letter-returned', 'read') order by id desc limit 3`,
    )
    expect(events.map(({ kind }) => kind)).toContain('letter-returned')
  })

  it('refuses what does not fit, with 次にすること', async () => {
    const { body } = await list('tantou')
      .then(({ items }) => items[0]?.returnId ?? '')
      .then((id) => send('tantou', `/api/returns/${id}/resend`, { step: 1, resentOn: '2026-09-10' }))
    expect(body).toMatchObject({ code: 'F52-25', next: expect.stringContaining('送付先か宛名を直して') as string })
    expect(await record('tantou', 1, { returnedOn: '2026-09-03', reason: 'R2' })).toMatchObject({
      status: 409,
      body: { code: 'F52-22' },
    })
    expect(await record('tantou', 2, { returnedOn: '2026-09-03', reason: 'R7' })).toMatchObject({ status: 400 })
  })

  it('is sent again once: twice with one key, and with another after it', async () => {
    const id = (await list('tantou')).items[0]?.returnId ?? ''
    const body = { step: 1, resentOn: '2026-09-10', isSameAddressConfirmed: true, note: '表札がなかったとのこと' }
    const first = await send('tantou', `/api/returns/${id}/resend`, body, 'key-resend-1')
    expect(first).toMatchObject({
      status: 200,
      body: { state: '再発送', step: 2, seizableFrom: '2026-09-25', next: '' },
    })
    expect((await send('tantou', `/api/returns/${id}/resend`, body, 'key-resend-1')).body).toEqual(first.body)
    expect((await send('tantou', `/api/returns/${id}/resend`, body, 'key-resend-2')).body).toMatchObject({ step: 2 })
    expect(await send('tantou2', `/api/returns/${id}/resend`, body)).toMatchObject({
      status: 409,
      body: { code: 'F52-29' },
    })
    const documentId = first.body.steps.at(-1)?.documentId ?? ''
    const paper = await api.call('tantou', 'GET', `/api/documents/${documentId}`)
    expect([paper.statusCode, paper.headers['content-type'], paper.rawPayload.subarray(0, 4).toString()]).toEqual([
      200,
      'application/pdf',
      '%PDF',
    ])
    expect(await list('tantou')).toMatchObject({ total: 0, counts: { 再発送: 1 } })
    expect(await list('tantou', '?state=all')).toMatchObject({ total: 1 })
  })

  it('ends when the person has paid', async () => {
    const { body } = await record('tantou', 2, { returnedOn: '2026-09-03', reason: 'R4' })
    await loadRows(api.office, 'shuno', [receipt({ ...KEY, ...slipOf(2), 領収日: '2026-09-04' })])
    expect((await list('tantou')).items[0]?.next).toBe('納付済みのため、調査を終える')
    expect(
      await send('tantou', `/api/returns/${body.returnId}/post`, { step: 1, postedOn: '2026-09-10' }),
    ).toMatchObject({
      status: 409,
      body: { code: 'F52-23' },
    })
    expect(await send('tantou', `/api/returns/${body.returnId}/end`, { step: 1, reason: 'Z1' })).toMatchObject({
      body: { state: '調査終了' },
    })
  })
})

describe('返戻 of a person under 抑止', () => {
  const SECRETS = ['R3', '受取拒否', '2026-09-04', '家族が受け取らず', '支援センター']
  it('shows in lists only that there is one; a 係長 opens it with a reason', async () => {
    const { body } = await record('tantou', 3, { returnedOn: '2026-09-04', reason: 'R3', note: '家族が受け取らず' })
    const seen = await list('kakaricho', '?state=all')
    const row = seen.items.find(({ insuredNo }) => insuredNo === '00000003')
    expect(row).toMatchObject({
      reason: { isMasked: true, value: null },
      daysWaiting: null,
      next: '係長が安全な送付先を確かめる',
    })
    const one = await api.call('kakaricho', 'GET', `/api/returns/${body.returnId}`)
    for (const secret of SECRETS) expect(JSON.stringify(row) + one.body).not.toContain(secret)
    expect(one.json<Case>()).toMatchObject({ plan: null, canDisclose: true })
    // and a search for the reason does not find the person
    expect((await list('kakaricho', '?reason=R3')).total).toBe(0)
    const opened = await send('kakaricho', `/api/returns/${body.returnId}/disclose`, { reason: '再発送の確認' })
    expect(opened).toMatchObject({
      status: 200,
      body: { reason: { isMasked: false, value: 'R3' }, steps: [{ note: { value: '家族が受け取らず' } }] },
    })
    expect(await api.office.db.one(`select count(*)::int as n from audit_events where kind = 'disclosed'`)).toEqual({
      n: 1,
    })
    const journal = await api.office.db.rows<{ payload: string }>(
      `select payload from audit_events where kind in ('letter-returned', 'disclosed', 'read')`,
    )
    for (const secret of ['R3', '2026-09-04', '家族が受け取らず'])
      expect(journal.map(({ payload }) => payload).join()).not.toContain(secret)
  })
  it('is re-sent by a 係長 only, as a paper only a 係長 opens', async () => {
    const id = (await list('tantou')).items.find(({ insuredNo }) => insuredNo === '00000003')?.returnId ?? ''
    const body = { step: 1, resentOn: '2026-09-10' }
    expect(await send('tantou', `/api/returns/${id}/resend`, body)).toMatchObject({
      status: 403,
      body: { code: 'F52-26' },
    })
    expect(await send('tantou', `/api/returns/${id}/post`, { step: 1, postedOn: '2026-09-10' })).toMatchObject({
      status: 403,
      body: { code: 'F52-27' },
    })
    // refused attempts are events
    const refused = await api.office.db.rows<{ payload: string }>(
      `select payload from audit_events where kind = 'refused' order by id desc limit 2`,
    )
    expect(refused.map(({ payload }) => /F52-2\d/.exec(payload)?.[0])).toEqual(['F52-27', 'F52-26'])
    expect(await send('kakaricho', `/api/returns/${id}/resend`, body)).toMatchObject({ status: 200 })
    const { id: paper } = await api.office.db.one<{ id: string }>(
      `select id from resent_letters where is_individual order by made_at desc limit 1`,
    )
    expect((await api.call('tantou', 'GET', `/api/documents/resend-${paper}`)).statusCode).toBe(403)
    expect((await api.call('kakaricho', 'GET', `/api/documents/resend-${paper}`)).statusCode).toBe(200)
  })
})
