import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import { ensureDemoUsers } from '#access/demo-users.ts'
import { issueToken } from '#access/tokens.ts'
import { openSession } from '#access/sessions.ts'
import { userByLogin, type CurrentUser } from '#access/users.ts'
import { buildApp } from '#api/app.ts'
import { listenToChanges, type Changes } from '#api/changes.ts'
import type { ApiDeps } from '#api/deps.ts'
import { openMetrics } from '#api/metrics.ts'
import { officeProjectors } from '#api/projectors.ts'
import { SYSTEM } from '#audit/events.ts'
import type { OidcClient } from '#access/oidc.ts'
import { openDiskSpace } from '#runtime/disk-space.ts'
import { registryOf } from '#runtime/registry.ts'
import { FLOWS } from '#workers/registry.ts'
import { fakeEngine, type FakeEngine } from './fake-engine.ts'
import { openTestOffice, type TestOffice } from './intake.ts'

export const LOGINS = ['tantou', 'tantou2', 'kakaricho', 'kakaricho2', 'gyomu', 'kansa', 'kanri'] as const
export type Login = (typeof LOGINS)[number]
type Method = 'GET' | 'POST' | 'PUT'

/** The HTTP API of one test file over a real database; the engine is a fake that says yes. */
export interface TestApi {
  readonly app: FastifyInstance
  readonly deps: ApiDeps
  readonly office: TestOffice
  readonly engine: FakeEngine
  /** Lines that went to the process log. */
  readonly logged: string[]
  /** A request as a program with a token; `null` is nobody. */
  call(
    login: Login | null,
    method: Method,
    url: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<LightMyRequestResponse>
  user(login: Login): Promise<CurrentUser>
  /** A browser's session: its cookie and its page token. */
  session(login: Login): Promise<{ readonly cookie: string; readonly csrf: string; readonly id: string }>
  close(): Promise<void>
}

const NO_PROVIDER: OidcClient = {
  redirectUri: 'http://127.0.0.1:8080/api/login/callback',
  begin: () => Promise.reject(new Error('no provider in this test')),
  finish: () => Promise.reject(new Error('no provider in this test')),
}

export async function openTestApi(now = '2026-08-14T00:00:00.000Z', over: Partial<ApiDeps> = {}): Promise<TestApi> {
  const office = await openTestOffice(now)
  const { db, clock, store, intake, profiles } = office
  await ensureDemoUsers(db, clock)
  const engine = fakeEngine()
  const logged: string[] = []
  const machineNow = over.machineNow ?? (() => new Date())
  const space = over.space ?? openDiskSpace(office.folder, { warnBytes: 2, stopBytes: 1 })
  const changes: Changes = await listenToChanges(db)
  const deps: ApiDeps = {
    db,
    clock,
    registry: registryOf(FLOWS),
    files: store,
    log: (line, fields = {}) => logged.push(`${line} ${JSON.stringify(fields)}`),
    machineNow,
    intake,
    profiles,
    engine: engine.port,
    projectors: officeProjectors(clock, registryOf(FLOWS)),
    space,
    metrics: openMetrics({ db, clock, space }),
    oidc: NO_PROVIDER,
    demo: null,
    isSample: true,
    moveClock: null,
    webRoot: null,
    isSecure: false,
    ...over,
  }
  const app = await buildApp(deps, changes)
  const tokens = new Map<Login, string>()
  const tokenOf = async (login: Login): Promise<string> => {
    const known = tokens.get(login)
    if (known !== undefined) return known
    const { token } = await issueToken({ db, clock, machineNow }, { login, ttlMs: 3_600_000, actor: SYSTEM })
    tokens.set(login, token)
    return token
  }
  const user = async (login: Login): Promise<CurrentUser> => {
    const found = await userByLogin(db, login, clock.today())
    if (found === null) throw new Error(`no demo user ${login}`)
    return { ...found, terminal: 'test' }
  }
  return {
    app,
    deps,
    office,
    engine,
    logged,
    user,
    async call(login, method, url, body, headers = {}) {
      return app.inject({
        method,
        url,
        headers: { ...(login === null ? {} : { authorization: `Bearer ${await tokenOf(login)}` }), ...headers },
        ...(body === undefined ? {} : { payload: body as object }),
      })
    },
    async session(login) {
      const { userId } = await user(login)
      const opened = await openSession(db, machineNow, { userId, terminal: '127.0.0.1', former: null })
      return { cookie: `koki_session=${opened.id}`, csrf: opened.csrf, id: opened.id }
    },
    async close() {
      await app.close()
      await changes.close()
      await office.close()
    },
  }
}
