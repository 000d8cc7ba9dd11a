import type { Clock } from '#kernel/clock.ts'
import type { LogLine } from '#kernel/log-line.ts'
import { inJapan } from '#kernel/japan-time.ts'
import type { Database, Tx } from '#db/database.ts'
import { GENESIS, sealHash, type Seal } from './chain.ts'

/** Key of the advisory lock that lets one process seal at a time. */
const SEALER_LOCK = 720_700_001
const BATCH = 2_000

export interface Sealer {
  /** Seals what waits; answers how many. */
  sealNow(): Promise<number>
  /** Waits for the pass in hand and ends. */
  stop(): Promise<void>
}

/**
 * 封印: chains committed events in the order in which they became visible, and writes the head of each finished day.
 * A pass every 0.3 s, so an event is sealed well within a second of its commit.
 */
export function startSealer(
  db: Database,
  clock: Clock,
  log: LogLine,
  options: { readonly everyMs?: number } = {},
): Sealer {
  const everyMs = options.everyMs ?? 300
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  let running: Promise<unknown> = Promise.resolve()
  const sealNow = (): Promise<number> => {
    const next = running.then(() => sealAll(db, clock))
    running = next.catch(() => undefined)
    return next
  }
  const loop = (): void => {
    timer = setTimeout(() => {
      sealNow()
        .catch((error: unknown) =>
          log(`sealing failed: ${error instanceof Error ? error.name : 'unknown'}`, { level: 'error' }),
        )
        .finally(() => {
          if (!stopped) loop()
        })
    }, everyMs)
  }
  loop()
  return {
    sealNow,
    async stop() {
      stopped = true
      clearTimeout(timer)
      await running
    },
  }
}

async function sealAll(db: Database, clock: Clock): Promise<number> {
  let count = 0
  for (;;) {
    const done = await db.tx((tx) => sealBatch(tx, clock))
    count += done
    if (done < BATCH) return count
  }
}

/** One batch under the lock; nothing when another process seals. */
async function sealBatch(tx: Tx, clock: Clock): Promise<number> {
  const { got } = await tx.one<{ got: boolean }>(`select pg_try_advisory_xact_lock($1) as got`, [SEALER_LOCK])
  if (!got) return 0
  const last = await lastSeal(tx)
  await writeDayHead(tx, clock, last)
  const waiting = await tx.rows<Waiting>(
    `with taken as (delete from audit_unsealed where event_id in
                     (select event_id from audit_unsealed order by event_id limit $1) returning event_id)
     select e.id, e.hash from audit_events e join taken t on t.event_id = e.id order by e.id`,
    [BATCH],
  )
  if (waiting.length > 0) await insertSeals(tx, chainOf(last, waiting), clock)
  return waiting.length
}

interface Waiting {
  readonly id: bigint
  readonly hash: string
}
interface Last {
  readonly number: bigint
  readonly hash: string
  readonly at: string | null
}

const lastSeal = async (tx: Tx): Promise<Last> =>
  (await tx.maybe<Last>(`select number, hash, sealed_at as at from audit_seals order by number desc limit 1`)) ?? {
    number: 0n,
    hash: GENESIS,
    at: null,
  }

function chainOf(last: Last, waiting: readonly Waiting[]): Seal[] {
  let { number, hash } = last
  return waiting.map(({ id, hash: eventHash }) => {
    const link = { number: ++number, eventId: id, eventHash, previousHash: hash }
    hash = sealHash(link)
    return { ...link, hash }
  })
}

const insertSeals = (tx: Tx, seals: readonly Seal[], clock: Clock): Promise<number> =>
  tx.copyIn(
    'audit_seals',
    ['number', 'event_id', 'event_hash', 'previous_hash', 'hash', 'sealed_at'],
    seals.map((s) => [s.number, s.eventId, s.eventHash, s.previousHash, s.hash, clock.now()]),
  )

/** 日の頭: the last link of a finished day. Whoever keeps a copy can tell when a tail was cut off. */
async function writeDayHead(tx: Tx, clock: Clock, last: Last): Promise<void> {
  if (last.at === null || inJapan(last.at).day >= clock.today()) return
  await tx.run(
    `insert into audit_day_heads (day, last_number, hash, written_at) values ($1, $2, $3, $4) on conflict do nothing`,
    [inJapan(last.at).day, last.number, last.hash, clock.now()],
  )
}
