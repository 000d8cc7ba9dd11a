import { answersAt, saysReady, superviseChild, type Child, type ChildSettings } from '#tools/launch/child.ts'
import { createDataFolder, dataFolder, type DataFolder } from '#tools/launch/data-folder.ts'
import { ChildRecord, endOrphans } from '#tools/launch/orphans.ts'
import { localUrl } from '#tools/launch/launcher.ts'
import { progressOn } from '#tools/launch/phases.ts'
import { isSampleFolder, readStartSettings, startClock } from '#tools/launch/settings.ts'
import { takeStartLock } from '#tools/launch/start-lock.ts'
import { freePort } from '#tools/free-port.ts'
import { identityOf, isStillAlive } from '#tools/process-identity.ts'
import { isAlive } from '#tools/process-look.ts'
import { tellFault } from '#tools/tell-fault.ts'
import { firstUnreachable } from '#tools/server-account.ts'
import { spawn } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

let folder: DataFolder
beforeEach(() => {
  folder = dataFolder({ KOKI_DATA: mkdtempSync(join(tmpdir(), 'koki-launch-')) })
  createDataFolder(folder)
})
afterEach(() => rmSync(folder.root, { recursive: true, force: true }))

const idle = (): number => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore', detached: true })
  child.unref()
  if (child.pid === undefined) throw new Error('not started')
  return child.pid
}

describe('one start at a time', () => {
  it('refuses a second start while the first lives', () => {
    const lock = takeStartLock(folder)
    expect(() => takeStartLock(folder)).toThrow(`既に動いています(プロセス ${process.pid}`)
    lock.release()
    expect(takeStartLock(folder).wasKilled).toBe(false)
  })

  it('takes over the lock of a process that is gone', () => {
    writeFileSync(folder.lock, JSON.stringify({ pid: 999_999_999, born: 'x' }))
    expect(takeStartLock(folder).wasKilled).toBe(true)
  })

  it('takes over when another process has inherited the id', () => {
    writeFileSync(folder.lock, JSON.stringify({ pid: process.pid, born: 'another birth' }))
    expect(takeStartLock(folder).wasKilled).toBe(true)
    expect(JSON.parse(readFileSync(folder.lock, 'utf8'))).toEqual(identityOf(process.pid))
  })

  it('takes over a lock that was cut off while it was written', () => {
    writeFileSync(folder.lock, '')
    expect(takeStartLock(folder).wasKilled).toBe(true)
  })
})

describe('children that a killed launcher left', () => {
  it('are ended; a process that only inherited an id is not', async () => {
    const [left, stranger] = [idle(), idle()]
    const identity = identityOf(left)
    if (identity === null) throw new Error('gone')
    const record = new ChildRecord(folder)
    record.note('api', identity)
    record.note('workers', { pid: stranger, born: 'another birth' })
    expect(await endOrphans(folder)).toBe(1)
    expect(isStillAlive(identity)).toBe(false)
    expect(isAlive(stranger)).toBe(true)
    process.kill(stranger)
  })
})

describe('a supervised child', () => {
  const children: Child[] = []
  const lines: string[] = []
  afterEach(async () => {
    for (const child of children.splice(0)) await child.stop()
    lines.length = 0
  })
  const settings = (program: string, port: number): ChildSettings => ({
    name: '試しの処理',
    program: `tests/fixtures/children/${program}`,
    environment: { PORT: String(port) },
    logFile: join(folder.logs, 'child.log'),
    isReady: answersAt(`http://127.0.0.1:${port}/`),
    readySeconds: 15,
    stopPatienceMs: 5000,
    onStart: () => undefined,
    log: (line) => lines.push(line),
  })
  const ask = (port: number): Promise<string> => fetch(`http://127.0.0.1:${port}/`).then((answer) => answer.text())

  it('serves when the start returns, and is there again after a crash', async () => {
    const port = await freePort()
    children.push(await superviseChild(settings('server.ts', port)))
    const first = await ask(port)
    await fetch(`http://127.0.0.1:${port}/crash`).catch(() => undefined)
    await expect.poll(() => ask(port).catch(() => first), { timeout: 10_000 }).not.toBe(first)
    expect(lines).toEqual(['試しの処理が止まりました(終了 7)。0.5秒後に始め直します。'])
  })

  it('ends politely, and is not started again', async () => {
    const port = await freePort()
    const child = await superviseChild({ ...settings('server.ts', port), isReady: saysReady() })
    await child.stop()
    expect(readFileSync(join(folder.logs, 'child.log'), 'utf8')).toBe('ended politely\n')
    await expect(ask(port)).rejects.toThrow('fetch failed')
    expect(lines).toEqual([])
  })

  it('that does not come up is told with its exit and its log', async () => {
    await expect(superviseChild(settings('broken.ts', await freePort()))).rejects.toThrow(
      '試しの処理 を始められませんでした(終了 3)',
    )
  })

  it('tells what it died of, when that is a fault a person can mend', async () => {
    const failed = superviseChild(settings('unset.ts', await freePort()))
    const error = await failed.then(
      () => null,
      (reason: unknown) => reason,
    )
    let told = ''
    tellFault(error, (text) => (told += text))
    expect(told).toBe(
      '\nSYS-013 試しの処理 を始められませんでした(終了 1)。\n理由: SYS-014 DATABASE_URL の値が正しくありません(空)。\n' +
        '次にすること: postgresql:// で始まる koki_app の接続先にしてください。\n',
    )
  })

  it('follows a parent that was killed', async () => {
    const port = await freePort()
    const follow = join(import.meta.dirname, '../../src/tools/launch/follow-parent.ts')
    const program = join(import.meta.dirname, '../fixtures/children/server.ts')
    const code = `require('node:child_process').spawn(process.execPath, ['--import', ${JSON.stringify(follow)}, ${JSON.stringify(program)}],
      { stdio: ['ignore', 'ignore', 'ignore', 'ipc'], detached: true, env: { ...process.env, PORT: '${port}' } })`
    const parent = spawn(process.execPath, ['-e', `${code}; setInterval(() => {}, 1000)`], { stdio: 'ignore' })
    await expect.poll(() => ask(port).catch(() => ''), { timeout: 10_000 }).toMatch(/^\d+$/)
    const child = Number(await ask(port))
    parent.kill('SIGKILL')
    await expect.poll(() => isAlive(child), { timeout: 5000 }).toBe(false)
  })
})

