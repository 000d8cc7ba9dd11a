import { Fault } from '#kernel/faults.ts'
import { openDatabase } from '#db/database.ts'
import { migrate } from '#db/migrate.ts'
import { ensureEpoch } from '#engine/epoch.ts'
import { ensureRoles } from '../roles.ts'
import type { Verb } from './verb.ts'

const need = (variable: string, wanted: string): string => {
  const value = process.env[variable]
  if (value === undefined || value === '') throw new Fault('SYS-014', { variable, value: '空', wanted })
  return value
}
const passwordOf = (url: string): string => decodeURIComponent(new URL(url).password)

/**
 * 外の PostgreSQL を用意する: roles and database (DATABASE_ADMIN_URL, once), then the schema (DATABASE_OWNER_URL), then the first
 * epoch. Repeats harmlessly; API and workers start after it.
 */
export const databasePrepare: Verb = {
  name: 'database prepare',
  usage: '',
  summary: '外の PostgreSQL に役割とデータベースを作り、形を新しくします',
  async run(args, { clock, print }) {
    if (args.length > 0) return 2
    const appUrl = need('DATABASE_URL', 'koki_app の接続先にしてください')
    const ownerUrl = need('DATABASE_OWNER_URL', 'koki_owner の接続先にしてください')
    const adminUrl = process.env['DATABASE_ADMIN_URL']
    if (adminUrl !== undefined && adminUrl !== '') {
      await ensureRoles(adminUrl, {
        koki_owner: passwordOf(ownerUrl),
        koki_app: passwordOf(appUrl),
        koki_read: need('KOKI_READ_PASSWORD', 'koki_read の合言葉にしてください'),
      })
      print('役割とデータベースがあります。')
    }
    const done = await migrate(ownerUrl)
    const db = openDatabase(appUrl, { max: 1, name: 'koki-prepare' })
    try {
      await ensureEpoch(db, clock)
    } finally {
      await db.close()
    }
    print(done.length === 0 ? 'データベースの形は最新です。' : `データベースの形を${done.length}件新しくしました。`)
    return 0
  },
}
