import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { plainDateOf } from '#kernel/plain-date.ts'
import { completeTask, proposeTask, releaseTask } from '#runtime/decide-task.ts'
import { claimTask } from '#runtime/human.ts'
import { prepareWaitingTasks } from '../support/prepare-waiting-tasks.ts'
import { cancelRun } from '#runtime/runs.ts'
import { unprintableOf } from '#trace/queries/run-papers.ts'
import { previousTargetCount } from '#workers/5-2-tokusoku/data/previous-run.ts'
import { tokusoku } from '#workers/5-2-tokusoku/index.ts'
import { clerksOf, type Clerks } from '../support/clerks.ts'
import { openTestOffice, type TestOffice } from '../support/intake.ts'
import { registerNoticeSettings } from '../support/notice-settings.ts'
import { instalment, insured, loadRows, person } from '../support/office-facts.ts'
import { aUser, stepBench, type StepBench } from '../support/step-bench.ts'

const S = (name: string): string => `5-2-tokusoku/${name}`
const slip = (n: number) => ({ 通知書番号: `26001234${String(n).padStart(2, '0')}` })
const atena = (n: number): string => String(n).padStart(15, '0')
const YEARS = [2026, 2027, 2028, 2029]

/** Sheet 5.2 §3 (recheck, 中止), §4 002–005; architecture §7 (四眼). Small runs in one office, one after the other. */
describe('roads back', () => {
  let office: TestOffice
  let bench: StepBench
  let clerks: Clerks

  const load = async (kind: string, rows: Parameters<typeof loadRows>[2]): Promise<void> => {
    expect(await loadRows(office, kind, rows)).toMatchObject({ status: 'accepted', errors: [] })
  }
  const start = async (dueOn: string): Promise<string> => {
    const params = { dueOn, asOf: '2026-08-12', issueOn: '2026-08-20', includeCarriedOver: false }
    const late = dueOn === '2026-07-31' ? {} : { lateReason: '処理の遅れのため' }
    const { runId } = await bench.start(clerks.tantou, { ...params, ...late })
    await bench.run(runId, S('001-identify-delinquents'))
    return runId
  }
  const to004 = async (runId: string): Promise<string> => {
    await clerks.complete(runId, S('002-confirm-delinquents'), {})
    await bench.run(runId, S('003-make-tokusoku-notices'))
    const taskId = await bench.open(runId, S('004-check-notices'))
    await claimTask(bench.deps, { taskId, user: clerks.tantou })
    return taskId
  }

  beforeAll(async () => {
    office = await openTestOffice('2026-08-14T00:00:00.000Z')
    bench = await stepBench(office, [tokusoku])
    clerks = await clerksOf(office, bench)
    await registerNoticeSettings(office)
    const numbers = [1, 2, 3, 4, 5]
    await load(
      'atena',
      numbers.map((n) => person(n, n === 2 || n === 5 ? { 郵便番号: '' } : {})),
    )
    await load(
      'hihokensha',
      numbers.map((n) => insured(n)),
    )
    await load('kiwari', [
      instalment(1, { ...slip(1), 納期限: '2026-05-29' }),
      instalment(2, slip(2)),
      ...YEARS.map((year) => instalment(3, { ...slip(3), 調定年度: year })),
      instalment(4, { ...slip(4), 納期限: '2026-06-30' }),
      instalment(5, { ...slip(5), 納期限: '2026-06-01' }),
    ])
  })
  afterAll(() => office.close())

  test('a released run cannot be cancelled although every letter of it was pulled (F52-12)', async () => {
    const runId = await start('2026-05-29')
    const taskId = await to004(runId)
    const cancel = () => cancelRun(bench.deps, { runId, reason: 'テスト', user: clerks.kakaricho })
    await clerks.mark(taskId, clerks.tantou, [1], 'pull', { reason: 'P99', note: '窓口で相談中です' })
    const body = { ...(await clerks.seen(taskId)), decision: 'ok' }
    await proposeTask(bench.deps, { taskId, user: clerks.tantou, body })
    await releaseTask(bench.deps, { taskId, user: clerks.kakaricho, body })
    // then: the file for the 広域連合 may be on its way
    await expect(cancel()).rejects.toMatchObject({ code: 'F52-12' })
  })

  test('件数の差 is not measured against a run that was cancelled', async () => {
    const cancelled = await start('2026-06-30')
    await clerks.complete(cancelled, S('002-confirm-delinquents'), {})
    const runId = await start('2026-07-31')
    expect(await previousTargetCount(office.db, runId)).toBe(1)
    await cancelRun(bench.deps, { runId: cancelled, reason: 'テスト', user: clerks.kakaricho })
    // then: the run of 2026-05-29 stands, with one 対象 too; without it there is none
    await office.db.run(`update runs set state = 'cancelled' where id <> $1`, [runId])
    expect(await previousTargetCount(office.db, runId)).toBeNull()
    await cancelRun(bench.deps, { runId, reason: 'テスト', user: clerks.kakaricho })
  })

  test('letters that differ in 調定年度 alone are numbered by it, and 非送付一覧 gives the reason of the version in force', async () => {
    const runId = await start('2026-07-31')
    const first = await to004(runId)
    // given: 2 has no 郵便番号 (U02); the letters of 3 lie in the order of 調定年度
    expect(
      await office.db.rows(
        `select i.chotei_year as year from notices n join instalments i on i.id = n.instalment_id where n.run_id = $1 order by n.print_no`,
        [runId],
      ),
    ).toEqual(YEARS.map((year) => ({ year })))
    expect(await clerks.rowOf(first, 2)).toMatchObject({ reason: 'U02' })
    // when: back to 001, and 2 is taken out at 002
    const dates = { asOf: '2026-08-14', issueOn: '2026-08-20' }
    const recheck = { ...(await clerks.seen(first)), decision: 'recheck', ...dates }
    await completeTask(bench.deps, { taskId: first, user: clerks.tantou, body: recheck })
    await bench.run(runId, S('001-identify-delinquents'))
    const at002 = await bench.open(runId, S('002-confirm-delinquents'))
    await claimTask(bench.deps, { taskId: at002, user: clerks.kakaricho })
    const all = (await clerks.rows(at002)).map(({ insuredNo }) => Number(insuredNo))
    expect(all).toEqual([2, 3, 3, 3, 3])
    for (const n of [2, 3])
      await clerks.mark(at002, clerks.kakaricho, [n], 'exclude', {
        reason: 'T13',
        followUpOn: plainDateOf('2026-09-01'),
      })
    const body = { ...(await clerks.seen(at002)), decision: 'ok', acknowledged: ['outlierCount'] }
    await completeTask(bench.deps, { taskId: at002, user: clerks.kakaricho, body })
    await bench.run(runId, S('005-make-tainosha-file'))
    // then
    const rows = await office.db.rows<{ no: string; section: string; reason: string }>(
      `select s.insured_no as no, d.section, r.reason from worksheets w join worksheet_rows r on r.worksheet_id = w.id
       join tainosha_rows d on d.worksheet_id = w.id and d.row_no = r.row_no join insured s on s.id = r.insured_id
       where w.run_id = $1 and w.kind = 'tainosha' and s.insured_no = '00000002'`,
      [runId],
    )
    expect(rows).toEqual([{ no: '00000002', section: '非送付', reason: 'T13' }])
  })

  test('発行不能 that was repaired is none any more', async () => {
    const runId = await start('2026-06-01')
    const taskId = await to004(runId)
    const found = () => unprintableOf(office.db, tokusoku, runId)
    expect(await found()).toMatchObject([{ code: 'U02', count: 1 }])
    // when: the 郵便番号 is registered, and the letters are made again
    await load('atena', [person(5)])
    const redo = { ...(await clerks.seen(taskId)), decision: 'redo' }
    await completeTask(bench.deps, { taskId, user: clerks.tantou, body: redo })
    const { output } = await bench.run(runId, S('003-make-tokusoku-notices'))
    // then
    expect(output).toMatchObject({ noticeVersion: 1, noticeCount: 1, unprintableCount: 0 })
    expect(await found()).toEqual([])
  })

  test('a preview of a letter made before the 抑止 is not opened', async () => {
    const { id } = await office.db.one<{ id: string }>(
      `select n.id from notices n join insured s on s.id = n.insured_id where s.insured_no = '00000001'`,
    )
    const open = () => tokusoku.openDocument?.(bench.deps, `notice-${id}`)
    expect((await open())?.pdf.subarray(0, 5).toString('latin1')).toBe('%PDF-')
    await load('yokushi', [{ 宛名番号: atena(1), 措置区分: '仮', 開始日: '2026-08-14' }])
    await expect(open()).rejects.toMatchObject({ code: 'F52-20' })
  })

  test('a task that cannot be opened holds up no other', async () => {
    const runId = await start('2026-06-30')
    await office.db.run(
      `insert into tasks (id, epoch, job_key, element_instance_key, process_instance_key, run_id, flow, step_id, name, candidate_role, state, created_at)
       values ($1, 1, 1, 1, 1, $2, '5-2-tokusoku', '5-2-tokusoku/008-of-a-newer-model', '新しい工程', 'koki', 'preparing', '2026-08-01T00:00:00Z')`,
      [randomUUID(), runId],
    )
    await expect(bench.open(runId, S('002-confirm-delinquents'))).rejects.toMatchObject({ code: 'RUN-003' })
    expect(
      await office.db.rows(`select step_id as step, state from tasks where run_id = $1 order by step_id`, [runId]),
    ).toEqual([
      { step: S('002-confirm-delinquents'), state: 'open' },
      { step: S('008-of-a-newer-model'), state: 'preparing' },
    ])
    await expect(prepareWaitingTasks(bench.deps)).rejects.toMatchObject({ code: 'RUN-003' })
  })

  test('the books themselves refuse a review proposed and decided by one person with two logins', async () => {
    const again = await aUser(office, 'kakaricho-2', ['kakaricho'], clerks.kakaricho.staffId)
    const review = (proposedBy: bigint, decidedBy: bigint) =>
      office.db.run(
        `insert into worksheet_reviews (worksheet_id, task_id, step_run_id, decision, row_count, target_count, sum_yen, hash,
           proposed_by, decided_by, decided_at)
         select worksheet_id, task_id, step_run_id, decision, row_count, target_count, sum_yen, hash, $1, $2, decided_at
         from worksheet_reviews where proposed_by is not null limit 1`,
        [proposedBy, decidedBy],
      )
    await expect(review(clerks.kakaricho.userId, again.userId)).rejects.toThrow('one person')
    expect(await review(clerks.kakaricho.userId, clerks.kakaricho2.userId)).toBe(1)
  })
})
