// Zero-prior start: runs on any Node >= 20, installs what the lock says when it changed, then hands over to Node 24.
// usage: node bootstrap.mjs <file.ts|script.mjs> [args…]
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const modules = join(root, 'node_modules')
const stamp = join(modules, '.installed-lock-sha256')
const lock = join(root, '.koki-install.lock')
// Not node_modules/.bin/node: several optional packages offer that name, and npm 10 drops the link.
const os = { win32: 'win' }[process.platform] ?? process.platform
const pack = `${os === 'darwin' && process.arch === 'arm64' ? 'node-bin' : 'node'}-${os}-${process.arch}`
const node = join(modules, pack, 'bin', os === 'win' ? 'node.exe' : 'node')

const sha256 = (text) => createHash('sha256').update(text).digest('hex')
const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'))

/** True when npm's own record of what it put there is what the lock says (after an `npm install` by hand). */
function matchesRecord(lockText) {
  const record = join(modules, '.package-lock.json')
  if (!existsSync(record)) return false // an interrupted install has none
  const have = readJson(record).packages
  const want = JSON.parse(lockText).packages
  return (
    Object.keys(have).every((path) => path in want) &&
    Object.entries(want).every(
      ([path, { version, optional }]) => path === '' || (path in have ? have[path].version === version : optional),
    )
  )
}

function isInstalled() {
  if (!existsSync(node)) return false
  const lockText = readFileSync(join(root, 'package-lock.json'), 'utf8')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === sha256(lockText)) return true
  if (!matchesRecord(lockText)) return false
  writeFileSync(stamp, sha256(lockText))
  return true
}

const isAlive = (pid) => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}
const sleep = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)

/** Takes the lock folder (mkdir is atomic); waits for another install, and takes over from a dead one. */
function takeLock() {
  const holder = join(lock, 'pid')
  for (let told = false; ; sleep(500)) {
    try {
      mkdirSync(lock)
      writeFileSync(holder, String(process.pid))
      return
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
    }
    const pid = existsSync(holder) ? Number(readFileSync(holder, 'utf8')) : 0
    const age = Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now())
    if (pid ? !isAlive(pid) : age > 5000) rmSync(lock, { recursive: true, force: true })
    else if (!told) {
      console.error(`別の処理がパッケージを導入しています(プロセス ${pid})。終わるのを待ちます…`)
      told = true
    }
  }
}

function install() {
  const before = Date.now()
  console.error('パッケージを導入しています(npm ci)…')
  const npm = process.env.npm_execpath // set by `npm start` / `npm test`
  const args = ['ci', '--loglevel=error', '--no-audit', '--no-fund', '--ignore-scripts']
  const options = { cwd: root, stdio: ['ignore', 2, 2] }
  const done =
    npm && /\.c?js$/.test(npm)
      ? spawnSync(process.execPath, [npm, ...args], options)
      : spawnSync('npm', args, { ...options, shell: os === 'win' })
  if (done.status !== 0 || !existsSync(node)) {
    console.error(
      existsSync(node) || done.status !== 0
        ? 'パッケージを導入できませんでした。次にすること: 上の表示と、ネットワークを確認してから、もう一度始めてください。'
        : `この機種(${pack})で動く Node 24 がありません。次にすること: README の「動く機種」を確認してください。`,
    )
    return false
  }
  console.error(`パッケージを導入しました(${Math.round((Date.now() - before) / 1000)}秒)`)
  return true
}

if (!isInstalled()) {
  takeLock()
  try {
    // another process may have done it while we waited
    if (!isInstalled()) {
      if (install()) writeFileSync(stamp, sha256(readFileSync(join(root, 'package-lock.json'))))
      else process.exitCode = 1
    }
  } finally {
    rmSync(lock, { recursive: true, force: true })
  }
  if (process.exitCode) process.exit()
}

// Programs that start with `env node` get Node 24 too.
const PATH = [dirname(node), join(modules, '.bin'), process.env.PATH].join(delimiter)
// Sources without their types, and compiled: a start reads them instead of making them again.
const NODE_COMPILE_CACHE = join(modules, '.cache', 'node')
const child = spawn(node, ['--enable-source-maps', '--disable-warning=ExperimentalWarning', ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
  env: { NODE_COMPILE_CACHE, ...process.env, PATH },
})
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () => {
    // a terminal's Ctrl-C reaches the child by itself
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal)
  })
// npm passes a signal to its shell alone: the shell ends and tells nobody. Its end is the signal then.
const parent = process.ppid
if (process.env.npm_lifecycle_event && os !== 'win') {
  const look = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(look)
    child.kill('SIGTERM')
  }, 500)
  look.unref()
}
child.on('exit', (code, signal) => {
  if (!signal) process.exit(code ?? 1)
  process.removeAllListeners(signal)
  process.kill(process.pid, signal)
})
