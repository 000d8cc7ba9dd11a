import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Fault } from '#kernel/faults.ts'
import { parsePlainDate } from '#kernel/plain-date.ts'
import { appendEvent } from '#audit/append.ts'
import { DEMO_USERS } from '#access/demo-users.ts'
import type { LoginAttempt } from '#access/oidc.ts'
import { isAllowed, RIGHTS, type GuardedRoute } from '#access/rights.ts'
import { ROLE_LABELS, type Role } from '#access/roles.ts'
import { isSameSecret } from '#access/secrets.ts'
import { endSession, openSession, sessionLabel } from '#access/sessions.ts'
import { userBySubject } from '#access/users.ts'
import { municipalityName } from '#notices/read-settings.ts'
import type { Changes } from '../changes.ts'
import type { ApiDeps } from '../deps.ts'
import { actorOfRequest, SESSION_COOKIE } from '../plugins/app/authenticate.ts'
import { pagesVersion } from '../pages-version.ts'
import { LOGIN_LIMIT } from '../plugins/external/rate-limit.ts'
import { fastifySchema, placeOf, registrar } from '../register.ts'
import { readStatus } from './status.ts'

const LOGIN_COOKIE = 'koki_login'
const LOGIN_SECONDS = 600

/** ログイン, ログアウト, who am I, the day. */
export function sessionRoutes(app: FastifyInstance, deps: ApiDeps, changes: Changes): void {
  const route = registrar(app, deps)
  loginRoutes(app, deps)

  route('POST /api/logout', async ({ user, request, reply }) => {
    const id = request.cookies[SESSION_COOKIE]
    if (id !== undefined) {
      await endSession(deps.db, deps.machineNow, id)
      await deps.db.tx((tx) =>
        appendEvent(tx, {
          at: deps.clock.now(),
          kind: 'logout',
          actor: actorOfRequest(request),
          subjects: [{ kind: 'user', id: `${user.userId}` }],
          payload: { session: sessionLabel(id) },
        }),
      )
    }
    void reply.clearCookie(SESSION_COOKIE, { path: '/' }).header('clear-site-data', '"cache", "storage"')
    return { ok: true }
  })
  route('GET /api/me', async ({ user, request }) => ({
    login: user.login,
    name: user.name,
    roles: user.roles.map((role) => ({ role, label: ROLE_LABELS[role as Role] })), // the table allows these only
    rights: (Object.keys(RIGHTS) as GuardedRoute[]).filter((key) => isAllowed(key, user.roles)),
    csrf: request.session?.csrf ?? '',
    terminal: user.terminal,
    expiresAt: request.session?.expiresAt ?? deps.machineNow().toISOString(),
  }))
  const pages = pagesVersion(deps.webRoot) // the folder is read once, when the process starts
  route('GET /api/status', () => readStatus(deps, pages))

  const clockNow = () => ({
    now: deps.clock.now(),
    today: deps.clock.today(),
    isSample: deps.isSample,
    canMove: deps.moveClock !== null,
  })
  route('GET /api/clock', async () => clockNow())
  route('POST /api/clock', async ({ body, request }) => {
    const day = parsePlainDate(body.date)
    if (deps.moveClock === null) throw new Fault('AUTH-002')
    if (day === null) throw new Fault('REQ-001', { detail: 'body/date ない日付です。' })
    const from = deps.clock.today()
    deps.moveClock(day)
    await deps.db.tx((tx) =>
      appendEvent(tx, {
        at: deps.clock.now(),
        kind: 'clock-moved',
        actor: actorOfRequest(request),
        payload: { from, to: day },
      }),
    )
    changes.tell({ topic: 'clock', id: null })
    return clockNow()
  })
}

