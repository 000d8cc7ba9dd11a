import swagger from '@fastify/swagger'
import type { FastifyInstance } from 'fastify'
import { RIGHTS, type GuardedRoute } from '#access/rights.ts'
import { ROLE_LABELS } from '#access/roles.ts'
import { Problem, type RouteSchema } from '#access/route-schema.ts'
import { API } from '../../contract.ts'

// https://github.com/fastify/fastify-swagger
/** OpenAPI 3.1, made from the very schemas that check requests and replies. */
export const registerOpenApi = (app: FastifyInstance): void =>
  void app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: '後期高齢者医療 業務フロー API', version: '1' },
      components: {
        schemas: { Problem: Problem as never }, // a TypeBox schema is a JSON schema of 3.1
        securitySchemes: {
          session: { type: 'apiKey', in: 'cookie', name: 'koki_session' },
          token: { type: 'http', scheme: 'bearer' },
        },
      },
    },
    transform: ({ schema, url, route }) => ({ url, schema: describe({ ...schema }, route.config?.right) }),
  })

function describe(schema: Readonly<Record<string, unknown>>, right: GuardedRoute | undefined): object {
  if (right === undefined) return { ...schema, hide: true }
  const problem = { description: '誤り(RFC 9457)', content: { 'application/problem+json': { schema: Problem } } }
  const rule = RIGHTS[right]
  const { parts, idempotent, stream, status = 200 }: RouteSchema = API[right]
  const responses =
    stream === undefined ? schema['response'] : { [status]: { description: stream, content: { [stream]: {} } } }
  return {
    ...schema,
    tags: [right.split('/')[2] ?? ''],
    'x-roles': rule === 'public' || rule === 'anyone' ? rule : [...rule],
    description:
      typeof rule === 'string'
        ? rule === 'public'
          ? 'だれでも'
          : 'ログインした人'
        : rule.map((role) => ROLE_LABELS[role]).join('・'),
    ...(rule === 'public' ? {} : { security: [{ session: [] }, { token: [] }] }),
    ...(parts === undefined ? {} : { consumes: ['multipart/form-data'], body: parts }),
    ...(idempotent === undefined
      ? {}
      : {
          headers: {
            type: 'object',
            properties: { 'idempotency-key': { type: 'string', minLength: 8, maxLength: 100 } },
          },
        }),
    response: { ...(responses as object | undefined), default: problem },
  }
}
