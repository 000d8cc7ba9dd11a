import { spawn } from 'node:child_process'
import { mkdirSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { API_MEMORY } from '../launch/api-memory.ts'
import { checkoutFolder } from '../launch/data-folder.ts'
import { freePort } from '../free-port.ts'

/** The product's own server on a database, without an engine: it serves as soon as its database is there. */
export interface ApiProcess {
  readonly port: number
  stop(): Promise<void>
}

export async function startApi(databaseUrl: string, folder: string, clockFile: string): Promise<ApiProcess> {
  const [port, ingestPort] = [await freePort(), await freePort()]
  mkdirSync(folder, { recursive: true })
  const log = openSync(join(folder, 'api.log'), 'a')
  const flags = [...API_MEMORY.flags, '--disable-warning=ExperimentalWarning']
  const child = spawn(process.execPath, [...flags, 'src/api/server.ts'], {
    cwd: checkoutFolder(),
    env: {
      ...process.env,
      ...API_MEMORY.environment,
      DATABASE_URL: databaseUrl,
      KOKI_DATA: folder,
      HOST: '127.0.0.1',
      PORT: `${port}`,
      KOKI_INGEST_PORT: `${ingestPort}`,
      KOKI_INGEST_TOKEN: 'bench',
      ZEEBE_ADDRESS: `127.0.0.1:${await freePort()}`,
      KOKI_CLOCK_FILE: clockFile,
      KOKI_SAMPLE: '1',
    },
    stdio: ['ignore', log, log],
  })
  const ended = new Promise<void>((done) => child.once('exit', () => done()))
  for (let tries = 0; !(await isServing(port)); tries += 1) {
    if (child.exitCode !== null || tries > 300) throw new Error(`the API did not start: ${join(folder, 'api.log')}`)
    await new Promise((done) => setTimeout(done, 100))
  }
  return {
    port,
    async stop() {
      child.kill('SIGTERM')
      await ended
    },
  }
}

const isServing = (port: number): Promise<boolean> =>
  fetch(`http://127.0.0.1:${port}/healthz`).then(
    (reply) => reply.ok,
    () => false,
  )
