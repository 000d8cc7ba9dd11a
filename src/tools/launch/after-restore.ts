import { appendEvent } from '#audit/append.ts'
import { SYSTEM } from '#audit/events.ts'
import type { Database } from '#db/database.ts'
import { declareExchanged } from '#engine/alarms.ts'
import type { Clock } from '#kernel/clock.ts'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import type { RestoredMark } from '../backup/restore-backup.ts'
import type { DataFolder } from './data-folder.ts'

/**
 * After a restore the engine's data are other ones than the database knows: they are made anew by this start, open runs
 * are taken over, and an event says which backup this office goes on from. The mark stays until `forgetRestore`: a start
 * that was cut off does it again.
 */
export async function noteRestore(folder: DataFolder, db: Database, clock: Clock): Promise<boolean> {
  if (!existsSync(folder.restored)) return false
  const { seal, madeAt } = JSON.parse(readFileSync(folder.restored, 'utf8')) as RestoredMark
  await db.tx(async (tx) => {
    await declareExchanged(tx, clock, `${madeAt} の控えから戻した`)
    await appendEvent(tx, {
      at: clock.now(),
      kind: 'restored',
      actor: { ...SYSTEM, terminal: 'koki' },
      payload: { madeAt, sha256: seal },
    })
  })
  return true
}

/** The restored office runs. */
export const forgetRestore = (folder: DataFolder): void => rmSync(folder.restored, { force: true })
