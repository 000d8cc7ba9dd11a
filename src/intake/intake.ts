import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { Clock } from '#kernel/clock.ts'
import type { LogLine } from '#kernel/log-line.ts'
import { appendEvent } from '#audit/append.ts'
import type { Actor } from '#audit/events.ts'
import type { Database } from '#db/database.ts'
import type { FileStore } from '#runtime/file-store.ts'
import type { FileLoader } from './loader.ts'
import { isPassing, readIntoBooks, tellChange } from './process-file.ts'
import { profileInForce } from './own-profiles.ts'
import type { Profiles } from './profiles.ts'

export interface IntakeContext {
  readonly db: Database
  readonly store: FileStore
  readonly clock: Clock
  readonly profiles: Profiles
  readonly loaders: readonly FileLoader[]
  /** Texts without personal data. */
  readonly log: LogLine
}

/** ファイルの受領と取込み. */
export interface Intake {
  /**
   * 受領: keeps the bytes (streamed, hashed, synced) and records the file as `received`. Returns its id; reading follows by
   * `processFile`. Throws FILE-001 for an unknown kind.
   */
  receiveFile(bytes: AsyncIterable<Uint8Array>, kind: string, name: string, actor: Actor): Promise<string>
  /**
   * 取込み: reads a received file into the books, or refuses it. Calling it again, also while it runs or when the file is
   * finished, is harmless. While the database is away it tries again; after a minute it throws, and `resume` takes it up.
   */
  processFile(fileId: string): Promise<void>
  /** Reads what a stopped or killed process left as `received` or `reading`, oldest first. */
  resume(): Promise<void>
}

const PAUSE_MS = 1000
const TRIES = 60

export function openIntake(context: IntakeContext): Intake {
  const { db, store, clock, profiles } = context
  const busy = new Map<string, Promise<void>>()
  const read = async (fileId: string): Promise<void> => {
    for (let tried = 1; ; tried += 1) {
      try {
        return await readIntoBooks(context, fileId)
      } catch (error) {
        if (tried === TRIES || !isPassing(error)) throw error
        await wait(PAUSE_MS)
      }
    }
  }
  const processFile = (fileId: string): Promise<void> => {
    const running = busy.get(fileId) ?? read(fileId).finally(() => busy.delete(fileId))
    busy.set(fileId, running)
    return running
  }
  return {
    processFile,
    async receiveFile(bytes, kind, name, actor) {
      const { title } = profiles.of(kind, 'in')
      const { sha256, byteSize } = await store.putStream(bytes)
      const id = randomUUID()
      const at = clock.now()
      await db.tx(async (tx) => {
        const { versionId } = await profileInForce(tx, profiles, kind, 'in')
        await tx.run(
          `insert into files (id, direction, kind, name, sha256, byte_size, state, received_by, received_at, profile_version_id)
           values ($1, 'in', $2, $3, $4, $5, 'received', $6, $7, $8)`,
          [id, kind, name, sha256, byteSize, actor.userId, at, versionId],
        )
        await tellChange(tx, id)
        const payload = { fileKind: kind, fileLabel: title, sha256, byteSize }
        await appendEvent(tx, { at, actor, kind: 'file-received', subjects: [{ kind: 'file', id }], payload })
      })
      return id
    },
    async resume() {
      const left = await db.rows<{ id: string }>(
        `select id from files where direction = 'in' and state in ('received', 'reading') order by received_at, id`,
      )
      for (const { id } of left) await processFile(id)
    },
  }
}