describe('settings of a start', () => {
  it.each(['DATABASE_URL', 'ZEEBE_ADDRESS'])('refuse KOKI_NOW together with %s', (variable) => {
    expect(() => readStartSettings({ KOKI_NOW: '2026-11-13', [variable]: 'x' })).toThrow(
      `KOKI_NOW は ${variable} と一緒には使えません`,
    )
  })

  it('refuse a PORT that is none', () => {
    expect(() => readStartSettings({ PORT: '80a' })).toThrow('PORT の値が正しくありません(80a)')
  })

  it('make a new embedded database on loopback a sample, and keep that', () => {
    const local = readStartSettings({})
    expect(isSampleFolder(folder, local, true, {})).toBe(true)
    expect(isSampleFolder(folder, local, false, { KOKI_SAMPLE: '0' })).toBe(true)
    expect(() => isSampleFolder(folder, readStartSettings({ HOST: '0.0.0.0' }), false, {})).toThrow(
      'HOST の値が正しくありません',
    )
  })

  it('never make a sample of a database that was there before, or beyond loopback, or of an external one', () => {
    const local = readStartSettings({})
    expect(isSampleFolder(folder, local, false, {})).toBe(false)
    expect(isSampleFolder(folder, readStartSettings({ HOST: '0.0.0.0' }), true, {})).toBe(false)
    expect(isSampleFolder(folder, readStartSettings({ DATABASE_URL: 'x' }), true, {})).toBe(false)
  })

  it('run a sample on its own day and an office on the machine’s time', () => {
    expect(startClock(folder, true, false, {})).toMatchObject({ clockFile: null })
    const sample = startClock(folder, true, true, {})
    expect([sample.clockFile, sample.clock.today()]).toEqual([folder.clock, '2026-11-13'])
  })
})

describe('the address of READY', () => {
  it.each([
    ['127.0.0.1', 'http://127.0.0.1:8080'],
    ['0.0.0.0', 'http://127.0.0.1:8080'],
    ['::1', 'http://[::1]:8080'],
    ['10.0.0.5', 'http://10.0.0.5:8080'],
  ])('for a bind to %s is %s', (host, url) => {
    expect(localUrl(host, 8080)).toBe(url)
  })
})

describe('the data folder', () => {
  it('lets the server’s account through and shows it nothing', () => {
    expect(statSync(folder.root).mode & 0o777).toBe(0o711)
    expect(statSync(folder.logs).mode & 0o777).toBe(0o700)
  })

  it('below a private folder is noticed', () => {
    const closed = join(folder.root, 'private')
    mkdirSync(join(closed, 'data'), { recursive: true })
    chmodSync(closed, 0o700)
    const nobody = { name: 'nobody', uid: 65_534, gid: 65_534 }
    expect(firstUnreachable(nobody, join(closed, 'data', 'postgres'))).toBe(closed)
    expect(firstUnreachable(nobody, tmpdir())).toBe(null)
  })
})

describe('progress', () => {
  it('is one line a phase with its time and notes, and names the phase that failed', async () => {
    let out = ''
    const progress = progressOn({ write: (text) => (out += text) })
    await progress.phase('PostgreSQL', async (note) => note('新規'))
    await expect(progress.phase('Zeebe', () => Promise.reject(new Error('x')))).rejects.toThrow('x')
    expect(out.replaceAll(/\d\.\d秒/g, 'N秒')).toBe(' 1 PostgreSQL 済、新規 N秒\n 2 Zeebe 失敗\n')
  })
})
