import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Fault } from '#kernel/faults.ts'
import type { Call, Register } from '#access/route.ts'
import type { RouteSchema } from '#access/route-schema.ts'
import { API, type Api, type RouteKey } from './contract.ts'
import type { ApiDeps } from './deps.ts'
import { once, onceExactly, type Answer } from './plugins/app/idempotency.ts'

type AnyHandler = (call: Call<RouteSchema>) => Promise<unknown>

/** Fastify's form of a route's schema. */
export function fastifySchema(key: RouteKey): object {
  const schema: RouteSchema = API[key]
  return {
    summary: schema.summary,
    ...(schema.params ? { params: schema.params } : {}),
    ...(schema.query ? { querystring: schema.query } : {}),
    ...(schema.body ? { body: schema.body } : {}),
    ...(schema.reply ? { response: { [schema.status ?? 200]: schema.reply } } : {}),
  }
}

/** Where a route lies: `GET /api/tasks/:taskId` → method and url. */
export function placeOf(key: RouteKey): { readonly method: 'GET' | 'POST' | 'PUT'; readonly url: string } {
  const [method, url] = key.split(' ')
  return { method: method as 'GET' | 'POST' | 'PUT', url: url ?? '/' } // a RouteKey is 「METHOD /path」
}

/** The registrar that features are given. A route is registered once, with the row of the rights table of the same key. */
export function registrar(app: FastifyInstance, deps: ApiDeps): Register<Api> {
  return (key, handler) => {
    const schema: RouteSchema = API[key]
    const run = handler as unknown as AnyHandler // its parts were checked against this schema
    app.route({
      ...placeOf(key),
      schema: fastifySchema(key),
      config: { right: key },
      handler: async (request, reply) => {
        const { user } = request
        if (user === null) throw new Fault('AUTH-001')
        const call = (db = deps.db): Promise<unknown> =>
          run({
            params: request.params as never, // checked by the schema before this
            query: request.query as never,
            body: request.body as never,
            user,
            db,
            request,
            reply,
          })
        const idempotencyKey = keyOf(request)
        if (schema.idempotent === undefined || idempotencyKey === null) {
          const body = await call()
          return reply.sent ? reply : reply.code(statusOf(schema)).send(body)
        }
        const keyed = {
          userId: user.userId,
          key: idempotencyKey,
          route: key,
          content: [{ ...(request.params as object) }, request.body ?? null],
        }
        const answer =
          schema.idempotent === 'exact'
            ? await onceExactly(deps, keyed, statusOf(schema), call)
            : await once(deps, keyed, statusOf(schema), () => call())
        return send(reply, answer)
      },
    })
  }
}

const statusOf = (schema: RouteSchema): number => schema.status ?? 200

function keyOf(request: FastifyRequest): string | null {
  const given = request.headers['idempotency-key']
  if (given === undefined) return null
  if (typeof given !== 'string' || !/^[\w-]{8,100}$/.test(given))
    throw new Fault('REQ-001', { detail: 'Idempotency-Key は8〜100字の英数字にしてください。' })
  return given
}

const send = (reply: FastifyReply, { status, body, isReplay }: Answer): FastifyReply =>
  (isReplay ? reply.header('idempotent-replayed', 'true') : reply).code(status).send(body)
