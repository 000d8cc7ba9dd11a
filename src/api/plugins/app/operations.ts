import type { FastifyInstance } from 'fastify'
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { engineAge } from '#engine/heartbeat.ts'
import type { ApiDeps } from '../../deps.ts'

/** `/healthz` the process answers, `/readyz` its database too, `/metrics` for Prometheus. No business data in any. */
export function operations(app: FastifyInstance, deps: ApiDeps): void {
  const metrics = metricsOf(app, deps)
  app.get('/healthz', async () => ({ status: 'ok' }))
  app.get('/readyz', async (_request, reply) => {
    const isReady = await deps.db.one('select 1 as one').then(
      () => true,
      () => false,
    )
    return reply.code(isReady ? 200 : 503).send({ status: isReady ? 'ready' : 'database not reachable' })
  })
  app.get('/metrics', async (_request, reply) => reply.type(metrics.contentType).send(await metrics.metrics()))
}

function metricsOf(app: FastifyInstance, deps: ApiDeps): Registry {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const requests = new Histogram({
    name: 'koki_request_seconds',
    help: 'Requests by route pattern and status',
    labelNames: ['method', 'route', 'status'],
    registers: [registry],
  })
  app.addHook('onResponse', async (request, reply) => {
    const labels = { method: request.method, route: request.routeOptions.url ?? 'none', status: reply.statusCode }
    requests.observe(labels, reply.elapsedTime / 1_000)
  })
  const gauge = (name: string, help: string, read: () => Promise<number>): void =>
    void new Gauge({
      name,
      help,
      registers: [registry],
      async collect() {
        this.set(await read().catch(() => Number.NaN))
      },
    })
  const count = (sql: string) => async (): Promise<number> => (await deps.db.one<{ n: number }>(sql)).n
  gauge('koki_engine_age_seconds', 'Age of what the engine told us', async () => {
    const age = await engineAge(deps.db)
    return age === null ? Number.NaN : age / 1_000
  })
  gauge(
    'koki_outbox_pending',
    'Owed to the engine',
    count(`select count(*)::int as n from outbox where state = 'pending'`),
  )
  gauge(
    'koki_tasks_open',
    'Open tasks',
    count(`select count(*)::int as n from tasks where state in ('preparing', 'open')`),
  )
  gauge('koki_audit_unsealed', 'Events without a seal', count(`select count(*)::int as n from audit_unsealed`))
  gauge(
    'koki_alarms_open',
    'Open alarms',
    count(`select count(*)::int as n from engine_alarms where cleared_at is null`),
  )
  gauge(
    'koki_quarantine_open',
    'Records in quarantine',
    count(`select count(*)::int as n from engine_quarantine where resolved_at is null`),
  )
  return registry
}
