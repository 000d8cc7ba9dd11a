import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { issueToken } from '#access/tokens.ts'
import { SYSTEM } from '#audit/events.ts'
import { openDatabase } from '#db/database.ts'
import { openClock } from '#runtime/system-clock.ts'
import { freePort } from '#tools/free-port.ts'
import { temporaryFolder } from './temporary.ts'
import { until } from './until.ts'

/** 画面とAPI as a process of its own over a database, without an engine. */
export interface ApiProcess {
  readonly url: string
  /** Everything it has written so far. */
  output(): string
  /** A request as a demo user. */
  call(login: string, method: string, path: string, body?: object): Promise<Response>
  /** A form as a demo user. */
  send(login: string, path: string, form: FormData): Promise<Response>
  stop(): Promise<void>
}

/** Starts the server of the product on `databaseUrl` and waits until it answers. */
export async function startApiProcess(
  databaseUrl: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<ApiProcess> {
  const dataDir = temporaryFolder()
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  let text = ''
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'src/api/server.ts'], {
    env: {
      ...process.env,
      DATABASE_URL: databaseUrl,
      KOKI_DATA: dataDir,
      HOST: '127.0.0.1',
      PORT: String(port),
      KOKI_INGEST_PORT: String(await freePort()),
      KOKI_INGEST_TOKEN: 'test-token',
      ZEEBE_ADDRESS: `127.0.0.1:${await freePort()}`, // nobody there: the engine may come later
      KOKI_SAMPLE: '1',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece: Buffer) => (text += piece.toString()))
  const ended = new Promise<void>((done) => child.once('exit', () => done()))
  const answers = async (): Promise<boolean> => {
    if (child.exitCode !== null) throw new Error(`the API ended: ${text}`)
    return fetch(`${url}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    )
  }
  await until('the API answers', answers, 60_000)
  const tokens = new Map<string, string>()
  const tokenOf = async (login: string): Promise<string> => {
    const known = tokens.get(login)
    if (known !== undefined) return known
    const db = openDatabase(databaseUrl, { max: 1 })
    const deps = { db, clock: openClock(null), machineNow: () => new Date() }
    const { token } = await issueToken(deps, { login, ttlMs: 3_600_000, actor: SYSTEM })
    await db.close()
    tokens.set(login, token)
    return token
  }
  return {
    url,
    output: () => text,
    call: async (login, method, path, body) =>
      fetch(url + path, {
        method,
        headers: {
          authorization: `Bearer ${await tokenOf(login)}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    send: async (login, path, form) =>
      fetch(url + path, { method: 'POST', headers: { authorization: `Bearer ${await tokenOf(login)}` }, body: form }),
    async stop() {
      child.kill('SIGTERM')
      await ended
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
