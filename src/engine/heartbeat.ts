import type { Database, Sql } from '#db/database.ts'
import { errorText, type EngineLog } from './log.ts'
import type { LosslessObject } from './lossless-json.ts'
import type { EnginePort } from './port.ts'

/** Name of the message whose record, when it comes back, tells how far the record stream has come. */
export const HEARTBEAT_MESSAGE = 'koki/heartbeat'
const EVERY_MS = 2_000
const machineNow = (): string => new Date().toISOString()

/** Whether a record is a heartbeat's. They are counted, not stored. */
export const isHeartbeat = (record: { readonly valueType: string; readonly value: LosslessObject }): boolean =>
  record.valueType === 'MESSAGE' && record.value['name'] === HEARTBEAT_MESSAGE

/** Sends a heartbeat (time-to-live 0) every two seconds until `stop`. One process of an installation is enough. */
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
  const beat = async (): Promise<void> => {
    while (!isStopped) {
      await sendBeat(deps).catch((error: unknown) => deps.log.warn({ error: errorText(error) }, 'heartbeat not sent'))
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

async function sendBeat({ db, engine }: { readonly db: Database; readonly engine: EnginePort }): Promise<void> {
  const sentAt = machineNow()
  const { number } = await db.one<{ number: bigint }>(
    `insert into engine_heartbeat (sent_number, sent_at, seen_number) values (1, $1, 0)
     on conflict (one) do update set sent_number = engine_heartbeat.sent_number + 1, sent_at = excluded.sent_at
     returning sent_number as number`,
    [sentAt],
  )
  await engine.publishMessage({
    name: HEARTBEAT_MESSAGE,
    correlationKey: 'koki',
    messageId: '',
    ttlMs: 0,
    variables: { number: number.toString(), sentAt },
  })
}

/** Notes the heartbeat of a record, if it is a later one than the last. */
export async function seeBeat(sql: Sql, value: LosslessObject): Promise<void> {
  const variables = value['variables'] as { readonly number?: unknown; readonly sentAt?: unknown } | undefined
  if (typeof variables?.number !== 'string' || typeof variables.sentAt !== 'string') return
  await sql.run(
    `update engine_heartbeat set seen_number = $1, seen_at = $2, seen_sent_at = $3
      where seen_number < $1 and $1 <= sent_number`,
    [BigInt(variables.number), machineNow(), variables.sentAt],
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
  const beat = await sql.maybe<{ seenSentAt: string | null }>(
    `select seen_sent_at as "seenSentAt" from engine_heartbeat`,
  )
  return beat?.seenSentAt == null ? null : Math.max(0, now() - Date.parse(beat.seenSentAt))
}
