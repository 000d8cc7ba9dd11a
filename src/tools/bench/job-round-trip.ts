import { randomUUID } from 'node:crypto'
import { connectZeebe } from '#engine/zeebe/adapter.ts'
import { serviceModel } from '#tests/support/engine-models.ts'
import type { Product } from '#tests/support/product.ts'
import { until } from '#tests/support/until.ts'
import { openOffice } from './office.ts'
import { atRate, openProduct, SMALLEST_FLOW } from './product.ts'
import type { BenchRow } from './row.ts'
import { percentile } from './statistics.ts'

const PER_SECOND = 5
const SECONDS = 60
const ROUNDS = 3
const BARE = 'bench-bare'
const QUIET = { info() {}, warn() {}, error() {} }

/** Start and one service task with the engine alone: publish, be handed the job, complete it. Milliseconds. */
async function bareTrips(product: Product, seconds: number): Promise<number[]> {
  const engine = connectZeebe(product.broker().gatewayAddress, QUIET)
  const deployed = await engine.deploy([{ name: `${BARE}.bpmn`, xml: serviceModel(BARE) }])
  if (deployed.kind !== 'done') throw new Error(`the bare model was not deployed: ${deployed.message}`)
  const waiting = new Map<string, () => void>()
  const worker = engine.openWorker({
    type: BARE,
    fetchVariables: ['id'],
    capacity: 4,
    handle: async (job) => {
      const outcome = await engine.completeJob(job.key, {})
      if (outcome.kind !== 'done') throw new Error(outcome.message)
      waiting.get(job.variables['id'] as string)?.() // the text we sent
    },
  })
  const trips: number[] = []
  await atRate(PER_SECOND, seconds, async () => {
    const id = randomUUID()
    const startedAt = performance.now()
    const back = new Promise<void>((resolve) => waiting.set(id, resolve))
    await engine.publishMessage({
      name: `${BARE}/start`,
      correlationKey: id,
      messageId: id,
      ttlMs: 0,
      variables: { id },
    })
    await back
    trips.push(performance.now() - startedAt)
  })
  await worker.stop()
  await engine.close()
  return trips
}

/** The same road through the product: run committed → message → job → step with audit → outbox → completed. Milliseconds. */
async function productTrips(product: Product, seconds: number): Promise<number[]> {
  const started: string[] = []
  await atRate(PER_SECOND, seconds, async (n) => {
    const { status, body } = await product.call<{ runId: string }>('tantou', 'POST', '/api/runs', {
      flow: SMALLEST_FLOW,
      params: { fileName: `bench-${n}.csv` },
    })
    if (status !== 201) throw new Error(`POST /api/runs answered ${status}`)
    started.push(body.runId)
  })
  const rows = await until(
    'every job is completed',
    async () => {
      const found = await product.db.rows<{ ms: number }>(
        `select extract(epoch from o.done_at - r.created_at)::float8 * 1000 as ms from runs r
         join outbox o on o.run_id = r.id and o.kind = 'complete-job' and o.state = 'done'
         where r.id = any($1)`,
        [started],
      )
      return found.length === started.length ? found : null
    },
    60_000,
  )
  return rows.map(({ ms }) => ms)
}

/** How long the first heartbeat sent after the last trip takes through engine, export and ingest. Milliseconds. */
async function ingestAge(product: Product): Promise<number> {
  const endedAt = new Date().toISOString()
  return until('a heartbeat comes back', async () => {
    const beat = await product.db.maybe<{ ms: number }>(
      `select extract(epoch from seen_at - seen_sent_at)::float8 * 1000 as ms from engine_heartbeat where seen_sent_at > $1`,
      [endedAt],
    )
    return beat === null ? null : Math.round(beat.ms)
  })
}

const figures = (trips: readonly number[]): { p50: number; p99: number } => ({
  p50: percentile(trips, 0.5),
  p99: percentile(trips, 0.99),
})

/** One job there and back at the pace of a busy office. */
export const jobRoundTrip: BenchRow = {
  name: 'job-round-trip',
  what: 'ジョブの往復、毎秒5件を60秒',
  goal: 'エンジンだけより p50 は20ミリ秒、p99 は100ミリ秒以内、終わりの記録の遅れ1秒未満',
  async run({ folder, scale, log }) {
    const office = await openOffice(folder, 10)
    try {
      const product = await openProduct(office)
      try {
        const each = Math.max(2, Math.round((SECONDS * scale) / ROUNDS))
        const trips: { bare: number[]; product: number[] } = { bare: [], product: [] }
        await productTrips(product, 2) // first calls compile and connect
        for (let round = 1; round <= ROUNDS; round += 1) {
          trips.bare.push(...(await bareTrips(product, each)))
          trips.product.push(...(await productTrips(product, each)))
          log(`round ${round}: bare ${trips.bare.length}, product ${trips.product.length}`)
        }
        const age = await ingestAge(product)
        const [bare, ours] = [figures(trips.bare), figures(trips.product)]
        return {
          measured: `p50 ${ours.p50.toFixed(0)} ms(エンジンだけ ${bare.p50.toFixed(0)})、p99 ${ours.p99.toFixed(0)} ms(${bare.p99.toFixed(0)})、遅れ ${age} ms`,
          isMet: ours.p50 <= bare.p50 + 20 && ours.p99 <= bare.p99 + 100 && age < 1000,
          conditions: `各 ${trips.product.length} 件、${ROUNDS} 回交互、記録の取込みは両方とも動いている`,
        }
      } finally {
        await product.close()
      }
    } finally {
      await office.server.stop()
    }
  },
}
