import { openTestApi, type Login, type TestApi } from '#tests/support/api.ts'
import { untranslated } from '#tests/support/untranslated.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

// 設定 → 職員. The test's day is 2026-08-14 (Friday).
let api: TestApi
beforeAll(async () => {
  api = await openTestApi()
})
afterAll(async () => {
  await api.close()
})

interface Staff {
  readonly staff: readonly {
    readonly userId: string
    readonly login: string
    readonly isDisabled: boolean
    readonly roles: readonly {
      readonly roleId: string
      readonly role: string
      readonly state: string
      readonly validTo: string | null
      readonly canApprove: boolean
    }[]
    readonly units: readonly { readonly memberId: string; readonly unitId: string; readonly validTo: string | null }[]
  }[]
  readonly units: readonly { readonly unitId: string; readonly code: string; readonly name: string }[]
  readonly deputies: readonly {
    readonly deputyId: string
    readonly state: string
    readonly approvedBy: string | null
    readonly canApprove: boolean
  }[]
}
const staff = async (as: Login = 'kanri'): Promise<Staff> => (await api.call(as, 'GET', '/api/settings/staff')).json()
const idOf = async (login: string): Promise<string> =>
  `${(await staff()).staff.find((one) => one.login === login)?.userId}`
const rolesOf = async (login: string, as: Login = 'kanri') =>
  (await staff(as)).staff.find((one) => one.login === login)?.roles ?? []
const post = (as: Login, path: string, body?: unknown) => api.call(as, 'POST', `/api/settings/${path}`, body)
const codeOf = (reply: { json(): { code: string }; statusCode: number }) => [reply.statusCode, reply.json().code]
const grant = async (as: Login, login: string, role: string, validTo: string | null = null) =>
  post(as, `staff/${await idOf(login)}/roles`, { role, validFrom: '2026-08-14', validTo, reason: '人事異動' })
const lastEvent = async (kind: string) =>
  api.office.db.one<{ actor: string; payload: Record<string, unknown> }>(
    `select actor, payload::jsonb -> 'payload' as payload from audit_events where kind = $1 order by id desc limit 1`,
    [kind],
  )

