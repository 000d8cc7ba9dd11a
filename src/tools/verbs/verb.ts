import type { Database } from '#db/database.ts'
import type { SystemClock } from '#runtime/system-clock.ts'
import type { DataFolder } from '../launch/data-folder.ts'

/** What a verb may use. Everything is opened at its first use and closed when the verb has ended. */
export interface VerbContext {
  readonly folder: DataFolder
  /** The clock of the data folder, else the machine's. */
  readonly clock: SystemClock
  /** Null where time cannot be moved. */
  readonly clockFile: string | null
  readonly isSample: boolean
  /** As koki_app. Fault SYS-017 when nothing runs. */
  database(): Promise<Database>
  /** Address of koki_owner, for migrations and restores. */
  ownerUrl(): Promise<string>
  /**
   * Calls the running server as a login of it (default `kanri`, the local administrator). JSON in and out; a `FormData` is
   * sent as it is. A POST gets an Idempotency-Key. A problem of the server is thrown with its message and 次にすること.
   */
  api<Answer>(method: string, path: string, body?: unknown, options?: { readonly user?: string }): Promise<Answer>
  /** A line for the person. */
  print(line: string): void
}

/** One command of `koki`. */
export interface Verb {
  /** One or two words: `import`, `ledger check`. */
  readonly name: string
  /** What follows the name: `KIND FILE`. */
  readonly usage: string
  /** One Japanese line for the help. */
  readonly summary: string
  /** Programs read what it prints: the help adds no line to it. */
  readonly speaksJson?: true
  /** Returns the exit code: 0 done, 1 something is wrong, 2 wrong words. */
  run(args: readonly string[], context: VerbContext): Promise<number>
}
