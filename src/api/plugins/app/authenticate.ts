import type {} from '@fastify/cookie'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Fault } from '#kernel/faults.ts'
import { togetherBy } from '#kernel/together.ts'
import { appendEvent } from '#audit/append.ts'
import { SYSTEM, type Actor } from '#audit/events.ts'
import { isAllowed, RIGHTS, type GuardedRoute } from '#access/rights.ts'
import { hashOfSecret, isSameSecret } from '#access/secrets.ts'
import { findSessions, type OpenSession } from '#access/sessions.ts'
import { findTokens } from '#access/tokens.ts'
import type { CurrentUser } from '#access/users.ts'
import { API } from '../../contract.ts'
import type { ApiDeps } from '../../deps.ts'

/** Cookie of the session: HttpOnly, SameSite=Lax, whole site, ends with the browser. */
export const SESSION_COOKIE = 'koki_session'

declare module 'fastify' {
  interface FastifyRequest {
    /** Who calls; null on public routes without a login. */
    user: CurrentUser | null
    /** The browser's session; null for programs with a token. */
    session: OpenSession | null
    /** The refusal of this request stands in the journal already. */
    isRefusalRecorded: boolean
  }
  interface FastifyContextConfig {
    /** The row of the rights table. Routes without it serve no business data. */
    readonly right?: GuardedRoute
  }
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const CHANGES = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])

/**
 * Who is calling, and may they: before anything of the request is read. 401 without a valid session or token, 403
 * without the right (an audit event), 403 when a change lacks the page's token.
 */
export function authenticate(app: FastifyInstance, deps: ApiDeps): void {
  app.decorateRequest('user', null)
  app.decorateRequest('session', null)
  app.decorateRequest('isRefusalRecorded', false)
  const doors = doorsOf(deps)
  app.addHook('onRequest', async (request) => {
    const right = request.routeOptions.config.right
    if (right === undefined) return
    await identify(request, doors)
    if (RIGHTS[right] === 'public') return
    if (request.user === null) throw new Fault('AUTH-001')
    if (!isAllowed(right, request.user.roles)) {
      await recordRefusal(deps, request, 'AUTH-002')
      request.isRefusalRecorded = true
      throw new Fault('AUTH-002')
    }
    if (request.session !== null && CHANGES.has(request.method)) checkPageToken(request, request.session)
  })
}

/** Sessions and tokens by their hashes, those of all who ask at the same time in one question. */
const doorsOf = ({ db, machineNow, clock }: ApiDeps) => ({
  session: togetherBy((hashes: readonly string[]) => findSessions(db, machineNow, hashes, clock.today())),
  token: togetherBy((hashes: readonly string[]) => findTokens(db, machineNow, hashes, clock.today())),
})

async function identify(request: FastifyRequest, doors: ReturnType<typeof doorsOf>): Promise<void> {
  const [scheme, token] = (request.headers.authorization ?? '').split(' ')
  if (scheme?.toLowerCase() === 'bearer' && token) {
    request.user = (await doors.token(hashOfSecret(token))) ?? null
    return
  }
  const cookie = request.cookies[SESSION_COOKIE]
  if (cookie === undefined) return
  request.session = (await doors.session(hashOfSecret(cookie))) ?? null
  request.user = request.session?.user ?? null
}

function checkPageToken(request: FastifyRequest, session: OpenSession): void {
  const given = request.headers['x-csrf-token']
  const site = request.headers['sec-fetch-site']
  const isForeign = typeof site === 'string' && site !== 'same-origin' && site !== 'none'
  if (isForeign || typeof given !== 'string' || !isSameSecret(given, session.csrf)) throw new Fault('AUTH-004')
}

export const actorOfRequest = (request: FastifyRequest): Actor =>
  request.user === null
    ? { ...SYSTEM, name: '(未ログイン)', terminal: request.ip }
    : { userId: request.user.userId, name: request.user.login, terminal: request.user.terminal }

/** A refused attempt is an event; when it cannot be written the request fails altogether. */
export async function recordRefusal(deps: ApiDeps, request: FastifyRequest, code: string): Promise<void> {
  const params = request.params as Readonly<Record<string, string | undefined>> // path texts, not yet checked
  const { config } = request.routeOptions
  const id = (name: string): string | null => {
    const value = params[name]
    return value !== undefined && UUID.test(value) ? value : null
  }
  const insured = params['insuredId']
  await deps.db.tx((tx) =>
    appendEvent(tx, {
      at: deps.clock.now(),
      kind: 'refused',
      actor: actorOfRequest(request),
      runId: id('runId'),
      taskId: id('taskId'),
      subjects: insured !== undefined && /^\d{1,18}$/.test(insured) ? [{ kind: 'insured', id: insured }] : [],
      payload: {
        code,
        act: config.right ?? request.method,
        ...(config.right === undefined ? {} : { what: API[config.right].summary }),
      },
    }),
  )
}
