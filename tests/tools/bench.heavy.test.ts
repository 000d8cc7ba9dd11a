import { chmodSync, rmSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { identifyDelinquents } from '#tools/bench/identify-delinquents.ts'
import { shunoImport } from '#tools/bench/shuno-import.ts'
import { temporaryFolder } from '#tests/support/temporary.ts'

/** A measurement is worth something only while both roads write the same rows: each throws when they do not. */
describe('npm run bench, very small', () => {
  let folder: string
  beforeEach(() => {
    folder = temporaryFolder()
    chmodSync(folder, 0o755) // the server's account must get in
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  it.each([
    [identifyDelinquents, 0.005, /^一覧 [5-9],?\d{3} 行/],
    [shunoImport, 0.006, /^[5-7]\d{3} 行/],
  ] as const)('$name: product and baseline agree', async (row, scale, conditions) => {
    const told: string[] = []
    const result = await row.run({ folder, scale, log: (line) => told.push(line) })
    expect(told).toHaveLength(3)
    expect(result.conditions).toMatch(conditions)
    expect(result.measured).toMatch(/\d倍$/)
  })
})
