import type { Tx } from '#db/database.ts'
import type { EngineRecord } from './record.ts'

/**
 * Turns records of the engine into rows of its owner. Called once for every record of its value types, in the order of
 * the stream, inside the transaction that stores the record: when it throws, its rows are undone, the record goes to
 * quarantine and the rest goes on. Keeps nothing in memory between calls: an undone one may be called again.
 */
export interface Projector {
  /** Name in the quarantine; unique. */
  readonly name: string
  readonly valueTypes: readonly string[]
  project(record: EngineRecord, tx: Tx): Promise<void>
}
