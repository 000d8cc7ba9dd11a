import type { FastifyInstance } from 'fastify'
import type { ApiDeps } from '../../deps.ts'

/** `/healthz` the process answers, `/readyz` its database too. No business data in either. */
export function health(app: FastifyInstance, deps: ApiDeps): void {
  app.get('/healthz', async () => ({ status: 'ok' }))
  app.get('/readyz', async (_request, reply) => {
    const isReady = await deps.db.one('select 1 as one').then(
      () => true,
      () => false,
    )
    return reply.code(isReady ? 200 : 503).send({ status: isReady ? 'ready' : 'database not reachable' })
  })
}
