import { tokusoku } from '#workers/5-2-tokusoku/index.ts'
import { clerksOf } from '../../support/clerks.ts'
import { dispatchedRun } from '../../support/dispatched-run.ts'
import { openTestOffice, type TestOffice } from '../../support/intake.ts'
import { stepBench } from '../../support/step-bench.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'

// sheet 5.2, question 2: 005 and 006 report 督促 before 007 finds letters that did not leave
let office: TestOffice
let runId: string
beforeAll(async () => {
  office = await openTestOffice('2026-08-14T00:00:00.000Z')
  const bench = await stepBench(office, [tokusoku])
  const clerks = await clerksOf(office, bench)
  const run = await dispatchedRun(office, bench, clerks, { people: [1, 2, 3], isReported: true, undispatched: [2] })
  runId = run.runId
})
afterAll(() => office.close())

test('the run says that the file of the 広域連合 names a letter that did not leave, and what to do', async () => {
  const [first, ...gaps] = (await tokusoku.cautions?.(office.db, runId)) ?? []
  expect(first?.text).toBe('発送しなかった通知1件が、広域連合へ送った滞納者情報 第1版に「督促」として入っています。')
  expect(first?.next).toContain('広域連合へ連絡')
  // no file of 口座振替 or 返戻 has come, and the flows of A09 and A11 are not there
  expect(gaps.map(({ text }) => text.slice(0, 12))).toEqual([
    '口座振替の依頼・結果を受',
    '返戻を受け入れていないた',
    'コンビニの速報(A07)',
  ])
})
