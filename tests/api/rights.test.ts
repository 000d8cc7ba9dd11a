import { API, type RouteKey } from '#api/contract.ts'
import { isAllowed, RIGHTS, type GuardedRoute, type Right } from '#access/rights.ts'
import { placeOf } from '#api/register.ts'
import { LOGINS, openTestApi, type Login, type TestApi } from '#tests/support/api.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let api: TestApi
beforeAll(async () => {
  api = await openTestApi()
})
afterAll(async () => {
  await api.close()
})

const ROLE_OF: Readonly<Record<Login, string>> = {
  tantou: 'tantou',
  tantou2: 'tantou',
  kakaricho: 'kakaricho',
  kakaricho2: 'kakaricho',
  gyomu: 'gyomu',
  kansa: 'kansa',
  kanri: 'kanri',
}
const NOWHERE = '00000000-0000-4000-8000-000000000000'
const urlOf = (key: RouteKey): string =>
  placeOf(key).url.replace(
    /:(\w+)/g,
    (_, name: string) =>
      ({
        key: '1',
        incidentKey: '1',
        insuredId: '1',
        returnId: '1',
        spellingId: '1',
        attachmentId: '1',
        eventId: '1',
        flow: '5-2-tokusoku',
        documentId: `print-${NOWHERE}`,
      })[name] ?? NOWHERE,
  )

describe('the rights table', () => {
  it('has exactly the routes of the contract and of the OpenAPI document', () => {
    expect(Object.keys(RIGHTS).toSorted()).toEqual(Object.keys(API).toSorted())
    const { paths } = api.app.swagger() as unknown as { paths: Record<string, Record<string, { 'x-roles': unknown }>> }
    const documented = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`),
    )
    expect(documented.toSorted()).toEqual(Object.keys(API).toSorted())
    expect(paths['/api/tasks/{taskId}/release']?.['post']?.['x-roles']).toEqual(['kakaricho'])
  })

  it('lets nobody in without a login, on any route that is not public', async () => {
    for (const key of Object.keys(API) as RouteKey[]) {
      const right: Right = RIGHTS[key as GuardedRoute]
      if (right === 'public') continue
      const reply = await api.call(null, placeOf(key).method, urlOf(key))
      expect([key, reply.statusCode, reply.json<{ code: string }>().code]).toEqual([key, 401, 'AUTH-001'])
    }
  })

  it.each(LOGINS)('refuses %s exactly where the table says so, and records it', async (login) => {
    for (const key of Object.keys(API) as RouteKey[]) {
      if (key === 'GET /api/events' || RIGHTS[key] === 'public') continue // one is an endless stream, the others take anybody
      const isRight = isAllowed(key, [ROLE_OF[login]])
      const before = await refusals()
      const reply = await api.call(login, placeOf(key).method, urlOf(key))
      const code = reply.headers['content-type']?.toString().includes('json')
        ? reply.json<{ code?: string }>().code
        : undefined
      if (isRight) expect([key, code === 'AUTH-002' && RIGHTS[key] !== RIGHTS['POST /api/clock']]).toEqual([key, false])
      else {
        expect([key, reply.statusCode, code]).toEqual([key, 403, 'AUTH-002'])
        expect([key, await refusals()]).toEqual([key, before + 1])
      }
    }
  })

  it('goes by the roles in force on the day', async () => {
    const { userId } = await api.user('tantou2')
    // user_roles is a table the product may write; the role ended yesterday
    await api.office.db.run(`update user_roles set valid_to = '2026-08-13' where user_id = $1`, [userId])
    const reply = await api.call('tantou2', 'GET', '/api/tasks')
    expect([reply.statusCode, reply.json<{ code: string }>().code]).toEqual([403, 'AUTH-002'])
    await api.office.db.run(`update user_roles set valid_to = '2026-08-14' where user_id = $1`, [userId])
    expect((await api.call('tantou2', 'GET', '/api/tasks')).statusCode).toBe(200)
  })
})

const refusals = async (): Promise<number> =>
  (await api.office.db.one<{ n: number }>(`select count(*)::int as n from audit_events where kind = 'refused'`)).n
