import { CHECKOUT } from '#tests/support/fixture-tree.ts'
import { spawn } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { until } from '#tests/support/until.ts'

const PLATFORM = `${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`
let root: string

/** A checkout whose npm is a script of ours: it takes a moment, notes that it ran, and puts the platform's Node in place. */
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'koki-bootstrap-'))
  mkdirSync(join(root, 'src/tools'), { recursive: true })
  copyFileSync(join(CHECKOUT, 'src/tools/bootstrap.mjs'), join(root, 'src/tools/bootstrap.mjs'))
  writeLock('1.0.0')
  writeFileSync(join(root, 'hello.mjs'), `console.log('hello', process.argv.slice(2).join(' ')); process.exitCode = 5`)
  writeFileSync(
    join(root, 'npm.cjs'),
    `const fs = require('node:fs')
    fs.appendFileSync('installs.log', process.argv.slice(2).join(' ') + '\\n')
    if (fs.existsSync('offline')) process.exit(1)
    setTimeout(() => {
      fs.mkdirSync('node_modules/node-${PLATFORM}/bin', { recursive: true })
      fs.rmSync('node_modules/node-${PLATFORM}/bin/node', { force: true })
      fs.symlinkSync(${JSON.stringify(process.execPath)}, 'node_modules/node-${PLATFORM}/bin/node')
    }, 700)`,
  )
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const writeLock = (version: string): void =>
  writeFileSync(
    join(root, 'package-lock.json'),
    JSON.stringify({
      packages: { '': {}, 'node_modules/tool': { version }, 'node_modules/other': { version, optional: true } },
    }),
  )

function bootstrap(): Promise<{ code: number | null; out: string; told: string }> {
  const child = spawn(process.execPath, ['src/tools/bootstrap.mjs', 'hello.mjs', 'a', 'b'], {
    cwd: root,
    env: { PATH: process.env['PATH'], npm_execpath: join(root, 'npm.cjs') },
  })
  let [out, told] = ['', '']
  child.stdout.on('data', (piece: Buffer) => (out += piece.toString()))
  child.stderr.on('data', (piece: Buffer) => (told += piece.toString()))
  return new Promise((ok) => child.on('close', (code) => ok({ code, out, told })))
}
const installs = (): string[] => {
  const file = join(root, 'installs.log')
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : []
}

describe('the bootstrap', () => {
  it('installs without scripts, then runs the program with its words and exit code', async () => {
    const { code, out, told } = await bootstrap()
    expect({ code, out }).toEqual({ code: 5, out: 'hello a b\n' })
    expect(told).toContain('パッケージを導入しました')
    expect(installs()).toEqual(['ci --loglevel=error --no-audit --no-fund --ignore-scripts'])
  })

  it('installs once: not again until the lock changes', async () => {
    await bootstrap()
    expect((await bootstrap()).told).toBe('')
    expect(installs()).toHaveLength(1)
    writeLock('1.0.1')
    await bootstrap()
    expect(installs()).toHaveLength(2)
  })

  it('waits while another one installs', async () => {
    const both = await Promise.all([bootstrap(), bootstrap()])
    expect(both.map(({ out }) => out)).toEqual(['hello a b\n', 'hello a b\n'])
    expect(both.map(({ told }) => told).join('')).toContain('別の処理がパッケージを導入しています')
    expect(installs()).toHaveLength(1)
  })

  it('takes over from one that was killed', async () => {
    mkdirSync(join(root, '.koki-install.lock'))
    writeFileSync(join(root, '.koki-install.lock/pid'), '999999999')
    expect((await bootstrap()).code).toBe(5)
    expect(existsSync(join(root, '.koki-install.lock'))).toBe(false)
  })

  it('keeps compiled sources beside the packages, for every program that the program starts', async () => {
    writeFileSync(join(root, 'hello.mjs'), `console.log(process.env.NODE_COMPILE_CACHE)`)
    expect((await bootstrap()).out).toBe(`${join(root, 'node_modules/.cache/node')}\n`)
    expect(readdirSync(join(root, 'node_modules/.cache/node'))).toHaveLength(1) // one folder a version of Node
  })

  it('accepts what an install by hand left, by npm’s own record', async () => {
    await bootstrap()
    writeLock('2.0.0')
    writeFileSync(
      join(root, 'node_modules/.package-lock.json'),
      JSON.stringify({ packages: { 'node_modules/tool': { version: '2.0.0' } } }),
    )
    expect((await bootstrap()).code).toBe(5)
    expect(installs()).toHaveLength(1)
  })

  it('ends its program when npm is ended: npm tells its shell alone, and the shell tells nobody', async () => {
    await bootstrap()
    writeFileSync(
      join(root, 'hello.mjs'),
      `import { writeFileSync } from 'node:fs'
       process.once('SIGTERM', () => { writeFileSync('ended', 'in good order'); process.exit() })
       setInterval(() => undefined, 1000)
       writeFileSync('ready', '')`,
    )
    // as npm runs a script of package.json: a shell that waits
    const shell = spawn('sh', ['-c', `"${process.execPath}" src/tools/bootstrap.mjs hello.mjs; true`], {
      cwd: root,
      stdio: 'ignore',
      env: { PATH: process.env['PATH'], npm_execpath: join(root, 'npm.cjs'), npm_lifecycle_event: 'start' },
    })
    await until('the program runs', () => existsSync(join(root, 'ready')))
    shell.kill('SIGTERM')
    await until('the program has ended', () => existsSync(join(root, 'ended')))
    expect(readFileSync(join(root, 'ended'), 'utf8')).toBe('in good order')
  })

  it('says what to do when the install fails, and tries again the next time', async () => {
    writeFileSync(join(root, 'offline'), '')
    const { code, out, told } = await bootstrap()
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(told).toContain('次にすること: ')
    rmSync(join(root, 'offline'))
    expect((await bootstrap()).code).toBe(5)
  })
})
