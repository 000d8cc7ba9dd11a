import { Fault } from '#kernel/faults.ts'
import type { Database } from '#db/database.ts'
import { openClock } from '#runtime/system-clock.ts'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { dataFolder, type DataFolder } from '../launch/data-folder.ts'
import { runningLauncher } from '../launch/start-lock.ts'
import { callApi } from './api-client.ts'
import type { VerbContext } from './verb.ts'

interface RunningFile {
  readonly url: string
}

async function addresses(folder: DataFolder, environment: NodeJS.ProcessEnv) {
  const given = environment['DATABASE_URL']
  if (given !== undefined) return { appUrl: given, ownerUrl: environment['DATABASE_OWNER_URL'] ?? null }
  const { findPostgres } = await import('../postgres.ts')
  const server = await findPostgres(folder.postgres)
  if (server === null) throw new Fault('SYS-017', { folder: folder.root })
  return { appUrl: server.appUrl(), ownerUrl: server.ownerUrl() }
}

function runningUrl(folder: DataFolder): string {
  if (runningLauncher(folder) === null || !existsSync(folder.running))
    throw new Fault('SYS-017', { folder: folder.root })
  return (JSON.parse(readFileSync(folder.running, 'utf8')) as RunningFile).url
}

function isSampleFolder(folder: DataFolder): boolean {
  const file = join(folder.root, 'mode.json')
  return existsSync(file) && (JSON.parse(readFileSync(file, 'utf8')) as { mode: string }).mode === 'sample'
}

async function connect(folder: DataFolder, environment: NodeJS.ProcessEnv): Promise<Database> {
  const { openDatabase } = await import('#db/database.ts')
  const { appUrl } = await addresses(folder, environment)
  return openDatabase(appUrl, { max: 4, name: 'koki-command' })
}

/** The context of one command, and its end. What opens the database is loaded with its first use: `koki shisan` needs none. */
export function openContext(
  environment: NodeJS.ProcessEnv,
  print: (line: string) => void,
): { readonly context: VerbContext; close(): Promise<void> } {
  const folder = dataFolder(environment)
  const clockFile = environment['DATABASE_URL'] === undefined && existsSync(folder.clock) ? folder.clock : null
  const clock = openClock(clockFile)
  let opened: Promise<Database> | undefined
  const database = (): Promise<Database> => (opened ??= connect(folder, environment))
  const context: VerbContext = {
    folder,
    clock,
    clockFile,
    isSample: isSampleFolder(folder),
    database,
    ownerUrl: async () => {
      const { ownerUrl } = await addresses(folder, environment)
      if (ownerUrl === null)
        throw new Fault('SYS-014', {
          variable: 'DATABASE_OWNER_URL',
          value: '空',
          wanted: 'koki_owner の接続先を指定してください',
        })
      return ownerUrl
    },
    api: async <Answer>(method: string, path: string, body?: unknown, { user = 'kanri' }: { user?: string } = {}) => {
      const url = runningUrl(folder)
      // Whoever reaches the database could act as anybody: outside the sample people act where they have logged in.
      if (!context.isSample)
        throw new Fault('SYS-014', {
          variable: '--user',
          value: user,
          wanted: '見本のデータフォルダーでだけ使えます。画面で行ってください',
        })
      const { localToken } = await import('./local-token.ts')
      const token = await localToken({ folder, db: await database(), clock }, user)
      return callApi<Answer>({ url, token, method, path, body })
    },
    print,
  }
  return {
    context,
    close: async () => {
      await (await opened?.catch(() => undefined))?.close()
    },
  }
}
