import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { completeTask, proposeTask, releaseTask } from '#runtime/decide-task.ts'
import { claimTask, markRows } from '#runtime/human.ts'
import { refreshTask } from '#runtime/refresh-task.ts'
import type { TaskUser } from '#runtime/human-context.ts'
import { worksheetHash } from '#runtime/worksheet/hash.ts'
import { checkLedger } from '#ledger/check.ts'
import { tokusoku } from '#workers/5-2-tokusoku/index.ts'
import { openTestOffice, type TestOffice } from '../../support/intake.ts'
import { registerNoticeSettings } from '../../support/notice-settings.ts'
import { instalment, insured, loadRows, person, receipt } from '../../support/office-facts.ts'
import { aUser, stepBench, type StepBench } from '../../support/step-bench.ts'

const S = (name: string): string => `5-2-tokusoku/${name}`
const slip = (n: number) => ({ 通知書番号: `26001234${String(n).padStart(2, '0')}` })
const ATENA = (n: number): string => String(n).padStart(15, '0')

/** A whole 督促 without the engine: each step gets its job, each person decides. Base run of sheet 5.2 §8. */
describe('督促 from 001 to 007', () => {
  let office: TestOffice
  let bench: StepBench
  let runId: string
  let tantou: TaskUser
  let kakaricho: TaskUser
  let kakaricho2: TaskUser

  beforeAll(async () => {
    office = await openTestOffice('2026-08-14T00:00:00.000Z')
    bench = await stepBench(office, [tokusoku])
    await registerNoticeSettings(office)
    tantou = await aUser(office, 'tantou', ['tantou'])
    kakaricho = await aUser(office, 'kakaricho', ['kakaricho'])
    kakaricho2 = await aUser(office, 'kakaricho2', ['kakaricho'])
    const people = [1, 2, 3, 4, 5, 6]
    // given: 1 plain · 2 under 抑止 · 3 under 猶予 until 基準日 · 4 pays after 003 · 5 over 300,000 · 6 is excluded by hand
    await loadRows(
      office,
      'atena',
      people.map((n) => person(n)),
    )
    await loadRows(
      office,
      'hihokensha',
      people.map((n) => insured(n)),
    )
    await loadRows(office, 'yokushi', [
      { 宛名番号: ATENA(2), 措置区分: '本', 開始日: '2026-04-01', 満了予定日: '2027-03-31' },
    ])
    await loadRows(office, 'kiwari', [
      instalment(1, slip(1)),
      instalment(2, slip(2)),
      instalment(3, slip(3)),
      instalment(4, slip(4)),
      instalment(5, { ...slip(5), 期別: '81', 調定額: 660_000 }),
      instalment(6, slip(6)),
    ])
    await loadRows(office, 'yuyo', [
      {
        賦課年度: 2026,
        調定年度: 2026,
        ...slip(3),
        期別: '01',
        徴収区分: '普徴',
        猶予開始日: '2026-07-01',
        猶予終了日: '2026-08-12',
        決定番号: 'Y1',
      },
    ])
    runId = (await bench.start(tantou, { dueOn: '2026-07-31', asOf: '2026-08-12', issueOn: '2026-08-20' })).runId
  })
  afterAll(() => office.close())

  const list = async (taskId: string) => {
    const { worksheet_id: id } = await office.db.one<{ worksheet_id: bigint }>(
      `select worksheet_id from tasks where id = $1`,
      [taskId],
    )
    const rows = await office.db.rows<{ no: number; insured: string; verdict: string; reason: string | null }>(
      `select r.row_no as no, s.insured_no as insured, r.verdict, r.reason from worksheet_rows r join insured s on s.id = r.insured_id
       where worksheet_id = $1 order by row_no`,
      [id],
    )
    return { rows, hash: await worksheetHash(office.db, id), count: rows.length }
  }
  const rowOf = async (taskId: string, n: number): Promise<number> =>
    (await list(taskId)).rows.find((row) => row.insured === String(n).padStart(8, '0'))?.no ?? 0
  const mark = (
    action: 'exclude' | 'include' | 'pull',
    reason: string | null,
    note: string | null = null,
    followUpOn: string | null = null,
  ) => ({ action, reason, note, followUpOn: followUpOn as never }) as const

  test('001 and 002: the list is decided', async () => {
    const { output } = await bench.run(runId, S('001-identify-delinquents'))
    expect(output).toEqual({
      worksheetVersion: 1,
      delinquentCount: 6,
      targetCount: 4,
      reviewCount: 0,
      excludedCount: 2,
    })
    const taskId = await bench.open(runId, S('002-confirm-delinquents'))
    expect(
      (await list(taskId)).rows.map(({ insured, verdict, reason }) => [insured.slice(-1), verdict, reason]),
    ).toEqual([
      ['1', '対象', null],
      ['2', '除外', 'A05'],
      ['3', '除外', 'A01'],
      ['4', '対象', null],
      ['5', '対象', null],
      ['6', '対象', null],
    ])
    await claimTask(bench.deps, { taskId, user: tantou })
    // 担当 may neither re-include the protected person nor anybody the person under 猶予
    const include = mark('include', null)
    await expect(
      markRows(bench.deps, { taskId, user: tantou, target: { rows: [await rowOf(taskId, 2)] }, mark: include }),
    ).rejects.toMatchObject({ code: 'TASK-011' })
    await expect(
      markRows(bench.deps, { taskId, user: tantou, target: { rows: [await rowOf(taskId, 3)] }, mark: include }),
    ).rejects.toMatchObject({ code: 'F52-15' })
    const exclude = mark('exclude', 'T10', '領収書を確認', '2026-09-01')
    await markRows(bench.deps, { taskId, user: tantou, target: { rows: [await rowOf(taskId, 6)] }, mark: exclude })
    const seen = await list(taskId)
    await expect(
      completeTask(bench.deps, { taskId, user: tantou, body: { decision: 'ok', hash: 'x', count: 6 } }),
    ).rejects.toMatchObject({ code: 'TASK-005' })
    await completeTask(bench.deps, {
      taskId,
      user: tantou,
      body: { decision: 'ok', hash: seen.hash, count: seen.count },
    })
    // double `ok` = one result; another person, or another decision, comes too late
    const again = { decision: 'ok', hash: seen.hash, count: seen.count }
    await completeTask(bench.deps, { taskId, user: tantou, body: again })
    expect(
      await office.db.one(
        `select count(*)::int as n from audit_events where task_id = $1 and kind = 'task-completed'`,
        [taskId],
      ),
    ).toEqual({ n: 1 })
    for (const late of [
      { taskId, user: kakaricho, body: again },
      { taskId, user: tantou, body: { ...again, comment: '別の判断' } },
    ])
      await expect(completeTask(bench.deps, late)).rejects.toMatchObject({ code: 'TASK-003' })
    const { variables } = await office.db.one<{ variables: Record<string, unknown> }>(
      `select variables from runs where id = $1`,
      [runId],
    )
    expect(variables).toMatchObject({
      decision: 'ok',
      targetCount: 3,
      excludedCount: 3,
      reviewCount: 0,
      designatedOn: '2026-08-31',
    })
  })

  test('003 makes notices with exact slips, twice the same', async () => {
    const first = await bench.run(runId, S('003-make-tokusoku-notices'))
    expect(first.output).toEqual({ noticeVersion: 1, noticeCount: 3, unprintableCount: 0 })
    expect((await bench.run(runId, S('003-make-tokusoku-notices'), first.job)).output).toEqual(first.output)
    const notices = await office.db.rows<{ slip: bigint; entaikin: bigint; digits: string }>(
      `select slip_yen as slip, entaikin_yen as entaikin, array_to_string(array(select jsonb_array_elements_text(view::jsonb->'slip'->'barcodeDigits')), '') as digits
       from notices where run_id = $1 and state = 'made' order by print_no`,
      [runId],
    )
    expect(notices.map(({ slip: yen, entaikin }) => [yen, entaikin])).toEqual([
      [12_300n, 0n],
      [12_300n, 0n],
      [660_000n, 1_000n],
    ])
    expect(notices.map(({ digits }) => digits.replaceAll(/\D/g, '').length)).toEqual([44, 44, 0])
  })

  test('004: a late payment is proposed, pulled, and four eyes hold', async () => {
    const taskId = await bench.open(runId, S('004-check-notices'))
    await claimTask(bench.deps, { taskId, user: kakaricho })
    const before = await list(taskId)
    await proposeTask(bench.deps, {
      taskId,
      user: kakaricho,
      body: { decision: 'ok', hash: before.hash, count: before.count },
    })
    await loadRows(office, 'shuno', [receipt({ ...slip(4), 領収日: '2026-08-14', 収納日: '2026-08-14' })])
    await expect(
      releaseTask(bench.deps, {
        taskId,
        user: kakaricho2,
        body: { decision: 'ok', hash: before.hash, count: before.count },
      }),
    ).rejects.toMatchObject({ code: 'F52-09' })
    await refreshTask(bench.deps, { taskId, user: kakaricho2 })
    const after = await list(taskId)
    expect(after.rows.find(({ insured }) => insured.endsWith('4'))).toMatchObject({ verdict: '要確認', reason: 'P01' })
    await claimTask(bench.deps, { taskId, user: kakaricho })
    await expect(
      markRows(bench.deps, {
        taskId,
        user: kakaricho,
        target: { rows: [await rowOf(taskId, 4)] },
        mark: { action: 'unpull', reason: null, note: null, followUpOn: null },
      }),
    ).rejects.toMatchObject({ code: 'F52-15' })
    await markRows(bench.deps, {
      taskId,
      user: kakaricho,
      target: { rows: [await rowOf(taskId, 4)] },
      mark: mark('pull', 'P01'),
    })
    const seen = await list(taskId)
    const body = { decision: 'ok', hash: seen.hash, count: seen.count }
    await proposeTask(bench.deps, { taskId, user: kakaricho, body })
    await expect(releaseTask(bench.deps, { taskId, user: kakaricho, body })).rejects.toMatchObject({ code: 'F52-07' })
    await releaseTask(bench.deps, { taskId, user: kakaricho2, body })
    const refused = await office.db.rows(`select kind from audit_events where kind = 'refused' and task_id = $1`, [
      taskId,
    ])
    expect(refused).toHaveLength(1)
    const states = await office.db.rows<{ state: string; n: number }>(
      `select state, count(*)::int as n from notices where run_id = $1 group by 1 order by 1`,
      [runId],
    )
    expect(states).toEqual([
      { state: 'pulled', n: 1 },
      { state: 'released', n: 2 },
    ])
  })

  test('E2 builds one print file without the pulled notice, byte for byte the same again', async () => {
    const { output, job } = await bench.run(runId, S('e2-dispatch-notices'))
    expect(output).toEqual({ releasedCount: 2, pulledCount: 1, printFileCount: 1 })
    expect((await bench.run(runId, S('e2-dispatch-notices'), job)).output).toEqual(output)
    const files = await office.db.rows<{ sha256: string; n: number }>(
      `select sha256, notice_count as n from print_files where run_id = $1`,
      [runId],
    )
    expect(files).toHaveLength(1)
    const bytes = await readFile(office.store.pathOf(files[0]?.sha256 ?? ''))
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-')
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(files[0]?.sha256)
  })

  test('005 and 006: the file holds who still owes, and 猶予', async () => {
    const { output } = await bench.run(runId, S('005-make-tainosha-file'))
    expect(output).toMatchObject({ fileVersion: 1, fileCount: 3 })
    const { sha256 } = await office.db.one<{ sha256: string }>(`select sha256 from files where id = $1`, [
      String(output['fileId']),
    ])
    expect((await readFile(office.store.pathOf(sha256), 'utf8')).split('\r\n')).toEqual([
      '被保険者番号,賦課年度,調定年度,通知書番号,期別,納期限,未納額,状態,基準日,版',
      '00000001,2026,2026,2600123401,01,2026-07-31,12300,督促,2026-08-14,1',
      '00000003,2026,2026,2600123403,01,2026-07-31,12300,猶予,2026-08-14,1',
      '00000005,2026,2026,2600123405,81,2026-07-31,660000,督促,2026-08-14,1',
      '',
    ])
    const taskId = await bench.open(runId, S('006-confirm-tainosha-file'))
    await claimTask(bench.deps, { taskId, user: tantou })
    const { hash, count } = await list(taskId)
    const body = { decision: 'ok', hash, count, sentOn: '2026-08-14', sentBy: '1' }
    // a file whose count or sum is not that of the list is not sent
    for (const column of ['line_count', 'sum_yen']) {
      await office.db.run(`update tainosha_files set ${column} = ${column} + 1 where run_id = $1`, [runId])
      await expect(completeTask(bench.deps, { taskId, user: tantou, body })).rejects.toMatchObject({ code: 'F52-17' })
      await office.db.run(`update tainosha_files set ${column} = ${column} - 1 where run_id = $1`, [runId])
    }
    // nor one with a line without 状態, or a 被保険者番号 of another length (sheet §6)
    const spoil = async (wrong: string, right: string): Promise<void> => {
      expect(await office.db.run(wrong)).toBe(1)
      await expect(completeTask(bench.deps, { taskId, user: tantou, body })).rejects.toMatchObject({ code: 'F52-17' })
      await office.db.run(right)
    }
    const sheet = `worksheet_id = (select worksheet_id from tainosha_files where run_id = '${runId}')`
    await spoil(
      `update tainosha_rows set status = '' where status = '猶予' and ${sheet}`,
      `update tainosha_rows set status = '猶予' where status = '' and ${sheet}`,
    )
    await spoil(
      `update insured set insured_no = '0000005' where insured_no = '00000005'`,
      `update insured set insured_no = '00000005' where insured_no = '0000005'`,
    )
    await completeTask(bench.deps, { taskId, user: tantou, body })
    expect(await office.db.one(`select state, sent_by from tainosha_files where run_id = $1`, [runId])).toEqual({
      state: 'sent',
      sent_by: '1',
    })
  })

  test('007 registers history once, and the books hold', async () => {
    office.clock.set('2026-08-21T01:00:00.000Z')
    const taskId = await bench.open(runId, S('007-register-dispatch'))
    await claimTask(bench.deps, { taskId, user: tantou })
    const form = (issuedOn: string, dispatchedCount: number) => ({
      decision: 'ok',
      hash: null,
      count: null,
      issuedOn,
      dispatchedCount,
      method: '1',
    })
    await expect(completeTask(bench.deps, { taskId, user: tantou, body: form('2026-08-19', 2) })).rejects.toMatchObject(
      { code: 'F52-13' },
    )
    await expect(completeTask(bench.deps, { taskId, user: tantou, body: form('2026-08-20', 3) })).rejects.toMatchObject(
      { code: 'F52-11' },
    )
    await completeTask(bench.deps, { taskId, user: tantou, body: form('2026-08-21', 2) })
    const history = await office.db.rows(
      `select issued_on, designated_on, seizable_from, prescribes_on, late_warning, fee_posting from tokusoku_history where run_id = $1`,
      [runId],
    )
    expect(history).toHaveLength(2)
    expect(history[0]).toEqual({
      issued_on: '2026-08-21',
      designated_on: '2026-08-31',
      seizable_from: '2026-09-01',
      prescribes_on: '2028-08-31',
      late_warning: '納期限から21日目の発送(期限 2026-08-20)',
      fee_posting: null,
    })
    const message = await office.db.one<{ kind: string }>(`select kind from outbox where dedupe_key = $1`, [
      `tokusoku-issued/${runId}`,
    ])
    expect(message.kind).toBe('publish-message')
    expect((await checkLedger(office.db)).filter(({ count }) => count > 0n)).toEqual([])
  })
})
