import { prepared } from '#db/prepared.ts'
import { isHeartbeat } from '../heartbeat.ts'
import type { EngineRecord } from '../record.ts'
import { elementIdOf, instanceKeyOf, MOVE_MARK, RECORD_COLUMNS } from './columns.ts'
import { ingestLocks } from './locks.ts'
import { projectTogether } from './project.ts'
import type { IngestDeps } from './store.ts'

/** The record does not simply follow what we know, or the epoch is another one. */
class NotPlain extends Error {}

/**
 * The record of every day, one that follows what we know, in two journeys to the database: the record and what its projectors
 * write leave together, as if nothing could be wrong. False when anything was: then nothing is stored, and the careful road
 * finds out what it was.
 */
export async function isStoredAtOnce(deps: IngestDeps, record: EngineRecord): Promise<boolean> {
  if (isHeartbeat(record)) return false // counted, not stored
  const { epoch, partition, position, valueType, intent, key, at, text } = record
  const columns = [valueType, intent, key, instanceKeyOf(record), elementIdOf(record), at, text]
  return deps.db
    .tx(
      async (tx) => {
        const kept = tx.one<{ isKept: boolean }>(KEEP, [epoch, partition, position, ...columns])
        kept.catch(() => undefined) // awaited below
        await projectTogether(deps, tx, [record])
        if (!(await kept).isKept) throw new NotPlain()
        return true
      },
      ingestLocks([partition]),
    )
    .catch(() => false) // whatever it was, the careful road meets it again and tells it
}

/** Stores the record and moves the mark if its epoch is in force, no alarm stands, and it is beyond the mark. */
const KEEP = prepared(
  `with plain as (
     select from (select max(epoch) as epoch from engine_epochs) e where e.epoch = $1
       and not exists (select from engine_alarms where kind = 'exchanged' and cleared_at is null)
       and not exists (select from engine_positions where epoch = $1 and partition = $2 and position >= $3)
   ), kept as (
     insert into engine_records (${RECORD_COLUMNS})
     select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10 from plain
   ), moved as (
     insert into engine_positions (epoch, partition, position, updated_at) select $1, $2, $3, $9 from plain
     ${MOVE_MARK} returning 1
   )
   select exists (select from moved) as "isKept"`,
)