describe('a role', () => {
  it('of 担当 holds at once and is an event with before and after', async () => {
    const reply = await grant('kanri', 'gyomu', 'tantou', '2026-08-20')
    expect(reply.statusCode).toBe(201)
    expect((await rolesOf('gyomu'))[0]).toMatchObject({ role: 'tantou', state: 'inForce', validTo: '2026-08-20' })
    expect(await lastEvent('role-granted')).toMatchObject({
      actor: 'kanri',
      payload: {
        login: 'gyomu',
        before: null,
        after: { role: 'tantou', validFrom: '2026-08-14', validTo: '2026-08-20', needsSecond: false },
        reason: '人事異動',
      },
    })
    expect((await api.call('gyomu', 'GET', '/api/tasks')).statusCode).toBe(200)
  })
  it('ends by itself after its last day', async () => {
    api.office.clock.set('2026-08-20T14:59:00.000Z') // 23:59 in Japan
    expect((await api.call('gyomu', 'GET', '/api/tasks')).statusCode).toBe(200)
    api.office.clock.set('2026-08-20T15:00:00.000Z')
    expect((await api.call('gyomu', 'GET', '/api/tasks')).statusCode).toBe(403)
    api.office.clock.set('2026-08-14T00:00:00.000Z')
  })
  it('of 監査 holds only after a second person, who is neither the granter nor the person', async () => {
    const { id } = (await grant('kanri', 'kakaricho', 'kansa')).json<{ id: string }>()
    expect((await api.call('kakaricho', 'GET', '/api/audit')).statusCode).toBe(403)
    expect(codeOf(await post('kanri', `roles/${id}/approve`))).toEqual([403, 'USER-002'])
    expect(await lastEvent('refused')).toMatchObject({
      actor: 'kanri',
      payload: { code: 'USER-002', act: 'POST /api/settings/roles/:roleId/approve' },
    })
    expect(codeOf(await post('kakaricho', `roles/${id}/approve`))).toEqual([403, 'USER-001'])
    expect((await rolesOf('kakaricho', 'kanri'))[0]).toMatchObject({ state: 'waiting', canApprove: false })
    expect((await rolesOf('kakaricho', 'kakaricho2'))[0]).toMatchObject({ state: 'waiting', canApprove: true })
    expect((await post('kakaricho2', `roles/${id}/approve`)).statusCode).toBe(200)
    expect((await api.call('kakaricho', 'GET', '/api/audit')).statusCode).toBe(200)
    expect(codeOf(await post('kakaricho2', `roles/${id}/approve`))).toEqual([409, 'USER-008'])
    expect((await lastEvent('role-approved')).payload).toMatchObject({
      login: 'kakaricho',
      before: { isApproved: false },
      after: { isApproved: true },
    })
  })
  it('is granted to nobody by themselves; the attempt is recorded', async () => {
    expect(codeOf(await grant('kanri', 'kanri', 'kansa'))).toEqual([403, 'USER-001'])
    expect(await lastEvent('refused')).toMatchObject({ actor: 'kanri', payload: { code: 'USER-001' } })
    expect(await rolesOf('kanri')).toHaveLength(1)
  })
  it('is not granted twice, backwards or into the past', async () => {
    expect(codeOf(await grant('kanri', 'tantou', 'tantou'))).toEqual([409, 'USER-006'])
    const id = await idOf('tantou2')
    const span = (validFrom: string, validTo: string | null) =>
      post('kanri', `staff/${id}/roles`, { role: 'gyomu', validFrom, validTo, reason: '試験' })
    expect(codeOf(await span('2026-08-13', null))).toEqual([422, 'USER-005'])
    expect(codeOf(await span('2026-08-20', '2026-08-19'))).toEqual([422, 'USER-005'])
  })
  it('that is ended at once is lost by open sessions with the next request', async () => {
    const { cookie } = await api.session('kakaricho')
    const get = (url: string) => api.app.inject({ url, headers: { cookie } })
    expect((await get('/api/audit')).statusCode).toBe(200)
    const audit = (await rolesOf('kakaricho')).find(({ role }) => role === 'kansa')
    const ended = await post('kanri', `roles/${audit?.roleId}/end`, { on: null, reason: '任を解く' })
    expect(ended.statusCode).toBe(200)
    expect((await get('/api/audit')).statusCode).toBe(403)
    expect((await get('/api/me')).statusCode).toBe(200)
    expect((await lastEvent('role-ended')).payload).toMatchObject({
      login: 'kakaricho',
      before: { role: 'kansa', validTo: null },
      after: { isEndedAtOnce: true },
      reason: '任を解く',
    })
  })
  it('that was the last one takes sessions and tokens with it', async () => {
    const { cookie, id } = await api.session('kansa')
    expect((await api.call('kansa', 'GET', '/api/me')).statusCode).toBe(200)
    const [only] = await rolesOf('kansa')
    await post('kanri', `roles/${only?.roleId}/end`, { on: null, reason: '異動' })
    expect((await api.app.inject({ url: '/api/me', headers: { cookie } })).statusCode).toBe(401)
    expect((await api.call('kansa', 'GET', '/api/me')).statusCode).toBe(401)
    expect(
      await api.office.db.one(
        `select count(*)::int as open from sessions where ended_at is null and id_hash = encode(sha256($1::bytea), 'hex')`,
        [id],
      ),
    ).toEqual({ open: 0 })
  })
  it('of the last 管理者 does not end', async () => {
    const [own] = await rolesOf('kanri')
    expect(codeOf(await post('kanri', `roles/${own?.roleId}/end`, { on: null, reason: '試験' }))).toEqual([
      409,
      'USER-009',
    ])
    expect(codeOf(await post('kanri', `staff/${await idOf('kanri')}/disable`, { reason: '試験' }))).toEqual([
      409,
      'USER-009',
    ])
  })
})

describe('a login', () => {
  it('is added without roles, stopped with all of them, and comes back without any', async () => {
    const body = { login: 'shin.nin', name: '新任 花子', kana: 'シンニン ハナコ', subject: 'idp|4711' }
    const { id } = (await post('kanri', 'staff', body)).json<{ id: string }>()
    expect(codeOf(await post('kanri', 'staff', body))).toEqual([409, 'USER-004'])
    expect(await rolesOf('shin.nin')).toEqual([])
    expect((await grant('kanri', 'shin.nin', 'tantou')).statusCode).toBe(201)
    expect((await post('kanri', `staff/${id}/disable`, { reason: '退職' })).statusCode).toBe(200)
    expect((await rolesOf('shin.nin'))[0]).toMatchObject({ state: 'ended' })
    expect(codeOf(await grant('kanri', 'shin.nin', 'gyomu'))).toEqual([409, 'USER-007'])
    expect((await post('kanri', `staff/${id}/enable`, { reason: '再任用' })).statusCode).toBe(200)
    expect((await rolesOf('shin.nin')).map(({ state }) => state)).toEqual(['ended'])
    expect(JSON.stringify((await lastEvent('user-added')).payload)).not.toContain('花子')
  })
  it('is of the 管理者 alone', async () => {
    const reply = await post('kakaricho', 'staff', { login: 'x.y', name: 'あ', kana: 'ア', subject: null })
    expect(codeOf(reply)).toEqual([403, 'AUTH-002'])
  })
})

