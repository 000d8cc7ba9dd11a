import { MIGRATIONS } from '#db/migrations/index.ts'
import { Fault } from '#kernel/faults.ts'
import { alarmWords } from '#engine/alarm-words.ts'
import { openAlarms } from '#engine/alarms.ts'
import { engineAge, engineState } from '#engine/heartbeat.ts'
import { openDiskSpace, readDiskLimits } from '#runtime/disk-space.ts'
import { existsSync, readFileSync, statfsSync } from 'node:fs'
import { cacheFolder } from '../cache-folder.ts'
import { findJava } from '../java.ts'
import { logFiles } from '../launch/log-files.ts'
import { runningLauncher } from '../launch/start-lock.ts'
import { findPostgres } from '../postgres.ts'
import { firstUnreachable, serverAccount } from '../server-account.ts'
import { DEFAULT_ZEEBE, isUnpacked } from '../zeebe-archive.ts'
import type { Verb, VerbContext } from './verb.ts'

const GIB = 1024 ** 3

interface Finding {
  readonly isGood: boolean
  readonly text: string
}
const good = (text: string): Finding => ({ isGood: true, text })
const bad = (text: string): Finding => ({ isGood: false, text })

type Look = readonly [name: string, look: (context: VerbContext) => Promise<Finding>]

const LOOKS: readonly Look[] = [
  ['Node', async () => good(`${process.version} ${process.platform}-${process.arch}`)],
  [
    'データフォルダー',
    async ({ folder, isSample }) => {
      const account = serverAccount()
      const barrier = firstUnreachable(account, folder.root)
      if (barrier !== null) throw new Fault('SYS-003', { account: account.name, folder: barrier })
      return good(`${folder.root}${isSample ? '(見本)' : ''}`)
    },
  ],
  [
    '空き容量',
    async ({ folder }) => {
      const { freeBytes, warnBytes, level } = await openDiskSpace(firstExisting(folder.root), readDiskLimits()).look()
      const free = `${(freeBytes / GIB).toFixed(1)}GiB`
      if (level === 'ok') return good(free)
      return bad(`${free} しかありません。次にすること: ${(warnBytes / GIB).toFixed(1)}GiB 以上空けてください。`)
    },
  ],
  ['Java', async () => good(await findJava(cacheFolder()).then(({ path, major }) => `${major} ${path}`))],
  [
    'Zeebe',
    async () => {
      if (process.env['ZEEBE_ADDRESS'] !== undefined) return good(`ZEEBE_ADDRESS=${process.env['ZEEBE_ADDRESS']}`)
      const version = process.env['KOKI_ZEEBE_VERSION'] ?? DEFAULT_ZEEBE
      return good(`${version} ${isUnpacked(version, cacheFolder()) ? '用意済み' : '最初の npm start で取得します'}`)
    },
  ],
  [
    '動いているか',
    async ({ folder }) => {
      const launcher = runningLauncher(folder)
      return good(launcher === null ? '止まっています' : `動いています(プロセス ${launcher.pid})`)
    },
  ],
  [
    'PostgreSQL',
    async ({ folder }) => {
      if (process.env['DATABASE_URL'] !== undefined) return good('DATABASE_URL')
      const server = await findPostgres(folder.postgres)
      return good(server === null ? '止まっています' : `ポート ${server.port}`)
    },
  ],
  ['データベースの形', async (context) => schema(context)],
  ['画面とAPI', async (context) => readiness(context)],
  ['最後の控え', async (context) => lastBackup(context)],
  [
    'ログ',
    async ({ folder }) => {
      const files = logFiles(folder)
      return good(files.length === 0 ? `まだありません(${folder.logs})` : files.map(({ path }) => path).join('、'))
    },
  ],
  ['時計', async ({ clock, clockFile }) => good(`${clock.today()}${clockFile === null ? '' : '(見本の日付)'}`)],
]

const firstExisting = (path: string): string => {
  try {
    statfsSync(path)
    return path
  } catch {
    return process.cwd()
  }
}

