// BASE_BACKUP of PostgreSQL's replication protocol: what pg_basebackup speaks; that program is not in our package.
import pg from 'pg'
import { once } from 'node:events'
import type { Writable } from 'node:stream'

/** Where the parts of a base backup go. Each is ended by us, or destroyed when the backup fails. */
export interface BaseBackupSinks {
  /** The data directory with the WAL it needs, as tar, compressed with gzip. */
  readonly archive: Writable
  /** The server's own list of the files, with SHA-256. */
  readonly manifest: Writable
  /** Bytes of the data directory read so far, and about how many there are. */
  readonly onProgress: (done: number, total: number) => void
}

/** Of this process, so that two backups do not meet. */
const SLOT = `koki_backup_${process.pid}`
const COMMAND = `BASE_BACKUP (LABEL 'koki', PROGRESS true, CHECKPOINT 'fast', WAL true, MANIFEST 'yes',
  MANIFEST_CHECKSUMS 'SHA256', COMPRESSION 'gzip', COMPRESSION_DETAIL 'level=1')`

interface Connection {
  query(text: string): void
  readonly stream: { pause(): void; resume(): void }
}

/** One BASE_BACKUP as the client's active query: messages of PostgreSQL 15 and newer, by their first byte. */
class BaseBackupQuery {
  readonly ended: Promise<void>
  readonly #sinks: BaseBackupSinks
  #settle: { readonly ok: () => void; readonly fail: (error: unknown) => void }
  #sink: Writable | null = null
  #total = 0
  constructor(sinks: BaseBackupSinks) {
    this.#sinks = sinks
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    this.ended = promise
    this.#settle = { ok: resolve, fail: reject }
  }
  submit(connection: Connection): void {
    connection.query(COMMAND)
  }
  handleRowDescription(): void {
    // its rows are told apart by their number of columns
  }
  handleDataRow({ fields }: { readonly fields: readonly (string | null)[] }): void {
    if (fields.length === 3) this.#total += Number(fields[2] ?? 0) * 1024 // spcoid, spclocation, size in KiB
  }
  handleCopyData({ chunk }: { readonly chunk: Buffer }, connection: Connection): void {
    switch (String.fromCharCode(chunk[0] ?? 0)) {
      case 'n':
        this.#sink = this.#sinks.archive
        return
      case 'm':
        this.#sink = this.#sinks.manifest
        return
      case 'p':
        return this.#sinks.onProgress(Number(chunk.readBigInt64BE(1)), this.#total)
      case 'd':
        return this.#take(chunk.subarray(1), connection)
      default:
        this.#settle.fail(new Error(`BASE_BACKUP sent a message that we do not know: ${chunk[0]}`))
    }
  }
  #take(bytes: Buffer, connection: Connection): void {
    if (this.#sink === null || this.#sink.write(Buffer.from(bytes))) return
    connection.stream.pause()
    void once(this.#sink, 'drain').then(
      () => connection.stream.resume(),
      (error: unknown) => this.#settle.fail(error),
    )
  }
  handleCommandComplete(): void {
    // several come; the end is ReadyForQuery
  }
  handleReadyForQuery(): void {
    this.#settle.ok()
  }
  handleError(error: unknown): void {
    this.#settle.fail(error)
  }
}

async function finish(sink: Writable): Promise<void> {
  sink.end()
  if (!sink.writableFinished) await once(sink, 'finish')
}

/**
 * Copies the running server while others write. A temporary slot keeps the WAL that the copy needs. `adminUrl` is a role
 * that may replicate. The server checks the checksum of every page it reads; a wrong one fails the backup.
 */
export async function baseBackup(adminUrl: string, sinks: BaseBackupSinks): Promise<void> {
  const settings: pg.ClientConfig & { replication: string } = {
    connectionString: adminUrl,
    replication: 'true',
    application_name: 'koki-backup',
  }
  const client = new pg.Client(settings)
  const broken = new Promise<never>((_, fail) => {
    client.on('error', fail)
    for (const sink of [sinks.archive, sinks.manifest]) sink.on('error', fail)
  })
  broken.catch(() => undefined) // told by the race below
  await client.connect()
  try {
    await client.query(`CREATE_REPLICATION_SLOT ${SLOT} TEMPORARY PHYSICAL (RESERVE_WAL)`)
    const backup = new BaseBackupQuery(sinks)
    client.query(backup as unknown as pg.Submittable) // the client calls the handlers of whatever is submitted
    await Promise.race([backup.ended, broken])
    await Promise.race([Promise.all([finish(sinks.archive), finish(sinks.manifest)]), broken])
  } catch (error) {
    sinks.archive.destroy()
    sinks.manifest.destroy()
    throw error
  } finally {
    await client.end().catch(() => undefined)
  }
}
