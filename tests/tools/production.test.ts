import { CHECKOUT } from '#tests/support/fixture-tree.ts'
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let root: string

/** The product with the packages of an install without dev packages, and no others. */
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'koki-production-'))
  for (const name of ['src', 'workers', 'processes', 'templates', 'package.json'])
    cpSync(join(CHECKOUT, name), join(root, name), { recursive: true })
  const { packages } = JSON.parse(readFileSync(join(CHECKOUT, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { dev?: boolean; devOptional?: boolean }>
  }
  for (const [path, { dev }] of Object.entries(packages)) {
    const isTop = path.startsWith('node_modules/') && path.lastIndexOf('node_modules/') === 0
    if (!isTop || dev === true || !existsSync(join(CHECKOUT, path))) continue
    mkdirSync(dirname(join(root, path)), { recursive: true })
    symlinkSync(join(CHECKOUT, path), join(root, path))
  }
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

const run = (program: string, environment: Record<string, string>): string => {
  const { stdout, stderr } = spawnSync(process.execPath, [program], {
    cwd: root,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], KOKI_DATA: join(root, 'data'), ...environment },
  })
  return stdout + stderr
}

// every import of a program is resolved before its first line runs; each then stops at a setting it lacks
describe('an install without dev packages', () => {
  it('has no test runner', () => {
    expect(existsSync(join(root, 'node_modules/vitest'))).toBe(false)
    expect(existsSync(join(root, 'node_modules/fastify'))).toBe(true)
  })

  it.each(['src/api/server.ts', 'workers/main.ts'])('runs %s', (program) => {
    expect(run(program, {})).toContain('DATABASE_URL の値が正しくありません')
  })

  it('runs the launcher', () => {
    expect(run('src/tools/start.ts', { PORT: 'x' })).toContain('PORT の値が正しくありません(x)')
  })

  it('runs koki', () => {
    expect(run('src/tools/koki.ts', {})).toContain('使い方: npm run -s koki')
  })
})