const isUp = async ({ folder }: VerbContext): Promise<boolean> =>
  process.env['DATABASE_URL'] !== undefined || (await findPostgres(folder.postgres)) !== null

async function schema(context: VerbContext): Promise<Finding> {
  if (!(await isUp(context))) return good('止まっているため見ていません')
  const db = await context.database()
  const rows = await db.rows<{ name: string }>('select name from mikro_orm_migrations')
  const done = new Set(rows.map(({ name }) => name))
  const known = new Set<string>(MIGRATIONS.map(({ name }) => name))
  const missing = [...known].filter((name) => !done.has(name))
  const unknown = [...done].filter((name) => !known.has(name))
  if (unknown.length > 0)
    return bad(`新しい版の形です(${unknown.join(', ')})。次にすること: 新しい版のプログラムを使ってください。`)
  if (missing.length > 0)
    return bad(`${missing.length}件の更新が必要です。次にすること: npm start で始め直してください。`)
  return good('最新')
}

/** A backup older than this is a finding; that there is none yet is only said. */
const OLD_BACKUP_HOURS = 36

async function lastBackup(context: VerbContext): Promise<Finding> {
  if (process.env['DATABASE_URL'] !== undefined) return good('外の PostgreSQL の仕組みで取ってください')
  const db = await context.database().catch((error: unknown) => {
    if (error instanceof Fault && error.code === 'SYS-017') return null
    throw error
  })
  if (db === null) return good('止まっているため見ていません')
  const row = await db.maybe<{ at: string }>('select finished_at as at from backups order by id desc limit 1')
  if (row === null) return good('まだありません(koki backup で取れます)')
  const hours = (Date.now() - Date.parse(row.at)) / 3_600_000
  return hours > OLD_BACKUP_HOURS
    ? bad(`${Math.floor(hours)}時間前です。次にすること: koki backup で取ってください。`)
    : good(`${Math.floor(hours)}時間前`)
}

/** Asked without a login: outside the sample nobody acts by command line. */
async function readiness(context: VerbContext): Promise<Finding> {
  const { folder } = context
  if (runningLauncher(folder) === null) return good('止まっているため見ていません')
  if (!existsSync(folder.running)) return good('始めている途中です')
  const { url } = JSON.parse(readFileSync(folder.running, 'utf8')) as { readonly url: string }
  const isReady = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(5_000) }).then(
    ({ ok }) => ok,
    () => false,
  )
  if (!isReady) return bad('応答がありません。次にすること: koki logs api で終わりの行を確認してください。')
  const db = await context.database()
  const alarms = (await openAlarms(db)).map(({ kind }) => alarmWords(kind))
  if (alarms.length > 0) return bad(alarms.map(({ message, next }) => `${message}次にすること: ${next}`).join(' '))
  const state = engineState(await engineAge(db))
  return state === 'ok' ? good('応答あり、エンジンの記録は最新') : bad(`エンジンの記録: ${ENGINE_WORDS[state]}`)
}

const ENGINE_WORDS = { behind: '遅れています', stopped: '届いていません' } as const

/** 状態を調べる: what is there and what is wrong, with what to do next. */
export const doctor: Verb = {
  name: 'doctor',
  usage: '',
  summary: '何があり、何が足りないかを調べます',
  async run(_args, context) {
    let wrong = 0
    for (const [name, look] of LOOKS) {
      const finding = await look(context).catch((error: unknown) =>
        bad(
          error instanceof Error
            ? `${error.message}${'next' in error ? ` 次にすること: ${String(error.next)}` : ''}`
            : String(error),
        ),
      )
      if (!finding.isGood) wrong++
      context.print(`${finding.isGood ? '○' : '×'} ${name}: ${finding.text}`)
    }
    context.print(wrong === 0 ? '問題は見つかりませんでした。' : `${wrong}件の問題があります。`)
    return wrong === 0 ? 0 : 1
  },
}
