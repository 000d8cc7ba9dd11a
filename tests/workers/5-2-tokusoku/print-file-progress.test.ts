import { afterAll, beforeAll, expect, test } from 'vitest'
import { plainDateOf } from '#kernel/plain-date.ts'
import type { StepContext } from '#runtime/step.ts'
import { loadPrinted, type MadeNotice } from '#workers/5-2-tokusoku/data/load-printed.ts'
import { countFiles, stagePrintFiles } from '#workers/5-2-tokusoku/data/stage-print-files.ts'
import { BASE_RUN, openTokusokuOffice, STEP, type TokusokuOffice } from '#tests/support/tokusoku-office.ts'

// What 処理 shows while E2 builds the print files: 「全件 —」 told nobody how much there was to do.
let at: TokusokuOffice
let runId: string

beforeAll(async () => {
  at = await openTokusokuOffice()
  await at.people([1, 2, 3])
  runId = await at.confirmed()
  await at.step(runId, '003')
  await at.clerks.release(await at.open(runId, '004'))
}, 60_000)
afterAll(() => at.office.close())

test('E2 says from the start how many letters there are, and how many lie in how many files', async () => {
  const told: unknown[] = []
  const { db, clock, store: files } = at.office
  await db.tx(async (read) => {
    const ctx: StepContext = {
      runId,
      stepRunId: runId,
      stepId: STEP.E2,
      attempt: 1,
      read,
      db,
      postingNumber: 0n,
      options: null,
      clock,
      files,
      progress: (phase, done, total) => Promise.resolve(void told.push([phase, done, total])),
    }
    const days = { asOf: plainDateOf(BASE_RUN.asOf), issueOn: plainDateOf(BASE_RUN.issueOn) }
    await stagePrintFiles(judged(loadPrinted(read, { runId, ...days }, ['released'])), ctx)
  })
  expect(told).toEqual([
    ['印刷ファイルを作る(0 / 1本)', 0, 3],
    ['印刷ファイルを作る(1 / 1本)', 2, 3],
    ['印刷ファイルを作る(1 / 1本)', 2, 2], // the third was pulled at the last moment
  ])
})

test('a file holds 500 sheets, and no letter is cut in two', () => {
  const ones = (count: number) => Array<number>(count).fill(1)
  expect([[], ones(500), ones(501), [300, 200, 1], [300, 300], [499, 2, 499]].map(countFiles)).toEqual([
    0, 1, 2, 2, 2, 3,
  ])
})

/** As E2 judges: the last letter is pulled. */
async function* judged(pages: AsyncIterable<readonly MadeNotice[]>) {
  for await (const page of pages)
    yield page.map((notice, index) => ({ notice, pull: index === page.length - 1 ? 'P01' : null }))
}
