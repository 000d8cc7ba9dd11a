import type { Clock } from '#kernel/clock.ts'
import { appendEvent } from '#audit/append.ts'
import { SYSTEM } from '#audit/events.ts'
import type { Database } from '#db/database.ts'
import type { MadeBackup } from './make-backup.ts'

/** Why a backup was made: somebody asked, or the database was about to get a newer shape. */
export type BackupCause = 'asked' | 'before-upgrade'

/** Notes a finished backup, for 稼働状況 and the journal. Where it lies is not noted: backups are moved. */
export async function noteBackup(
  db: Database,
  clock: Clock,
  made: MadeBackup & { readonly startedAt: string; readonly cause: BackupCause },
): Promise<void> {
  const { seal, bytes, startedAt, cause } = made
  await db.tx(async (tx) => {
    await tx.run(
      `insert into backups (cause, started_at, finished_at, byte_size, sha256) values ($1, $2, $3, $4, $5)`,
      [cause, startedAt, new Date().toISOString(), bytes, seal],
    )
    const actor = { ...SYSTEM, terminal: 'koki' }
    await appendEvent(tx, { at: clock.now(), kind: 'backup-made', actor, payload: { cause, bytes, sha256: seal } })
  })
}
