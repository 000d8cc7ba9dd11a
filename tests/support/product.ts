import { spawn, type ChildProcess } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { issueToken } from '#access/tokens.ts'
import { ensureDemoUsers } from '#access/demo-users.ts'
import { SYSTEM } from '#audit/events.ts'
import { openDatabase, type Database } from '#db/database.ts'
import { deployModels } from '#engine/deploy.ts'
import { ensureEpoch } from '#engine/epoch.ts'
import { connectZeebe } from '#engine/zeebe/adapter.ts'
import { openClock, startClockAt, type SystemClock } from '#runtime/system-clock.ts'
import { freePort } from '#tools/free-port.ts'
import { shippedModels } from '#tools/launch/models.ts'
import type { Zeebe } from '#tools/zeebe.ts'
import type { TestDatabase } from './database.ts'
import { temporaryFolder } from './temporary.ts'
import { until } from './until.ts'
import { testBroker } from './zeebe.ts'

/** One of our processes, started as the launcher starts it. */
export interface ProductProcess {
  readonly child: ChildProcess
  /** Everything it has written so far. */
  output(): string
  /** How it ended. */
  readonly ended: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>
  stop(): Promise<void>
}

/** The product as an office runs it: real PostgreSQL, real Zeebe, our two processes; on a clock of its own. */
export interface Product {
  readonly db: Database
  readonly clock: SystemClock
  readonly url: string
  readonly dataDir: string
  broker(): Zeebe
  /** The newest of each. */
  server(): ProductProcess
  workers(): ProductProcess
  startServer(environment?: Readonly<Record<string, string>>): Promise<ProductProcess>
  /**
   * The engine loses its disk: the broker is killed, its data are gone, and another one comes up at the same address.
   * `meanwhile` runs while there is none.
   */
  loseEngine(meanwhile?: () => Promise<void>): Promise<void>
  startWorkers(environment?: Readonly<Record<string, string>>): Promise<ProductProcess>
  /** A request as a demo user. */
  call<T = Record<string, unknown>>(login: string, method: string, path: string, body?: object): Promise<Answer<T>>
  /** A GET as a demo user, as it comes. */
  fetch(login: string, path: string): Promise<Response>
  /** Hands a file in and waits until it has been read. */
  importFile(login: string, kind: string, text: string): Promise<Record<string, unknown>>
  close(): Promise<void>
}

export interface Answer<T> {
  readonly status: number
  readonly body: T
}

/** A database of the run's own server; asked for only inside a test, where there is one. */
const ofThisRun = async (): Promise<TestDatabase> => (await import('./database.ts')).cloneDatabase()

/**
 * Starts everything and waits until it serves. `now` is the day the office lives in, e.g. `2026-08-14`; `given` is a
 * database that is there already.
 */
