import type { Clock } from '#kernel/clock.ts'
import type { Database, Tx } from '#db/database.ts'
import { isExchanged, raiseAlarm } from '../alarms.ts'
import { EPOCH_LOCK } from '../epoch.ts'
import { isHeartbeat, seeBeat } from '../heartbeat.ts'
import type { EngineLog } from '../log.ts'
import type { Projector } from '../projector.ts'
import { int8, parseRecord, str, type EngineRecord, type StreamRecord } from '../record.ts'
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
  const groups = byPartition(texts.map(parseRecord))
  try {
    return await deps.db.tx(async (tx) => {
      const total = { stored: 0, repeated: 0, beats: 0 }
      const partitions = groups.map(([partition]) => partition)
      await lock(tx, partitions)
      const { epoch, isExchanged, marks } = await stateOf(tx)
      if (isExchanged) throw new EngineExchanged('the epoch has not been raised yet')
      for (const [partition, records] of groups) {
        const own = records.map((record) => ({ ...record, epoch }))
        const counts = await storePartition(deps, tx, own, BigInt(marks[partition] ?? -1))
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

/** The epoch stays, and nobody else stores records of these partitions, until the transaction ends. */
const lock = (tx: Tx, partitions: readonly number[]): Promise<number> =>
  tx.run(
    `select pg_advisory_xact_lock_shared(${EPOCH_LOCK}),
            (select count(pg_advisory_xact_lock(hashtextextended('engine-ingest', partition)))
               from unnest($1::int[]) as p (partition))`,
    [partitions],
  )

interface State {
  readonly epoch: number
  readonly isExchanged: boolean
  /** High-water marks by partition, as texts. */
  readonly marks: Readonly<Record<number, string>>
}

/** Read after the lock, by a statement of its own: one snapshot earlier it would be old. */
const stateOf = (tx: Tx): Promise<State> =>
  tx.one<State>(
    `select e.epoch,
            exists (select from engine_alarms where kind = 'exchanged' and cleared_at is null) as "isExchanged",
            coalesce((select jsonb_object_agg(partition, position::text) from engine_positions p
                       where p.epoch = e.epoch), '{}') as marks
       from (select max(epoch) as epoch from engine_epochs) e`,
  )

async function raiseExchanged({ db, clock, log }: IngestDeps, detail: string): Promise<void> {
  if (await isExchanged(db)) return
  await raiseAlarm(db, clock, 'exchanged', detail)
  log.error({ detail }, 'the engine’s data were exchanged: workers stand still until the epoch is raised')
}

/** In the order of partitions, so that two bulks never wait for each other. */
function byPartition(records: readonly StreamRecord[]): [number, StreamRecord[]][] {
  const groups = Map.groupBy(records, ({ partition }) => partition)
  return [...groups].sort(([one], [other]) => one - other)
}

async function storePartition(
  deps: IngestDeps,
  tx: Tx,
  records: readonly EngineRecord[],
  reached: bigint,
): Promise<IngestCounts> {
  const repeats = records.filter(({ position }) => position <= reached)
  await compare(tx, repeats)
  const fresh = dropRepeats(records.filter(({ position }) => position > reached))
  const beats = fresh.filter(isHeartbeat)
  const kept = fresh.filter((record) => !isHeartbeat(record))
  await insert(tx, deps.clock, kept, fresh.at(-1))
  await project(deps, tx, kept)
  const last = beats.findLast(({ intent }) => intent === 'PUBLISHED')
  if (last) await seeBeat(tx, deps.clock, last.value)
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

async function compare(tx: Tx, repeats: readonly EngineRecord[]): Promise<void> {
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
    const was = known.get(record.position) ?? 'heartbeat'
    const is = isHeartbeat(record) ? 'heartbeat' : identity(record)
    if (was !== is)
      throw new EngineExchanged(
        `epoch ${epoch}, partition ${partition}, position ${record.position}: ${is} instead of ${was}`,
      )
  }
}

/** Stores records and moves the high-water mark to the newest, which may be a heartbeat. */
async function insert(
  tx: Tx,
  clock: Clock,
  records: readonly EngineRecord[],
  newest: EngineRecord | undefined,
): Promise<void> {
  if (newest === undefined) return
  const instanceKey = ({ value }: EngineRecord): bigint | null =>
    value['processInstanceKey'] === undefined ? null : int8(value, 'processInstanceKey')
  const elementId = ({ value }: EngineRecord): string | null =>
    typeof value['elementId'] === 'string' ? str(value, 'elementId') : null
  await tx.run(
    `with kept as (
       insert into engine_records
         (epoch, partition, position, value_type, intent, key, process_instance_key, element_id, at, record)
       select $1, $2, * from unnest($5::bigint[], $6::text[], $7::text[], $8::bigint[], $9::bigint[], $10::text[],
         $11::timestamptz[], $12::text[]))
     insert into engine_positions (epoch, partition, position, updated_at) values ($1, $2, $3, $4)
     on conflict (epoch, partition) do update set position = excluded.position, updated_at = excluded.updated_at`,
    [
      newest.epoch,
      newest.partition,
      newest.position,
      clock.now(),
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
