import { Fault } from '#kernel/faults.ts'
import { openDatabase } from '#db/database.ts'
import { resolve } from 'node:path'
import { noteBackup } from '../backup/backup-list.ts'
import { makeBackup } from '../backup/make-backup.ts'
import { takeStartLock } from '../launch/start-lock.ts'
import { findPostgres, startPostgres } from '../postgres.ts'
import type { Verb, VerbContext } from './verb.ts'

/** The server that runs; else our own, started for the time of the backup. */
async function openServer({ folder }: VerbContext) {
  const running = await findPostgres(folder.postgres)
  if (running !== null) return { ...running, stop: async () => undefined }
  const lock = takeStartLock(folder)
  const server = await startPostgres({ dataDir: folder.postgres })
  const stop = async (): Promise<void> => {
    await server.stop()
    lock.release()
  }
  return { ...server, stop }
}

/** 控えを取る: database and files of this office, also while it works. */
export const backup: Verb = {
  name: 'backup',
  usage: '控えのフォルダー',
  summary: '控えを取ります(動いていてもかまいません。記録に残ります)',
  async run([target], context) {
    if (target === undefined) return 2
    if (process.env['DATABASE_URL'] !== undefined) throw new Fault('BAK-007')
    const { folder, clock, print } = context
    const startedAt = new Date().toISOString()
    const server = await openServer(context)
    try {
      const made = await makeBackup({ folder, clock, adminUrl: server.adminUrl, target: resolve(target), tell: print })
      const db = openDatabase(server.appUrl(), { max: 1, name: 'koki-command' })
      try {
        await noteBackup(db, clock, { ...made, startedAt, cause: 'asked' })
      } finally {
        await db.close()
      }
      print(`控えができました。${target}(${Math.ceil(made.bytes / 1024 ** 2).toLocaleString('ja-JP')}MiB)`)
      print(`目録の SHA-256: ${made.seal}`)
      return 0
    } finally {
      await server.stop()
    }
  },
}
