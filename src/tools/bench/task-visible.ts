import type { Product } from '#tests/support/product.ts'
import { until } from '#tests/support/until.ts'
import { together } from '#kernel/together.ts'
import { writeSampleSettings } from '../sample/settings.ts'
import { BENCH_CLOCK, openOffice, takeIn } from './office.ts'
import { atRate, openProduct, SMALLEST_FLOW } from './product.ts'
import type { BenchRow } from './row.ts'
import { percentile } from './statistics.ts'
import { thinReceipts } from './thin-receipts.ts'

const ROWS = 1_000_000
const ROWS_A_PERSON = 6.6
const PER_SECOND = 2
const KINDS = ['atena', 'hihokensha', 'soufusaki', 'yokushi', 'kiwari', 'shuno', 'yuyo', 'tokusoku']

interface Seen {
  readonly items: readonly { readonly runId: string; readonly state: string }[]
}

interface WatchedList {
  /** When each run's task first stood open in the list. */
  readonly seen: ReadonlyMap<string, number>
  stop(): Promise<void>
}

/** Reads the list as a screen does: after each word of the server that a task has changed. */
async function watchList(product: Product): Promise<WatchedList> {
  const seen = new Map<string, number>()
  const read = together(async () => {
    const path = `/api/tasks?flow=${SMALLEST_FLOW}&limit=100&sort=-createdAt`
    const { status, body } = await product.call<Seen>('tantou', 'GET', path)
    if (status !== 200) throw new Error(`GET /api/tasks answered ${status}`)
    const now = Date.parse(product.clock.now())
    for (const { runId, state } of body.items) if (state !== 'preparing' && !seen.has(runId)) seen.set(runId, now)
  })
  const events = await product.fetch('tantou', '/api/events')
  if (events.body === null) throw new Error(`GET /api/events answered ${events.status}`)
  const stream = events.body.pipeThrough(new TextDecoderStream()).getReader()
  const failures: unknown[] = []
  const listening = (async () => {
    for (let told = await stream.read(); !told.done; told = await stream.read())
      if (told.value.includes('"topic":"task"')) read().catch((error: unknown) => failures.push(error))
  })()
  listening.catch((error: unknown) => failures.push(error))
  return {
    seen,
    stop: async () => {
      await stream.cancel()
      await read() // the last one has ended
      if (failures.length > 0) throw failures[0]
    },
  }
}

/** How long a colleague's next task takes to appear while the largest 滞納者把握 runs. */
export const taskVisible: BenchRow = {
  name: 'task-visible',
  what: '前の工程の確定から作業一覧に出るまで、100万行の001の最中',
  goal: 'p99 0.5秒未満',
  async run({ folder, scale, log }) {
    const office = await openOffice(folder, Math.ceil((ROWS * scale) / ROWS_A_PERSON))
    try {
      await thinReceipts(folder)
      await takeIn(office, 'koki', KINDS)
      const product = await openProduct(office)
      try {
        await product.db.tx((tx) => writeSampleSettings(tx, BENCH_CLOCK))
        const large = await product.call<{ runId: string }>('tantou', 'POST', '/api/runs', {
          flow: '5-2-tokusoku',
          params: {},
        })
        if (large.status !== 201) throw new Error(`POST /api/runs answered ${large.status}`)
        const isRunning = (): Promise<boolean> => stateOf(product, large.body.runId, 'open')
        await until('001 runs', isRunning, 60_000)
        const list = await watchList(product)
        const runs: string[] = []
        while (await isRunning())
          await atRate(PER_SECOND, 2, async () => {
            const { body } = await product.call<{ runId: string }>('tantou', 'POST', '/api/runs', {
              flow: SMALLEST_FLOW,
              params: { fileName: 'bench.csv' },
            })
            runs.push(body.runId)
          })
        const rows = await until(
          'every task has been seen',
          async () => (runs.every((id) => list.seen.has(id)) ? committed(product, runs) : null),
          60_000,
        )
        await list.stop()
        const times = rows.map(({ runId, at }) => (list.seen.get(runId) ?? 0) - Date.parse(at))
        log(`${times.length} tasks while 001 ran`)
        for (const line of await stages(product, runs, list.seen)) log(line)
        const [p50, p99] = [percentile(times, 0.5), percentile(times, 0.99)]
        return {
          measured: `p50 ${p50} ms、p99 ${p99} ms`,
          isMet: times.length > 0 && p99 < 500,
          conditions: `${times.length} 件、毎秒 ${PER_SECOND} 件、画面と同じく、変わったという知らせのたびに一覧を読む(その分も含む)`,
        }
      } finally {
        await product.close()
      }
    } finally {
      await office.server.stop()
    }
  },
}

const stateOf = async (product: Product, runId: string, state: string): Promise<boolean> =>
  (await product.db.maybe(
    `select 1 from step_runs where run_id = $1 and step_id = '5-2-tokusoku/001-identify-delinquents' and state = $2`,
    [runId, state],
  )) !== null

const committed = (product: Product, runs: readonly string[]): Promise<{ runId: string; at: string }[]> =>
  product.db.rows<{ runId: string; at: string }>(
    `select run_id as "runId", finished_at as at from step_runs where run_id = any($1) and round = 1
       and step_id = '0-1-juryo-kakunin/001-register-receipt'`,
    [runs],
  )

interface Stages {
  readonly runId: string
  readonly committed: string
  readonly told: string
  readonly announced: string
  readonly begun: string
  readonly opened: string
}

/** Where the time went, stage by stage: what to look at when the goal is missed. */
async function stages(product: Product, runs: readonly string[], seen: ReadonlyMap<string, number>): Promise<string[]> {
  const rows = await product.db.rows<Stages>(
    `select f.run_id as "runId", f.finished_at as committed, o.done_at as told, t.created_at as announced,
       h.created_at as begun, e.at as opened
     from step_runs f join outbox o on o.run_id = f.run_id and o.kind = 'complete-job' join tasks t on t.run_id = f.run_id
     join step_runs h on h.id = t.step_run_id join audit_events e on e.task_id = t.id and e.kind = 'task-opened'
     where f.run_id = any($1) and f.step_id = '0-1-juryo-kakunin/001-register-receipt'`,
    [runs],
  )
  const at = rows.map(({ runId, ...times }) => [
    ...Object.values(times).map((time: string) => Date.parse(time)),
    seen.get(runId) ?? 0,
  ])
  const names = [
    'commit → engine told',
    'told → announced',
    'announced → taken up',
    'taken up → open',
    'open → in the list',
  ]
  return names.map((name, n) => {
    const took = at.map((row) => (row[n + 1] ?? 0) - (row[n] ?? 0))
    return `  ${name}: p50 ${percentile(took, 0.5)}, p99 ${percentile(took, 0.99)}, most ${Math.max(...took)} ms`
  })
}
