import { createServer } from 'node:http'
import type { FastifyInstance } from 'fastify'
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Clock } from '#kernel/clock.ts'
import type { Database } from '#db/database.ts'
import type { DiskSpace } from '#runtime/disk-space.ts'
import { readOperations } from './routes/operations-queries.ts'

/** Numbers for Prometheus. No business data, no names. */
export interface Metrics {
  readonly registry: Registry
  /** Measures every request of an app by the pattern of its route. */
  watch(app: FastifyInstance): void
}

type View = Awaited<ReturnType<typeof readOperations>>
const seconds = (ms: number | null): number => (ms === null ? Number.NaN : ms / 1_000)

/** One row a gauge: name, meaning, and where 稼働状況 has it. */
const GAUGES: readonly (readonly [string, string, (view: View) => number])[] = [
  ['koki_engine_age_seconds', 'Age of what the engine told us', ({ engine }) => seconds(engine.ageMs)],
  ['koki_outbox_pending', 'Owed to the engine', ({ engine }) => engine.owed],
  ['koki_outbox_age_seconds', 'Age of the oldest owed to the engine', ({ engine }) => seconds(engine.owedMs ?? 0)],
  ['koki_runs_open', 'Runs under way', ({ work }) => work.runs],
  ['koki_steps_waiting', 'Automatic steps that the engine waits for', ({ work }) => work.waiting],
  ['koki_incidents_open', 'Steps that stand still', ({ work }) => work.incidents],
  ['koki_tasks_open', 'Open tasks', ({ work }) => work.openTasks],
  ['koki_files_waiting', 'Files received and not read', ({ files }) => files.waiting],
  ['koki_audit_unsealed', 'Events without a seal', ({ database }) => database.unsealed],
  ['koki_alarms_open', 'Open alarms', ({ alarms }) => alarms.length],
  ['koki_quarantine_open', 'Records in quarantine', ({ quarantine }) => quarantine.length],
  ['koki_disk_free_bytes', 'Free on the disk of the data folder', ({ disk }) => disk.freeBytes],
  ['koki_database_bytes', 'Size of the database', ({ database }) => database.bytes],
  ['koki_backup_age_seconds', 'Age of the last backup', ({ backup }) => seconds(backup?.ageMs ?? null)],
  [
    'koki_workers_alive',
    'Worker processes that live',
    ({ processes }) => processes.filter(({ name, isAlive }) => name === 'koki-workers' && isAlive).length,
  ],
]

export function openMetrics(deps: {
  readonly db: Database
  readonly clock: Clock
  readonly space: DiskSpace
}): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const requests = new Histogram({
    name: 'koki_request_seconds',
    help: 'Requests by route pattern and status',
    labelNames: ['method', 'route', 'status'],
    registers: [registry],
  })
  let reading: Promise<View | null> = Promise.resolve(null)
  for (const [index, [name, help, value]] of GAUGES.entries())
    void new Gauge({
      name,
      help,
      registers: [registry],
      async collect() {
        if (index === 0) reading = readOperations(deps).catch(() => null) // once a scrape
        const view = await reading
        this.set(view === null ? Number.NaN : value(view))
      },
    })
  return {
    registry,
    watch(app) {
      app.addHook('onResponse', async (request, reply) => {
        const labels = { method: request.method, route: request.routeOptions.url ?? 'none', status: reply.statusCode }
        requests.observe(labels, reply.elapsedTime / 1_000)
      })
    },
  }
}

/** `/metrics` on a port of its own, on this machine only: not behind the address that clerks reach. */
export async function serveMetrics(
  { registry }: Metrics,
  port: number,
): Promise<{ readonly port: number; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    if (request.method !== 'GET' || request.url !== '/metrics') return void response.writeHead(404).end()
    registry.metrics().then(
      (text) => response.writeHead(200, { 'content-type': registry.contentType }).end(text),
      () => response.writeHead(500).end(),
    )
  })
  await new Promise<void>((ok, fail) => server.once('error', fail).listen(port, '127.0.0.1', ok))
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    close: () =>
      new Promise((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}