export async function startProduct(now: string, given?: Pick<TestDatabase, 'appUrl' | 'drop'>): Promise<Product> {
  const base = given ?? (await ofThisRun())
  const dataDir = temporaryFolder()
  const clockFile = join(dataDir, 'clock.json')
  startClockAt(clockFile, now)
  const clock = openClock(clockFile)
  const db = openDatabase(base.appUrl, { max: 6, name: 'koki-test' })
  await ensureEpoch(db, clock)
  await ensureDemoUsers(db, clock)
  const folder = testBroker()
  const [port, ingestPort] = [await freePort(), await freePort()]
  const url = `http://127.0.0.1:${port}`
  let zeebe: Zeebe | null = null
  const running = new Set<ProductProcess>()
  let server: ProductProcess | null = null
  let workers: ProductProcess | null = null
  const tokens = new Map<string, string>()

  const environment = (): Record<string, string> => ({
    DATABASE_URL: base.appUrl,
    KOKI_DATA: dataDir,
    HOST: '127.0.0.1',
    PORT: String(port),
    KOKI_INGEST_PORT: String(ingestPort),
    KOKI_INGEST_TOKEN: 'test-token',
    ZEEBE_ADDRESS: zeebe?.gatewayAddress ?? '127.0.0.1:1',
    KOKI_CLOCK_FILE: clockFile,
    KOKI_JOB_TIMEOUT_MS: '4000',
    KOKI_SAMPLE: '1',
  })
  const start = (program: string, extra: Readonly<Record<string, string>>): ProductProcess => {
    const started = launch(program, { ...environment(), ...extra })
    running.add(started)
    void started.ended.then(() => running.delete(started))
    return started
  }
  const tokenOf = async (login: string): Promise<string> => {
    const known = tokens.get(login)
    if (known !== undefined) return known
    const machineNow = (): Date => new Date()
    const { token } = await issueToken({ db, clock, machineNow }, { login, ttlMs: 3_600_000, actor: SYSTEM })
    tokens.set(login, token)
    return token
  }
  const request = async (login: string, path: string, init: RequestInit): Promise<Response> =>
    fetch(url + path, { ...init, headers: { ...init.headers, authorization: `Bearer ${await tokenOf(login)}` } })

  const product: Product = {
    db,
    clock,
    url,
    dataDir,
    broker: () => zeebe ?? fail('no broker'),
    server: () => server ?? fail('no server'),
    workers: () => workers ?? fail('no workers'),
    async startServer(extra = {}) {
      const started = (server = start('src/api/server.ts', extra))
      await until('the API answers', () => healthy(url, started), 60_000)
      return started
    },
    async startWorkers(extra = {}) {
      const started = (workers = start('workers/main.ts', extra))
      await until('the workers are open', () => started.output().includes('workers open') || alive(started), 60_000)
      return started
    },
    async loseEngine(meanwhile = async () => undefined) {
      const gateway = Number(product.broker().gatewayAddress.split(':')[1])
      await product.broker().kill9()
      await meanwhile()
      folder.loseData()
      await startBroker(gateway)
    },
    async call<T>(login: string, method: string, path: string, body?: object) {
      const response = await request(login, path, {
        method,
        ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      })
      const text = await response.text()
      return { status: response.status, body: (text === '' ? null : JSON.parse(text)) as T }
    },
    fetch: (login, path) => request(login, path, {}),
    async importFile(login, kind, text) {
      const form = new FormData()
      form.append('kind', kind)
      form.append('file', new Blob([text], { type: 'text/csv' }), `${kind}.csv`)
      const response = await request(login, '/api/files', { method: 'POST', body: form })
      if (response.status !== 202) throw new Error(`POST /api/files ${response.status} ${await response.text()}`)
      const { fileId } = (await response.json()) as { fileId: string }
      return until(
        `${kind} is read`,
        async () => {
          const { body } = await product.call<Record<string, unknown>>(login, 'GET', `/api/files/${fileId}`)
          return body['status'] === 'accepted' || body['status'] === 'refused' ? body : null
        },
        60_000,
      )
    },
    async close() {
      for (const one of running) await one.stop()
      await zeebe?.kill9()
      await folder.dispose()
      await db.close()
      await base.drop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
  await product.startServer({ ZEEBE_ADDRESS: `127.0.0.1:${await startBroker()}` })
  const engine = connectZeebe(product.broker().gatewayAddress, { info() {}, warn() {}, error() {} })
  await deployModels({ db, engine, clock }, shippedModels())
  await engine.close()
  await product.startWorkers()
  return product

  async function startBroker(at?: number): Promise<number> {
    const gateway = at ?? (await freePort())
    zeebe = await folder.start({
      ports: { gateway },
      ingest: { url: `http://127.0.0.1:${ingestPort}`, token: 'test-token' },
      clockOffsetMs: clock.offsetMs(),
    })
    return gateway
  }
}

const fail = (message: string): never => {
  throw new Error(message)
}

const alive = (one: ProductProcess): false =>
  one.child.exitCode === null && one.child.signalCode === null ? false : fail(`it ended: ${one.output().slice(-2000)}`)

async function healthy(url: string, one: ProductProcess): Promise<boolean> {
  alive(one)
  return fetch(`${url}/healthz`).then(
    (response) => response.ok,
    () => false,
  )
}

function launch(program: string, environment: Readonly<Record<string, string>>): ProductProcess {
  let text = ''
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  child.stdout?.on('data', (piece: Buffer) => (text += piece.toString()))
  child.stderr?.on('data', (piece: Buffer) => (text += piece.toString()))
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((done) =>
    child.once('exit', (code, signal) => done({ code, signal })),
  )
  return {
    child,
    output: () => text,
    ended,
    async stop() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM')
      await ended
    },
  }
}

/** A file of the fixtures as text. */
export const fixture = (name: string): string => readFileSync(new URL(`../fixtures/${name}`, import.meta.url), 'utf8')
