import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { completeTask } from '#runtime/decide-task.ts'
import { claimTask } from '#runtime/human.ts'
import { tokusoku } from '#workers/5-2-tokusoku/index.ts'
import { clerksOf, type Clerks } from '../../support/clerks.ts'
import { openTestOffice, type TestOffice } from '../../support/intake.ts'
import { registerNoticeSettings } from '../../support/notice-settings.ts'
import { instalment, insured, loadRows, person } from '../../support/office-facts.ts'
import { stepBench, type StepBench } from '../../support/step-bench.ts'

const S = (name: string): string => `5-2-tokusoku/${name}`
const slip = (n: number) => ({ 通知書番号: `26001234${String(n).padStart(2, '0')}` })
const atena = (n: number): string => String(n).padStart(15, '0')
const measure = {
  措置区分: '本',
  開始日: '2026-04-01',
  満了予定日: '2027-03-31',
  相手方氏名: '見本 相手',
  相手方生年月日: '1944-04-04',
}

/** 抑止 (sheet 5.2, 001 A05, 003 rule 5, 005): only a 係長, only at a 送付先, only in a file of their own. */
describe('a person under 支援措置', () => {
  let office: TestOffice
  let bench: StepBench
  let clerks: Clerks
  let runId: string

  beforeAll(async () => {
    office = await openTestOffice('2026-08-14T00:00:00.000Z')
    bench = await stepBench(office, [tokusoku])
    clerks = await clerksOf(office, bench)
    await registerNoticeSettings(office)
    // given: 1 plain · 2 protected with a 送付先 · 3 protected without · 4 protected, whose 送付先 is the 相手方
    await loadRows(office, 'atena', [person(1), person(2), person(3), person(4)])
    await loadRows(office, 'hihokensha', [insured(1), insured(2), insured(3), insured(4)])
    await loadRows(
      office,
      'yokushi',
      [2, 3, 4].map((n) => ({ 宛名番号: atena(n), ...measure })),
    )
    const address = { 送付先区分: '本人', 郵便番号: '0000099', 住所: 'みほん市支援センター気付', 開始日: '2026-04-01' }
    await loadRows(office, 'soufusaki', [
      { 宛名番号: atena(2), 氏名: '見本 2郎', ...address },
      { 宛名番号: atena(4), 氏名: '見本 相手', ...address },
    ])
    await loadRows(
      office,
      'kiwari',
      [1, 2, 3, 4].map((n) => instalment(n, slip(n))),
    )
    runId = (await bench.start(clerks.tantou, { dueOn: '2026-07-31', asOf: '2026-08-12', issueOn: '2026-08-20' })).runId
    await bench.run(runId, S('001-identify-delinquents'))
  })
  afterAll(() => office.close())

  test('only a 係長 brings the row back, and 003 makes a letter only for a 送付先 that is not the 相手方', async () => {
    const taskId = await bench.open(runId, S('002-confirm-delinquents'))
    await claimTask(bench.deps, { taskId, user: clerks.kakaricho })
    expect(await clerks.mark(taskId, clerks.kakaricho, [2, 3, 4], 'include')).toBe(3)
    const body = { ...(await clerks.seen(taskId)), decision: 'ok' }
    await completeTask(bench.deps, { taskId, user: clerks.kakaricho, body })
    // when
    const { output } = await bench.run(runId, S('003-make-tokusoku-notices'))
    // then
    expect(output).toEqual({ noticeVersion: 1, noticeCount: 2, unprintableCount: 2 })
    const unprintable = await office.db.rows(
      `select s.insured_no as no, u.reason from unprintable_notices u join insured s on s.id = u.insured_id where u.run_id = $1 order by 1`,
      [runId],
    )
    expect(unprintable).toEqual([
      { no: '00000003', reason: 'U01' },
      { no: '00000004', reason: 'U04' },
    ])
  })

  test('the letter lies in a print file of its own, and no bulk file holds a word of the address', async () => {
    // the releaser must not have completed 002
    const taskId = await bench.open(runId, S('004-check-notices'))
    await claimTask(bench.deps, { taskId, user: clerks.tantou })
    const { proposeTask, releaseTask } = await import('#runtime/decide-task.ts')
    const body = { ...(await clerks.seen(taskId)), decision: 'ok' }
    await proposeTask(bench.deps, { taskId, user: clerks.tantou, body })
    await expect(releaseTask(bench.deps, { taskId, user: clerks.kakaricho, body })).rejects.toMatchObject({
      code: 'F52-07',
    })
    await releaseTask(bench.deps, { taskId, user: clerks.kakaricho2, body })
    const { output } = await bench.run(runId, S('e2-dispatch-notices'))
    expect(output).toEqual({ releasedCount: 2, pulledCount: 0, printFileCount: 2 })
    const files = await office.db.rows<{ individual: boolean; n: number; people: string }>(
      `select f.is_individual as individual, f.notice_count as n, string_agg(s.insured_no, ',' order by p.position) as people
       from print_files f join print_file_notices p on p.print_file_id = f.id join notices n on n.id = p.notice_id
       join insured s on s.id = n.insured_id where f.run_id = $1 group by f.id, 1, 2 order by 1`,
      [runId],
    )
    expect(files).toEqual([
      { individual: false, n: 1, people: '00000001' },
      { individual: true, n: 1, people: '00000002' },
    ])
  })

  test('005 leaves the person out until 006 decides, then the next version holds the line', async () => {
    const first = await bench.run(runId, S('005-make-tainosha-file'))
    expect(first.output).toMatchObject({ fileVersion: 1, fileCount: 1 })
    const taskId = await bench.open(runId, S('006-confirm-tainosha-file'))
    await claimTask(bench.deps, { taskId, user: clerks.tantou })
    const sent = { decision: 'ok', sentOn: '2026-08-14', sentBy: '1' }
    const complete = async (form: object) =>
      completeTask(bench.deps, {
        taskId,
        user: clerks.tantou,
        body: { ...(await clerks.seen(taskId)), decision: 'ok', ...form },
      })
    await expect(complete(sent)).rejects.toMatchObject({ code: 'F52-06' })
    await clerks.mark(taskId, clerks.tantou, [2], 'include')
    await expect(complete(sent)).rejects.toMatchObject({ code: 'F52-16' })
    await complete({ decision: 'redo', reason: 'S03' })
    // when
    const second = await bench.run(runId, S('005-make-tainosha-file'))
    // then
    expect(second.output).toMatchObject({ fileVersion: 2, fileCount: 2 })
    const versions = await office.db.rows(
      `select version, state, redo_reason from tainosha_files where run_id = $1 order by version`,
      [runId],
    )
    expect(versions).toEqual([
      { version: 1, state: 'superseded', redo_reason: 'S03' },
      { version: 2, state: 'made', redo_reason: null },
    ])
    const { sha256 } = await office.db.one<{ sha256: string }>(
      `select sha256 from tainosha_files where run_id = $1 and version = 2`,
      [runId],
    )
    const text = await readFile(office.store.pathOf(sha256), 'utf8')
    expect(text).toContain('00000002,2026,2026')
    expect(text).not.toContain('支援センター')
  })
})
