import type { Clock } from '#kernel/clock.ts'
import type { Database, Tx } from '#db/database.ts'
import { isExchanged, raiseAlarm } from '../alarms.ts'
import { holdEpoch } from '../epoch.ts'
import { isHeartbeat, seeBeat } from '../heartbeat.ts'
import type { EngineLog } from '../log.ts'
import type { Projector } from '../projector.ts'
import { int8, parseRecord, type EngineRecord } from '../record.ts'
import { project } from './project.ts'

export interface IngestDeps {
  readonly db: Database
  readonly clock: Clock
  readonly projectors: readonly Projector[]
  readonly log: EngineLog
}

export interface IngestCounts {
  readonly stored: number
  readonly repeated: number
  readonly beats: number
}

/** The records do not continue what we know: another data directory, or a restored one. Nothing was stored. */
export class EngineExchanged extends Error {
  constructor(detail: string) {
    super(detail)
    this.name = 'EngineExchanged'
  }
}

/**
 * Stores one bulk in one transaction, all or nothing. Records at or below the high-water mark are compared with what
 * is stored, and dropped; a difference raises the alarm 'exchanged', stops the workers and throws `EngineExchanged`,
 * as does every later bulk until the epoch is raised.
 */
export async function storeBulk(deps: IngestDeps, texts: readonly string[]): Promise<IngestCounts> {
  try {
    return await deps.db.tx(async (tx) => {
      const epoch = await holdEpoch(tx)
      if (await isExchanged(tx)) throw new EngineExchanged('the epoch has not been raised yet')
      const records = texts.map((text) => parseRecord(text, epoch))
      const total = { stored: 0, repeated: 0, beats: 0 }
      for (const [partition, own] of byPartition(records)) {
        const counts = await storePartition(deps, tx, epoch, partition, own)
        total.stored += counts.stored
        total.repeated += counts.repeated
        total.beats += counts.beats
      }
      return total
    })
  } catch (error) {
    if (error instanceof EngineExchanged) await raiseExchanged(deps, error.message)
    throw error
  }
}

async function raiseExchanged({ db, clock, log }: IngestDeps, detail: string): Promise<void> {
  if (await isExchanged(db)) return
  await raiseAlarm(db, clock, 'exchanged', detail)
  log.error({ detail }, 'the engine’s data were exchanged: workers stand still until the epoch is raised')
}

/** In the order of partitions, so that two bulks never wait for each other. */
function byPartition(records: readonly EngineRecord[]): [number, EngineRecord[]][] {
  const groups = Map.groupBy(records, ({ partition }) => partition)
  return [...groups].sort(([one], [other]) => one - other)
}

async function storePartition(
  deps: IngestDeps,
  tx: Tx,
  epoch: number,
  partition: number,
  records: readonly EngineRecord[],
): Promise<IngestCounts> {
  await tx.run(`select pg_advisory_xact_lock(hashtextextended('engine-ingest', 0) # ($1::bigint << 32) # $2::bigint)`, [
    epoch,
    partition,
  ])
  const mark = await tx.maybe<{ position: bigint }>(
    `select position from engine_positions where epoch = $1 and partition = $2`,
    [epoch, partition],
  )
  const reached = mark?.position ?? -1n
  const repeats = records.filter(({ position }) => position <= reached)
  await compare(tx, epoch, partition, repeats)
  const fresh = dropRepeats(records.filter(({ position }) => position > reached))
  const beats = fresh.filter(isHeartbeat)
  const kept = fresh.filter((record) => !isHeartbeat(record))
  await insert(tx, kept)
  for (const record of kept) await project(deps, tx, record)
  const last = beats.findLast(({ intent }) => intent === 'PUBLISHED')
  if (last) await seeBeat(tx, deps.clock, last.value)
  const newest = fresh.at(-1)
  if (newest)
    await tx.run(
      `insert into engine_positions (epoch, partition, position, updated_at) values ($1, $2, $3, $4)
       on conflict (epoch, partition) do update set position = excluded.position, updated_at = excluded.updated_at`,
      [epoch, partition, newest.position, deps.clock.now()],
    )
  return { stored: kept.length, repeated: records.length - fresh.length, beats: beats.length }
}

/** A bulk is in the order of positions; the same record twice in one bulk counts once. */
function dropRepeats(records: readonly EngineRecord[]): EngineRecord[] {
  const sorted = [...records].sort((one, other) => (one.position < other.position ? -1 : 1))
  return sorted.filter(({ position }, at) => position !== sorted[at - 1]?.position)
}

/** What makes a record the same one; its text may differ when the engine was upgraded in between. */
const identity = (record: { valueType: string; intent: string; key: bigint; at: string }): string =>
  `${record.valueType} ${record.intent} ${record.key} ${record.at}`

async function compare(tx: Tx, epoch: number, partition: number, repeats: readonly EngineRecord[]): Promise<void> {
  if (repeats.length === 0) return
  const stored = await tx.rows<{ position: bigint; valueType: string; intent: string; key: bigint; at: string }>(
    `select position, value_type as "valueType", intent, key, at from engine_records
      where epoch = $1 and partition = $2 and position = any($3)`,
    [epoch, partition, repeats.map(({ position }) => position)],
  )
  const known = new Map(stored.map((record) => [record.position, identity(record)]))
  for (const record of repeats) {
    const was = known.get(record.position) ?? 'heartbeat'
    const is = isHeartbeat(record) ? 'heartbeat' : identity(record)
    if (was !== is)
      throw new EngineExchanged(
        `epoch ${epoch}, partition ${partition}, position ${record.position}: ${is} instead of ${was}`,
      )
  }
}

async function insert(tx: Tx, records: readonly EngineRecord[]): Promise<void> {
  if (records.length === 0) return
  const instanceKey = ({ value }: EngineRecord): bigint | null =>
    value['processInstanceKey'] === undefined ? null : int8(value, 'processInstanceKey')
  const elementId = ({ value }: EngineRecord): string | null =>
    typeof value['elementId'] === 'string' ? value['elementId'].replaceAll('\0', '␀') : null
  await tx.run(
    `insert into engine_records
       (epoch, partition, position, value_type, intent, key, process_instance_key, element_id, at, record)
     select * from unnest($1::int[], $2::int[], $3::bigint[], $4::text[], $5::text[], $6::bigint[], $7::bigint[],
       $8::text[], $9::timestamptz[], $10::text[])`,
    [
      records.map(({ epoch }) => epoch),
      records.map(({ partition }) => partition),
      records.map(({ position }) => position),
      records.map(({ valueType }) => valueType),
      records.map(({ intent }) => intent),
      records.map(({ key }) => key),
      records.map(instanceKey),
      records.map(elementId),
      records.map(({ at }) => at),
      records.map(({ text }) => text),
    ],
  )
}