describe('係', () => {
  it('are added, renamed, and have people for a time', async () => {
    const unit = { code: '03', name: '庶務係', kana: 'ショムガカリ', validFrom: '2026-08-14', validTo: null }
    const { id } = (await post('kanri', 'units', unit)).json<{ id: string }>()
    expect(codeOf(await post('kanri', 'units', unit))).toEqual([409, 'USER-004'])
    const member = { userId: await idOf('gyomu'), validFrom: '2026-08-14', validTo: null }
    const added = (await post('kanri', `units/${id}/members`, member)).json<{ id: string }>()
    expect(codeOf(await post('kanri', `units/${id}/members`, member))).toEqual([409, 'USER-006'])
    expect((await post('kanri', `members/${added.id}/end`, { on: '2026-08-31' })).statusCode).toBe(200)
    const of = (await staff()).staff.find(({ login }) => login === 'gyomu')
    expect(of?.units).toEqual([{ memberId: added.id, unitId: id, validFrom: '2026-08-14', validTo: '2026-08-31' }])
    const put = await api.call('kanri', 'PUT', `/api/settings/units/${id}`, {
      name: '総務係',
      kana: 'ソウムガカリ',
      validTo: null,
    })
    expect(put.statusCode).toBe(200)
    expect((await staff()).units.map(({ name }) => name)).toEqual(['賦課収納係', '資格給付係', '総務係'])
  })
})

describe('a deputy', () => {
  const ask = async (as: Login, absent: string, deputy: string, fromOn = '2026-09-01') =>
    post(as, 'deputies', {
      absentUserId: await idOf(absent),
      deputyUserId: await idOf(deputy),
      fromOn,
      toOn: '2026-09-04',
      reason: '休暇',
    })
  it('that the absent person asks for waits for a 係長 of the 係', async () => {
    const { id } = (await ask('tantou', 'tantou', 'tantou2')).json<{ id: string }>()
    const of = async (as: Login) => (await staff(as)).deputies.find(({ deputyId }) => deputyId === id)
    expect(await of('tantou')).toMatchObject({ state: 'waiting', canApprove: false, approvedBy: null })
    expect(codeOf(await post('tantou', `deputies/${id}/approve`))).toEqual([403, 'AUTH-002'])
    expect(await of('kakaricho')).toMatchObject({ canApprove: true })
    expect((await post('kakaricho', `deputies/${id}/approve`)).statusCode).toBe(200)
    expect(await of('tantou')).toMatchObject({ state: 'planned', approvedBy: '佐伯 修' })
    api.office.clock.set('2026-09-01T00:00:00.000Z')
    expect(await of('tantou')).toMatchObject({ state: 'inForce' })
    expect((await post('tantou', `deputies/${id}/withdraw`, { reason: '戻った' })).statusCode).toBe(200)
    api.office.clock.set('2026-09-02T00:00:00.000Z')
    expect(await of('tantou')).toMatchObject({ state: 'ended' })
    api.office.clock.set('2026-08-14T00:00:00.000Z')
  })
  it('is decided at once by a 係長 who is neither of the two, and not by one of another 係', async () => {
    expect((await ask('kakaricho', 'tantou', 'tantou2', '2026-09-03')).statusCode).toBe(201)
    expect((await staff()).deputies[0]).toMatchObject({ state: 'planned', approvedBy: '佐伯 修' })
    await api.office.db.run(
      `update unit_members set valid_to = '2026-08-13' where unit_id = (select id from units where code = '01')
         and user_id = (select id from users where login = 'kakaricho')`,
    )
    expect(codeOf(await ask('kakaricho', 'tantou2', 'tantou'))).toEqual([403, 'USER-010'])
    expect((await ask('kakaricho2', 'tantou2', 'kakaricho', '2026-09-04')).statusCode).toBe(201)
  })
  it('is somebody else who works tasks and is not away', async () => {
    expect(codeOf(await ask('kakaricho2', 'tantou', 'gyomu'))).toEqual([409, 'USER-011'])
    expect(codeOf(await ask('kakaricho2', 'kakaricho', 'tantou', '2026-09-03'))).toEqual([409, 'USER-011'])
    expect(codeOf(await ask('tantou2', 'tantou', 'tantou2'))).toEqual([403, 'USER-010'])
  })
  it('is not approved by one of the two', async () => {
    const { id } = (await ask('kakaricho', 'kakaricho', 'kakaricho2')).json<{ id: string }>()
    expect(codeOf(await post('kakaricho2', `deputies/${id}/approve`))).toEqual([403, 'USER-012'])
    expect(codeOf(await post('kakaricho', `deputies/${id}/approve`))).toEqual([403, 'USER-012'])
  })
  it('of long ago stays in the list, and each line says what this 係長 may do', async () => {
    const before = (await staff('kakaricho2')).deputies.length
    await api.office.db.run(
      `insert into deputies (absent_user_id, deputy_user_id, from_on, to_on, reason, recorded_by, recorded_at)
       select (select id from users where login = 'tantou'), (select id from users where login = 'tantou2'),
         date '2026-12-01' + n, date '2026-12-01' + n, '研修', (select id from users where login = 'tantou'), '2026-08-14T01:00:00Z'
       from generate_series(1, 300) n`,
    )
    for (const [as, may] of [
      ['kakaricho2', 300],
      ['kanri', 0],
    ] as const) {
      const { deputies } = await staff(as)
      expect([deputies.length, deputies.filter(({ canApprove }) => canApprove).length]).toEqual([before + 300, may])
    }
  })
})

describe('the records of all this', () => {
  it('are in Japanese: names and values', async () => {
    expect(await untranslated(api)).toEqual([])
  })
})
