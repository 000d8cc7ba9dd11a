import { freePort } from '#tools/free-port.ts'
import { findPostgres } from '#tools/postgres.ts'
import { isAlive, waitForEnd } from '#tools/process-look.ts'
import { temporaryFolder } from '#tests/support/temporary.ts'
import { CHECKOUT } from '#tests/support/fixture-tree.ts'
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const START_MS = 170_000
const folder = temporaryFolder()
const dataDir = join(folder, 'office')
const environment: NodeJS.ProcessEnv = { ...process.env, KOKI_DATA: dataDir, NODE_OPTIONS: '', VITEST: '' }
let url = ''
let launcher: ChildProcess
let out = ''

beforeAll(async () => {
  const port = await freePort()
  environment['PORT'] = String(port)
  url = `http://127.0.0.1:${port}`
})
afterAll(async () => {
  await end(launcher)
  rmSync(folder, { recursive: true, force: true })
})

/** Runs `npm start`'s program until it says READY or ends. */
async function start(): Promise<void> {
  out = ''
  launcher = spawn(process.execPath, ['src/tools/start.ts'], { cwd: CHECKOUT, env: environment })
  for (const stream of [launcher.stdout, launcher.stderr])
    stream?.on('data', (piece: Buffer) => (out += piece.toString()))
  await expect
    .poll(() => /^READY /m.test(out) || launcher.exitCode !== null, { timeout: START_MS, interval: 100 })
    .toBe(true)
  expect(out).toContain(`READY ${url}\n`)
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill('SIGTERM')
  await exited
}

const koki = (...words: string[]): string =>
  spawnSync(process.execPath, ['src/tools/koki.ts', ...words], { cwd: CHECKOUT, env: environment, encoding: 'utf8' })
    .stdout

const childPids = (): number[] =>
  (JSON.parse(readFileSync(join(dataDir, 'children.json'), 'utf8')) as { pid: number }[]).map(({ pid }) => pid)
const brokerPid = (): number => Number(readFileSync(join(dataDir, brokerFolder(), 'broker.pid'), 'utf8'))
const brokerFolder = (): string => readdirSync(dataDir).find((name) => name.startsWith('zeebe-')) ?? ''
const postmasterPid = (): number =>
  Number(readFileSync(join(dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n')[0])
const isReady = (): Promise<boolean> =>
  fetch(`${url}/readyz`).then(
    ({ ok }) => ok,
    () => false,
  )

// architecture §0 (Run), §8 (files): the two commands, started and killed for real
describe('npm start', () => {
  it('ends with READY, serves, and shows each phase with its time', { timeout: START_MS + 10_000 }, async () => {
    await start()
    const phases = out.split('\n').filter((line) => /^ *\d+ .* 済/.test(line))
    expect(phases).toHaveLength(10)
    for (const phase of phases) expect(phase).toMatch(/\d\.\d秒$/)
    expect(out.trimEnd().split('\n').at(-1)).toBe(`READY ${url}`)
    expect(await isReady()).toBe(true)
  })

  it('is found sound by koki doctor', { timeout: 60_000 }, async () => {
    // the first heartbeat of the engine may need a moment
    await expect
      .poll(() => koki('doctor'), { timeout: 50_000, interval: 2000 })
      .toContain('問題は見つかりませんでした。')
  })

  it('refuses a second start on the same data', () => {
    const second = spawnSync(process.execPath, ['src/tools/start.ts'], {
      cwd: CHECKOUT,
      env: environment,
      encoding: 'utf8',
    })
    expect(second.status).toBe(1)
    expect(second.stderr).toContain('SYS-002 このデータフォルダーでは既に動いています')
    expect(second.stderr).toContain('次にすること: ')
  })

  it('moves our clock and the engine’s together', { timeout: 60_000 }, async () => {
    expect(koki('clock', 'set', '2026-11-20')).toContain('令和8年11月20日')
    expect(koki('clock', 'show')).toContain('(2026-11-20) 見本の日付')
    expect(koki('clock', 'set', '2026-11-19')).toBe('')
    const line = readFileSync(`/proc/${brokerPid()}/environ`, 'utf8')
    const management = /MANAGEMENT_SERVER_PORT=(\d+)/.exec(line)?.[1]
    const engineDay = async (): Promise<string> => {
      const answer = await fetch(`http://127.0.0.1:${management}/actuator/clock`)
      return ((await answer.json()) as { instant: string }).instant.slice(0, 10)
    }
    await expect.poll(engineDay, { timeout: 10_000 }).toBe('2026-11-20')
  })

  it('brings back whatever part is killed', { timeout: 120_000 }, async () => {
    const before = { children: childPids(), broker: brokerPid(), postmaster: postmasterPid() }
    for (const pid of [...before.children, before.broker, before.postmaster]) process.kill(pid, 'SIGKILL')
    await expect.poll(isReady, { timeout: 60_000, interval: 200 }).toBe(true)
    await expect
      .poll(() => childPids().every((pid) => isAlive(pid) && !before.children.includes(pid)), { timeout: 30_000 })
      .toBe(true)
    await expect.poll(() => isAlive(brokerPid()) && brokerPid() !== before.broker, { timeout: 60_000 }).toBe(true)
    expect(postmasterPid()).not.toBe(before.postmaster)
  })

  it(
    'recovers after kill -9 of the launcher and the loss of the engine’s disk, and keeps its day',
    {
      timeout: START_MS + 120_000,
    },
    async () => {
      const number = /R8-52-\d+/.exec(koki('run', 'start', '5-2-tokusoku'))?.[0] ?? ''
      const isAt002 = (): boolean => koki('run', 'show', number).includes('次の作業 002')
      await expect.poll(isAt002, { timeout: 60_000, interval: 500 }).toBe(true)
      const [pid, orphan] = [launcher.pid, brokerPid()]
      if (pid === undefined) throw new Error('not started')
      process.kill(pid, 'SIGKILL')
      await waitForEnd(pid, 5000)
      rmSync(join(dataDir, brokerFolder(), 'data'), { recursive: true, force: true })
      rmSync(join(dataDir, brokerFolder(), 'koki-epoch.json'))
      await start()
      expect(out).toContain('前回は途中で切れています')
      expect(out).toContain('進行中の処理1件を引き継ぎます')
      expect(isAlive(orphan)).toBe(false)
      // the same task is decided, and the new instance goes on with it
      const taskId = /次の作業 002 .* \(([0-9a-f-]{36})\)/.exec(koki('run', 'show', number))?.[1] ?? ''
      koki('task', 'claim', taskId)
      const dates = '{"asOf":"2026-11-12","issueOn":"2026-11-20"}'
      expect(koki('task', 'complete', taskId, '--decision', 'redo', '--form', dates)).toContain('完了しました')
      const isAgain = (): boolean => /001 滞納者把握 済 版2[^]*次の作業 002/.test(koki('run', 'show', number))
      await expect.poll(isAgain, { timeout: 60_000, interval: 500 }).toBe(true)
      expect(koki('engine', 'status')).toContain('世代 2')
      expect(koki('clock', 'show')).toContain('(2026-11-20) 見本の日付')
    },
  )

  it('ends everything it started on SIGTERM', { timeout: 120_000 }, async () => {
    const pids = [...childPids(), brokerPid(), postmasterPid()]
    await end(launcher)
    expect(launcher.exitCode).toBe(0)
    expect(pids.filter(isAlive)).toEqual([])
    expect(await findPostgres(join(dataDir, 'postgres'))).toBe(null)
    expect(['start.lock', 'running.json', 'children.json'].filter((name) => existsSync(join(dataDir, name)))).toEqual(
      [],
    )
  })
})
