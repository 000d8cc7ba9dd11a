import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openDatabase, type Database } from '#db/database.ts'
import type { PlainDate } from '#kernel/plain-date.ts'
import { openClock } from '#runtime/system-clock.ts'
import { freePort } from '../../free-port.ts'
import { checkoutFolder, dataFolder, type DataFolder } from '../../launch/data-folder.ts'
import { findPostgres } from '../../postgres.ts'
import { commandLine, isAlive } from '../../process-look.ts'
import { answersCommands } from '../../zeebe-probe.ts'
import { localToken } from '../../verbs/local-token.ts'

const START_MS = 300_000
/** The engine gives a dead worker's job away after this; a minute in the product. */
const JOB_TIMEOUT_MS = '5000'

export const VICTIMS = ['処理の担い手', '画面とAPI', 'Zeebe', 'PostgreSQL'] as const
export type Victim = (typeof VICTIMS)[number]

/** The product as `npm start` runs it, in a process of its own, seen from outside. */
export interface OfficeSystem {
  readonly folder: DataFolder
  readonly url: string
  readonly db: Database
  /** The office's day. */
  today(): PlainDate
  /** A request as a demo user. Throws when nobody answers. */
  call<T>(login: string, method: string, path: string, body?: object, key?: string): Promise<Answer<T>>
  /** The process of a part as it is now; null while there is none. */
  pidOf(victim: Victim): number | null
  /** What does not serve: a part without a process, the pages with their database, the engine, the workers. Null: all does. */
  missing(): Promise<string | null>
  stop(): Promise<void>
}
export interface Answer<T> {
  readonly status: number
  readonly body: T
}

export async function startOffice(root: string): Promise<OfficeSystem> {
  const folder = dataFolder({ KOKI_DATA: root })
  const port = String(await freePort())
  const environment = { ...process.env, KOKI_DATA: root, PORT: port, KOKI_JOB_TIMEOUT_MS: JOB_TIMEOUT_MS }
  const launcher = spawn(process.execPath, ['src/tools/start.ts'], {
    cwd: checkoutFolder(),
    env: { ...environment, NODE_OPTIONS: '', VITEST: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  await ready(launcher)
  const url = `http://127.0.0.1:${port}`
  const found = await findPostgres(folder.postgres)
  if (found === null) throw new Error('the started PostgreSQL is not found')
  const db = openDatabase(found.appUrl(), { max: 4, name: 'koki-bench-faults' })
  const clock = openClock(folder.clock)
  const { zeebeAddress } = JSON.parse(readFileSync(folder.running, 'utf8')) as { readonly zeebeAddress: string }
  const noted = (program: string): number | null =>
    (JSON.parse(readFileSync(folder.children, 'utf8')) as { readonly pid: number }[])
      .map(({ pid }) => pid)
      .find((pid) => isAlive(pid) && commandLine(pid)?.includes(program)) ?? null
  const firstNumber = (file: string): number => Number(readFileSync(file, 'utf8').split('\n')[0])
  const finders: Readonly<Record<Victim, () => number | null>> = {
    処理の担い手: () => noted('workers/main.ts'),
    画面とAPI: () => noted('src/api/server.ts'),
    Zeebe: () =>
      firstNumber(join(root, readdirSync(root).find((name) => name.startsWith('zeebe-')) ?? '', 'broker.pid')),
    PostgreSQL: () => firstNumber(join(folder.postgres, 'postmaster.pid')),
  }
  const pidOf = (victim: Victim): number | null => {
    try {
      const pid = finders[victim]()
      return pid !== null && isAlive(pid) ? pid : null
    } catch {
      return null // its file is being written or gone: there is none at the moment
    }
  }
  return {
    folder,
    url,
    db,
    today: () => clock.today(),
    pidOf,
    async call<T>(login: string, method: string, path: string, body?: object, key?: string) {
      const token = await localToken({ folder, db, clock }, login)
      const response = await fetch(url + path, {
        method,
        signal: AbortSignal.timeout(60_000),
        headers: {
          authorization: `Bearer ${token}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(key === undefined ? {} : { 'idempotency-key': key }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      const text = await response.text()
      return { status: response.status, body: (text === '' ? null : JSON.parse(text)) as T }
    },
    async missing() {
      const dead = VICTIMS.find((victim) => pidOf(victim) === null)
      if (dead !== undefined) return `${dead} のプロセス`
      const isReady = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(5_000) }).then(
        ({ ok }) => ok,
        () => false,
      )
      if (!isReady) return '/readyz'
      if (!(await answersCommands(zeebeAddress))) return 'Zeebe の応答'
      const workers = await db
        .one<{ n: number }>(`select count(*)::int as n from pg_stat_activity where application_name = 'koki-workers'`)
        .catch(() => ({ n: 0 }))
      return workers.n > 0 ? null : '処理の担い手の接続'
    },
    async stop() {
      await db.close()
      await end(launcher)
    },
  }
}

async function ready(launcher: ChildProcess): Promise<void> {
  let output = ''
  for (const stream of [launcher.stdout, launcher.stderr])
    stream?.on('data', (piece: Buffer) => (output = (output + piece.toString()).slice(-20_000)))
  const until = performance.now() + START_MS
  while (!/^READY /m.test(output)) {
    if (launcher.exitCode !== null || launcher.signalCode !== null || performance.now() > until) {
      await end(launcher)
      throw new Error(`npm start has not become ready: ${output}`)
    }
    await new Promise((wake) => setTimeout(wake, 100))
  }
}

async function end(launcher: ChildProcess): Promise<void> {
  if (launcher.exitCode !== null || launcher.signalCode !== null) return
  const exited = once(launcher, 'exit')
  launcher.kill('SIGTERM')
  await exited
}
