import { rmSync } from 'node:fs'
import { compareRuns } from '#tools/bench/faults/compare-runs.ts'
import { temporaryFolder } from '#tests/support/temporary.ts'
import { expect, test } from 'vitest'

const KILLS = 5

/** The short form of `npm run bench:faults`: `npm start`, and its parts killed at random while clerks work. */
test('random kills of workers, API, broker and PostgreSQL leave what an undisturbed run leaves', async () => {
  const folder = temporaryFolder()
  const seed = Date.now() % 1_000_000
  try {
    const { kills, expected, found } = await compareRuns({
      folder,
      insured: 200,
      seed,
      kills: KILLS,
      pause: [0.2, 1.5],
      log: () => undefined,
    })
    const told = JSON.stringify({ seed, kills })
    expect(kills, told).toHaveLength(KILLS)
    expect(
      kills.filter(({ recovery }) => recovery === null),
      told,
    ).toEqual([])
    expect(expected.violations, told).toEqual([])
    expect(found.violations, told).toEqual([])
    expect(found.fingerprint, told).toEqual(expected.fingerprint)
    expect(expected.fingerprint.noticeStates.some((line) => line.startsWith('dispatched '))).toBe(true)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}, 900_000)
