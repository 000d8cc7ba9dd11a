import type { Tx } from '#db/database.ts'
import { isHeartbeat } from '../heartbeat.ts'
import type { EngineRecord } from '../record.ts'

/** The records do not continue what we know: another data directory, or a restored one. Nothing was stored. */
export class EngineExchanged extends Error {
  constructor(detail: string) {
    super(detail)
    this.name = 'EngineExchanged'
  }
}

/** How far a partition's stream has come: the newest position, and the newest of the engine's times (ISO). */
export interface HighWaterMark {
  readonly position: bigint
  readonly at: string
}

/** What makes a record the same one; its text may differ when the engine was upgraded in between. */
const identity = (record: { valueType: string; intent: string; key: bigint; at: string }): string =>
  `${record.valueType} ${record.intent} ${record.key} ${record.at}`

/**
 * Compares records that come again with what is stored. Throws `EngineExchanged` for one that is another than before,
 * and for one where nothing was stored when it is newer than all we knew: a heartbeat, or a kind of record that was not
 * recorded then, comes again with its old time; another data directory writes with today's.
 */
export async function compare(tx: Tx, repeats: readonly EngineRecord[], reached: HighWaterMark): Promise<void> {
  const [one] = repeats
  if (one === undefined) return
  const { epoch, partition } = one
  const stored = await tx.rows<{ position: bigint; valueType: string; intent: string; key: bigint; at: string }>(
    `select position, value_type as "valueType", intent, key, at from engine_records
      where epoch = $1 and partition = $2 and position = any($3)`,
    [epoch, partition, repeats.map(({ position }) => position)],
  )
  const known = new Map(stored.map((record) => [record.position, identity(record)]))
  for (const record of repeats) {
    const was = known.get(record.position)
    const isSame = was === undefined ? record.at <= reached.at : was === identity(record)
    if (isSame) continue
    const what = isHeartbeat(record) ? `heartbeat ${record.at}` : identity(record)
    throw new EngineExchanged(
      `epoch ${epoch}, partition ${partition}, position ${record.position}: ${what} instead of ${was ?? `nothing until ${reached.at}`}`,
    )
  }
}