function loginRoutes(app: FastifyInstance, deps: ApiDeps): void {
  const cookie = { path: '/', httpOnly: true, sameSite: 'lax', secure: deps.isSecure } as const
  const loginCookie = { ...cookie, path: '/api/login', maxAge: LOGIN_SECONDS }

  app.route({
    ...placeOf('GET /api/login/options'),
    schema: fastifySchema('GET /api/login/options'),
    config: { right: 'GET /api/login/options' },
    handler: async () => ({
      municipality: await municipalityName(deps.db),
      isSample: deps.demo !== null,
      users:
        deps.demo === null
          ? []
          : DEMO_USERS.map(({ login, name, role, note }) => ({ login, name, roles: [ROLE_LABELS[role]], note })),
    }),
  })
  app.route({
    ...placeOf('GET /api/login'),
    schema: fastifySchema('GET /api/login'),
    config: { right: 'GET /api/login', rateLimit: LOGIN_LIMIT },
    handler: async (request, reply) => {
      const query = request.query as { as?: string; return?: string } // checked by the schema
      const { url, attempt } = await deps.oidc.begin({ loginHint: query.as ?? null, returnTo: query.return ?? '/' })
      return reply
        .setCookie(LOGIN_COOKIE, Buffer.from(JSON.stringify(attempt)).toString('base64url'), loginCookie)
        .header('cache-control', 'no-store')
        .redirect(url, 302)
    },
  })
  app.route({
    ...placeOf('GET /api/login/callback'),
    schema: fastifySchema('GET /api/login/callback'),
    config: { right: 'GET /api/login/callback', rateLimit: LOGIN_LIMIT },
    handler: async (request, reply) => {
      const attempt = attemptOf(request)
      void reply.clearCookie(LOGIN_COOKIE, loginCookie).header('cache-control', 'no-store')
      const user = await loggedInUser(deps, request, attempt)
      const session = await openSession(deps.db, deps.machineNow, {
        userId: user.userId,
        terminal: request.ip,
        former: request.cookies[SESSION_COOKIE] ?? null,
      })
      await deps.db.tx((tx) =>
        appendEvent(tx, {
          at: deps.clock.now(),
          kind: 'login',
          actor: { userId: user.userId, name: user.login, terminal: request.ip },
          subjects: [{ kind: 'user', id: `${user.userId}` }],
          payload: { session: sessionLabel(session.id) },
        }),
      )
      return reply.setCookie(SESSION_COOKIE, session.id, cookie).redirect(attempt.returnTo, 302)
    },
  })
}

/** Whom the provider says, when he is one of ours with a role in force; a refusal is an event. */
async function loggedInUser(deps: ApiDeps, request: FastifyRequest, attempt: LoginAttempt) {
  const query = request.url.indexOf('?')
  const callbackUrl = new URL(`${deps.oidc.redirectUri}${query < 0 ? '' : request.url.slice(query)}`)
  const subject = await deps.oidc.finish(callbackUrl, attempt).catch(() => null)
  const user = subject === null ? null : await userBySubject(deps.db, subject, deps.clock.today())
  if (user !== null && user.roles.length > 0) return user
  await deps.db.tx((tx) =>
    appendEvent(tx, {
      at: deps.clock.now(),
      kind: 'refused',
      actor: { userId: user?.userId ?? null, name: user?.login ?? '(未ログイン)', terminal: request.ip },
      payload: { code: 'AUTH-003', act: 'login' },
    }),
  )
  throw new Fault('AUTH-003')
}

function attemptOf(request: FastifyRequest): LoginAttempt {
  const text = request.cookies[LOGIN_COOKIE]
  const query = request.query as Readonly<Record<string, string | undefined>> // texts only, by the schema
  try {
    const attempt = JSON.parse(Buffer.from(text ?? '', 'base64url').toString()) as LoginAttempt // checked below
    const isWhole = [attempt.state, attempt.nonce, attempt.verifier, attempt.returnTo].every(
      (v) => typeof v === 'string',
    )
    const isSafeReturn = /^\/(?![/\\])/.test(attempt.returnTo)
    if (isWhole && isSafeReturn && isSameSecret(attempt.state, query['state'] ?? '')) return attempt
  } catch {
    // no cookie, or not ours: the same answer as a forged one
  }
  throw new Fault('AUTH-004')
}
