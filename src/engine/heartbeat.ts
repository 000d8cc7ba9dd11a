import type { Database, Sql } from '#db/database.ts'
import { errorText, type EngineLog } from './log.ts'
import type { LosslessObject } from './lossless-json.ts'
import { keysByPartition } from './partition-keys.ts'
import type { EnginePort } from './port.ts'

/** Name of the message whose record, when it comes back, tells how far the record stream has come. */
export const HEARTBEAT_MESSAGE = 'koki/heartbeat'
const EVERY_MS = 2_000
const machineNow = (): string => new Date().toISOString()

/** Whether a record is a heartbeat's. They are counted, not stored. */
export const isHeartbeat = (record: { readonly valueType: string; readonly value: LosslessObject }): boolean =>
  record.valueType === 'MESSAGE' && record.value['name'] === HEARTBEAT_MESSAGE

/** How many beats pass before the number of partitions is asked for again. */
const ASK_EVERY = 30

/**
 * Sends a heartbeat (time-to-live 0) to every partition every two seconds until `stop`. One process of an installation is
 * enough.
 */
export function startHeartbeat(deps: {
  readonly db: Database
  readonly engine: EnginePort
  readonly log: EngineLog
  readonly everyMs?: number
}): { stop(): Promise<void> } {
  let isStopped = false
  let wake = (): void => undefined
  const rest = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms)
      wake = (): void => {
        clearTimeout(timer)
        resolve()
      }
    })
  let partitions = 1
  const beat = async (): Promise<void> => {
    for (let n = 0; !isStopped; n++) {
      if (n % ASK_EVERY === 0) {
        const found = await deps.engine.topology()
        if (found.kind === 'done') ({ partitions } = found.value)
        else n = -1 // not there yet: ask again at the next beat
      }
      await sendBeat(deps, partitions).catch((error: unknown) =>
        deps.log.warn({ error: errorText(error) }, 'heartbeat not sent'),
      )
      if (!isStopped) await rest(deps.everyMs ?? EVERY_MS)
    }
  }
  const running = beat()
  return {
    stop() {
      isStopped = true
      wake()
      return running
    },
  }
}

async function sendBeat(
  { db, engine }: { readonly db: Database; readonly engine: EnginePort },
  partitions: number,
): Promise<void> {
  const sentAt = machineNow()
  const { number } = await db.one<{ number: bigint }>(
    `insert into engine_heartbeat (sent_number, sent_at, seen_number, partitions) values (1, $1, 0, $2)
     on conflict (one) do update set sent_number = engine_heartbeat.sent_number + 1, sent_at = excluded.sent_at,
       partitions = excluded.partitions
     returning sent_number as number`,
    [sentAt, partitions],
  )
  const variables = { number: number.toString(), sentAt }
  const message = { name: HEARTBEAT_MESSAGE, messageId: '', ttlMs: 0, variables }
  await Promise.all(
    keysByPartition(partitions).map((correlationKey) => engine.publishMessage({ ...message, correlationKey })),
  )
}

/**
 * Notes the heartbeat of a partition's record, if it is a later one than its last. `engine_heartbeat` then tells of the
 * partition that lags most; nothing while one has not come back at all.
 */
export async function seeBeat(sql: Sql, partition: number, value: LosslessObject): Promise<void> {
  const variables = value['variables'] as { readonly number?: unknown; readonly sentAt?: unknown } | undefined
  if (typeof variables?.number !== 'string' || typeof variables.sentAt !== 'string') return
  await sql.run(
    `insert into engine_heartbeats_seen (partition, seen_number, seen_at, seen_sent_at)
     select $1, $2, $3, $4 from engine_heartbeat where sent_number >= $2
     on conflict (partition) do update set seen_number = excluded.seen_number, seen_at = excluded.seen_at,
       seen_sent_at = excluded.seen_sent_at where engine_heartbeats_seen.seen_number < excluded.seen_number`,
    [partition, BigInt(variables.number), machineNow(), variables.sentAt],
  )
  await sql.run(
    `update engine_heartbeat h set seen_number = s.seen_number, seen_at = s.seen_at, seen_sent_at = s.seen_sent_at
       from (select seen_number, seen_at, seen_sent_at from engine_heartbeats_seen
              where partition <= (select partitions from engine_heartbeat) order by seen_number limit 1) s
      where h.seen_number < s.seen_number and s.seen_number <= h.sent_number
        and h.partitions <= (select count(*) from engine_heartbeats_seen)`,
  )
}

/** From here on a screen shows its data as old, and 完了する is off. */
const OLD_MS = 30_000
/** No heartbeat for this long: nobody is there. */
const GONE_MS = 120_000

/** The age in a word. */
export const engineState = (ageMs: number | null): 'ok' | 'behind' | 'stopped' =>
  ageMs === null || ageMs > GONE_MS ? 'stopped' : ageMs > OLD_MS ? 'behind' : 'ok'

/**
 * 最新性: how old our knowledge of the engine is, in milliseconds: the time since the newest heartbeat that came back
 * was sent. Null while none has come back. By the machine's time: our own may be moved ahead by days (日を進める), which
 * makes nothing older.
 */
export async function engineAge(sql: Sql, now: () => number = Date.now): Promise<number | null> {
  const { seenSentAt } = await sql.one<{ seenSentAt: string | null }>(`select ${SEEN_SENT_AT} as "seenSentAt"`)
  return ageSince(seenSentAt, now)
}

/** When the newest heartbeat that came back was sent, as SQL: for who asks other things with it. */
export const SEEN_SENT_AT = '(select seen_sent_at from engine_heartbeat)'
/** The 最新性 from it. */
export const ageSince = (seenSentAt: string | null, now: () => number = Date.now): number | null =>
  seenSentAt === null ? null : Math.max(0, now() - Date.parse(seenSentAt))
