import { readFile } from 'node:fs/promises'
import { plainDateOf } from '#kernel/plain-date.ts'
import { tokusoku } from '#workers/5-2-tokusoku/index.ts'
import { clerksOf, type Clerks } from '../../support/clerks.ts'
import { dispatchedRun, slipOf } from '../../support/dispatched-run.ts'
import { openTestOffice, type TestOffice } from '../../support/intake.ts'
import { KEY, loadRows, receipt } from '../../support/office-facts.ts'
import { stepBench, type StepBench } from '../../support/step-bench.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'

// sheet 5.2, question 2: 005 and 006 report 督促 before 007 finds letters that did not leave
let office: TestOffice
let runId: string
let bench: StepBench
let clerks: Clerks
beforeAll(async () => {
  office = await openTestOffice('2026-08-14T00:00:00.000Z')
  bench = await stepBench(office, [tokusoku])
  clerks = await clerksOf(office, bench)
  const run = await dispatchedRun(office, bench, clerks, { people: [1, 2, 3], isReported: true, undispatched: [2] })
  runId = run.runId
})
afterAll(() => office.close())

test('the run says that the file of the 広域連合 names a letter that did not leave, and what to do', async () => {
  const [first, ...gaps] = (await tokusoku.cautions?.(office.db, runId)) ?? []
  expect(first?.text).toBe('発送しなかった通知1件が、広域連合へ送った滞納者情報 第1版に「督促」として入っています。')
  expect(first?.next).toContain('次の版を作り')
  // no file of 口座振替 or 返戻 has come, and the flows of A09 and A11 are not there
  expect(gaps.map(({ text }) => text.slice(0, 12))).toEqual([
    '口座振替の依頼・結果を受',
    '返戻を受け入れていないた',
    'コンビニの速報(A07)',
  ])
})

test('the next version is made by hand once, without the letter and with the balances of the day', async () => {
  const { report } = tokusoku
  if (!report) throw new Error('no report')
  // given: 3 has paid since
  await loadRows(office, 'shuno', [receipt({ ...KEY, ...slipOf(3), 領収日: '2026-08-19' })])
  const act = { runId, user: clerks.tantou }
  // when
  await report.remake(bench.deps, act)
  await report.remake(bench.deps, act)
  // then
  const files = await office.db.rows(
    `select version, state, line_count as lines, sum_yen as yen, as_of as "asOf" from tainosha_files where run_id = $1 order by version`,
    [runId],
  )
  expect(files).toEqual([
    { version: 1, state: 'sent', lines: 3n, yen: 36_900n, asOf: '2026-08-14' },
    { version: 2, state: 'made', lines: 1n, yen: 12_300n, asOf: '2026-08-20' },
  ])
  const rows = await office.db.rows(
    `select s.insured_no::int as n, d.section, r.reason from tainosha_files f join tainosha_rows d on d.worksheet_id = f.worksheet_id
     join worksheet_rows r on r.worksheet_id = d.worksheet_id and r.row_no = d.row_no join insured s on s.id = r.insured_id
     where f.run_id = $1 and f.version = 2 order by 1`,
    [runId],
  )
  expect(rows).toEqual([
    { n: 1, section: '送付', reason: null },
    { n: 2, section: '非送付', reason: 'P08' },
    { n: 3, section: '非送付', reason: '送付前完納' },
  ])
  const { sha256 } = await office.db.one<{ sha256: string }>(
    `select sha256 from tainosha_files where run_id = $1 and version = 2`,
    [runId],
  )
  const text = await readFile(office.store.pathOf(sha256), 'utf8')
  expect(text.trim().split('\r\n')).toHaveLength(2)
  expect(text).toContain('00000001,')
})

test('its sending is recorded once, and then nothing is left to do', async () => {
  const { report } = tokusoku
  if (!report) throw new Error('no report')
  const sent = {
    runId,
    version: 2,
    sentOn: plainDateOf('2026-08-20'),
    sentBy: '1',
    receiptNo: null,
    user: clerks.tantou,
  }
  await expect(report.recordSent(bench.deps, { ...sent, version: 1 })).rejects.toMatchObject({ code: 'F52-31' })
  await expect(report.recordSent(bench.deps, { ...sent, sentOn: plainDateOf('2026-08-21') })).rejects.toMatchObject({
    code: 'TASK-010',
  })
  await report.recordSent(bench.deps, sent)
  await report.recordSent(bench.deps, sent)
  expect(await report.standing(office.db, runId)).toBeNull()
  await expect(report.remake(bench.deps, { runId, user: clerks.tantou })).rejects.toMatchObject({ code: 'F52-30' })
  const events = await office.db.rows(
    `select kind from audit_events where kind in ('file-made', 'file-sent') order by id`,
  )
  expect(events).toEqual([{ kind: 'file-made' }, { kind: 'file-sent' }])
})
