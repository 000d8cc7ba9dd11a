import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { linesOf, runTool, type Check } from './check.ts'

/** Every optional platform package is in the lock: without them `npm ci` refuses on some machines. */
export const lock: Check = {
  name: 'lockfile',
  async run(root) {
    const file = join(root, 'package-lock.json')
    const { code, text } = await runTool('../src/tools/complete-lock.mjs', ['--check', file], root)
    const { packages } = JSON.parse(readFileSync(file, 'utf8')) as { packages: Record<string, unknown> }
    return { looked: Object.keys(packages).length, findings: code === 0 ? [] : linesOf(text) }
  },
}
