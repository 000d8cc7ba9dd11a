import type { Clock } from '#kernel/clock.ts'
import type { Database } from '#db/database.ts'
import type { LogLine } from '#kernel/log-line.ts'
import type { EnginePort } from '#engine/port.ts'
import type { FileStore } from './file-store.ts'
import type { Registry } from './registry.ts'

/** What the runtime needs of the process it runs in. */
export interface RuntimeDeps {
  readonly db: Database
  readonly clock: Clock
  readonly registry: Registry
  readonly files: FileStore
  readonly log: LogLine
}

/** A worker also talks to the engine: failures are told at once, results go through the outbox. */
export interface WorkerDeps extends RuntimeDeps {
  readonly engine: EnginePort
}
