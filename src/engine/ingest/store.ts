import type { Clock } from '#kernel/clock.ts'
import type { Database, Tx } from '#db/database.ts'
import { prepared } from '#db/prepared.ts'
import { declareExchanged, isExchanged } from '../alarms.ts'
import { isHeartbeat, seeBeat } from '../heartbeat.ts'
import type { EngineLog } from '../log.ts'
import type { Projector } from '../projector.ts'
import { parseRecord, type EngineRecord, type StreamRecord } from '../record.ts'
import { isStoredAtOnce } from './at-once.ts'
import { elementIdOf, instanceKeyOf, MOVE_MARK, RECORD_COLUMNS } from './columns.ts'
import { compare, EngineExchanged, type HighWaterMark } from './compare.ts'
import { ingestLocks } from './locks.ts'
import { NotProjected, projectEach, projectTogether, type Project } from './project.ts'

export interface IngestDeps {
  /** Pipelined: what is sent for a record does not wait for the answer before it. */
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

/** Takes in bulks, one transaction each. */
export function openStore(deps: IngestDeps): (texts: readonly string[]) => Promise<IngestCounts> {
  let epoch: number | null = null
  return async (texts) => {
    const records = texts.map(parseRecord)
    const [one] = records
    if (one !== undefined && records.length === 1 && epoch !== null && (await isStoredAtOnce(deps, { ...one, epoch })))
      return { stored: 1, repeated: 0, beats: 0 }
    const { inForce, ...counts } = await storeBulk(deps, records)
    epoch = inForce
    return counts
  }
}

/**
 * Stores one bulk in one transaction, all or nothing. Records at or below the high-water mark are compared with what
 * is stored, and dropped; a difference raises the alarm 'exchanged', stops the workers and throws `EngineExchanged`,
 * as does every later bulk until the epoch is raised.
 */
async function storeBulk(deps: IngestDeps, records: readonly StreamRecord[]): Promise<Stored> {
  const groups = byPartition(records)
  try {
    return await storeGroups(deps, groups, projectTogether).catch((error: unknown) => {
      if (error instanceof NotProjected) return storeGroups(deps, groups, projectEach)
      throw error
    })
  } catch (error) {
    if (error instanceof EngineExchanged) await raiseExchanged(deps, error.message)
    throw error
  }
}

type Stored = IngestCounts & { readonly inForce: number }

const storeGroups = (
  deps: IngestDeps,
  groups: readonly [number, StreamRecord[]][],
  project: Project,
): Promise<Stored> =>
  deps.db.tx(
    async (tx) => {
      const total = { stored: 0, repeated: 0, beats: 0 }
      const { epoch, mustRefuse, marks } = await stateOf(tx)
      if (mustRefuse) throw new EngineExchanged('the epoch has not been raised yet')
      for (const [partition, records] of groups) {
        const own = records.map((record) => ({ ...record, epoch }))
        const counts = await storePartition(deps, tx, own, marks.get(partition) ?? NOTHING, project)
        total.stored += counts.stored
        total.repeated += counts.repeated
        total.beats += counts.beats
      }
      return { ...total, inForce: epoch }
    },
    ingestLocks(groups.map(([partition]) => partition)),
  )

const NOTHING: HighWaterMark = { position: -1n, at: '' }

/** Read after the lock, by a statement of its own: one snapshot earlier it would be old. */
async function stateOf(tx: Tx) {
  const rows = await tx.rows<{
    epoch: number
    mustRefuse: boolean
    partition: number | null
    position: bigint
    at: string
  }>(
    prepared(`select e.epoch, p.partition, p.position, p.updated_at as at,
            exists (select from engine_alarms where kind = 'exchanged' and cleared_at is null) as "mustRefuse"
       from (select max(epoch) as epoch from engine_epochs) e left join engine_positions p using (epoch)`),
  )
  const [state] = rows
  if (state === undefined) throw new Error('no engine epoch: ensureEpoch has not run')
  const marks = new Map(
    rows.map(({ partition, position, at }): [number | null, HighWaterMark] => [partition, { position, at }]),
  )
  return { epoch: state.epoch, mustRefuse: state.mustRefuse, marks }
}

async function raiseExchanged({ db, clock, log }: IngestDeps, detail: string): Promise<void> {
  if (await isExchanged(db)) return
  await declareExchanged(db, clock, detail)
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
  reached: HighWaterMark,
  project: Project,
): Promise<IngestCounts> {
  const repeats = records.filter(({ position }) => position <= reached.position)
  await compare(tx, repeats, reached)
  const fresh = dropRepeats(records.filter(({ position }) => position > reached.position))
  const beats = fresh.filter(isHeartbeat)
  const kept = fresh.filter((record) => !isHeartbeat(record))
  await insert(tx, kept, fresh)
  await project(deps, tx, kept)
  const last = beats.findLast(({ intent }) => intent === 'PUBLISHED')
  if (last) await seeBeat(tx, last.partition, last.value)
  return { stored: kept.length, repeated: records.length - fresh.length, beats: beats.length }
}

/** A bulk is in the order of positions; the same record twice in one bulk counts once. */
function dropRepeats(records: readonly EngineRecord[]): EngineRecord[] {
  const sorted = [...records].sort((one, other) => (one.position < other.position ? -1 : 1))
  return sorted.filter(({ position }, at) => position !== sorted[at - 1]?.position)
}

/** Stores records and moves the high-water mark to the newest, which may be a heartbeat. Times are the engine's. */
async function insert(tx: Tx, records: readonly EngineRecord[], fresh: readonly EngineRecord[]): Promise<void> {
  const newest = fresh.at(-1)
  if (newest === undefined) return
  const latest = fresh.reduce((at, record) => (record.at > at ? record.at : at), newest.at)
  await tx.run(
    prepared(`with kept as (
       insert into engine_records (${RECORD_COLUMNS})
       select $1, $2, * from unnest($5::bigint[], $6::text[], $7::text[], $8::bigint[], $9::bigint[], $10::text[],
         $11::timestamptz[], $12::text[]))
     insert into engine_positions (epoch, partition, position, updated_at) values ($1, $2, $3, $4) ${MOVE_MARK}`),
    [
      newest.epoch,
      newest.partition,
      newest.position,
      latest,
      records.map(({ position }) => position),
      records.map(({ valueType }) => valueType),
      records.map(({ intent }) => intent),
      records.map(({ key }) => key),
      records.map(instanceKeyOf),
      records.map(elementIdOf),
      records.map(({ at }) => at),
      records.map(({ text }) => text),
    ],
  )
}
