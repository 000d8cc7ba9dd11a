import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { completeTask, proposeTask, releaseTask } from '#runtime/decide-task.ts'
import type { TaskUser } from '#runtime/human-context.ts'
import { claimTask, markRows } from '#runtime/human.ts'
import { cancelRun } from '#runtime/runs.ts'
import { worksheetHash } from '#runtime/worksheet/hash.ts'
import { tokusoku } from '#workers/5-2-tokusoku/index.ts'
import { lateFacts, lateFactsJoins } from '#workers/5-2-tokusoku/lists/late-facts.ts'
import { openTestOffice, type TestOffice } from '../../support/intake.ts'
import { registerNoticeSettings } from '../../support/notice-settings.ts'
import { instalment, insured, loadRows, person } from '../../support/office-facts.ts'
import { aUser, stepBench, type StepBench } from '../../support/step-bench.ts'

const S = (name: string): string => `5-2-tokusoku/${name}`
const PARAMS = { dueOn: '2026-07-31', asOf: '2026-08-12', issueOn: '2026-08-20' }

describe('two runs over one 納期限 (sheet 5.2 §8 #19)', () => {
  let office: TestOffice
  let bench: StepBench
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
    await loadRows(office, 'atena', [person(1)])
    await loadRows(office, 'hihokensha', [insured(1)])
    await loadRows(office, 'kiwari', [instalment(1), instalment(1, { 期別: '02', 納期限: '2026-08-31' })])
  })
  afterAll(() => office.close())

  const seen = async (taskId: string) => {
    const { id, count } = await office.db.one<{ id: bigint; count: bigint }>(
      `select w.id, w.row_count as count from tasks t join worksheets w on w.id = t.worksheet_id where t.id = $1`,
      [taskId],
    )
    return { hash: await worksheetHash(office.db, id), count: Number(count) }
  }
  const decide = async (runId: string, step: string, form: object): Promise<string> => {
    const taskId = await bench.open(runId, S(step))
    await claimTask(bench.deps, { taskId, user: tantou })
    await completeTask(bench.deps, { taskId, user: tantou, body: { ...(await seen(taskId)), decision: 'ok', ...form } })
    return taskId
  }
  const toThree = async (runId: string): Promise<void> => {
    await bench.run(runId, S('001-identify-delinquents'))
    await decide(runId, '002-confirm-delinquents', {})
  }
  const noticeStates = (runId: string) =>
    office.db.rows<{ state: string; version: number }>(
      `select state, version from notices where run_id = $1 order by version, state`,
      [runId],
    )

  test('one of them makes the letter, the other row is A02, and nothing fails', async () => {
    // given
    const a = (await bench.start(tantou, PARAMS)).runId
    const b = (await bench.start(tantou, PARAMS)).runId
    await toThree(a)
    await toThree(b)
    // when
    const made = await bench.run(a, S('003-make-tokusoku-notices'))
    const late = await bench.run(b, S('003-make-tokusoku-notices'))
    // then
    expect(made.output).toEqual({ noticeVersion: 1, noticeCount: 1, unprintableCount: 0 })
    expect(late.output).toEqual({ noticeVersion: 1, noticeCount: 0, unprintableCount: 0 })
    expect(bench.told).toEqual([])
    const taskB = await bench.open(b, S('004-check-notices'))
    const rows = await office.db.rows(
      `select r.verdict, r.reason from worksheet_rows r join tasks t on t.worksheet_id = r.worksheet_id where t.id = $1`,
      [taskB],
    )
    expect(rows).toEqual([{ verdict: '除外', reason: 'A02' }])
    const { counts } = await office.db.one<{ counts: object }>(
      `select w.counts from tasks t join worksheets w on w.id = t.worksheet_id where t.id = $1`,
      [taskB],
    )
    expect(counts).toEqual({ 除外: 1, 他の処理回: 1 }) // not among what could not be printed
    // and the list of 002 says what has been made elsewhere since 001 looked
    const known = await office.db.one<{ late: string[] }>(
      `select ${lateFacts} as late from worksheet_rows r ${lateFactsJoins} join insured s on s.id = r.insured_id
       join person_versions p on p.person_id = s.person_id where w.run_id = $1 and w.kind = 'delinquents'`,
      [b],
    )
    expect(known.late).toEqual(['他の処理回の督促状'])
  })

  test('whoever is about to start one more of the 納期限 is told of those that are open or finished', async () => {
    const told = async (params: object) =>
      (await office.db.tx((tx) => tokusoku.plan(params, tx, office.clock))).cautions?.map(({ text }) => text)
    expect(await told(PARAMS)).toEqual(['この納期限の処理が終わっていません(R8-52-0001、R8-52-0002)。'])
    await office.db.run(`update runs set state = 'finished' where number = 'R8-52-0001'`)
    expect(await told(PARAMS)).toEqual([
      'この納期限の処理が終わっていません(R8-52-0002)。',
      'この納期限の処理は終わっています(R8-52-0001)。',
    ])
    await office.db.run(`update runs set state = 'running'`)
    expect(await told({ ...PARAMS, dueOn: '2026-08-31', asOf: '2026-09-09', issueOn: '2026-09-18' })).toEqual([])
  })

  test('cancelling frees the natural key, a redo of the other run takes it', async () => {
    // given
    const [a, b] = await office.db.rows<{ id: string }>(`select id from runs order by number`)
    // when
    await cancelRun(bench.deps, { runId: a?.id ?? '', reason: '重複のため', user: kakaricho })
    const taskB = (
      await office.db.one<{ id: string }>(`select id from tasks where run_id = $1 and state = 'open'`, [b?.id ?? ''])
    ).id
    await claimTask(bench.deps, { taskId: taskB, user: tantou })
    await completeTask(bench.deps, { taskId: taskB, user: tantou, body: { ...(await seen(taskB)), decision: 'redo' } })
    const again = await bench.run(b?.id ?? '', S('003-make-tokusoku-notices'))
    // then
    expect(again.output).toEqual({ noticeVersion: 2, noticeCount: 1, unprintableCount: 0 })
    expect(await noticeStates(a?.id ?? '')).toEqual([{ state: 'cancelled', version: 1 }])
    expect(await noticeStates(b?.id ?? '')).toEqual([
      { state: 'cancelled', version: 1 },
      { state: 'made', version: 2 },
    ])
    const events = await office.db.rows(`select kind from audit_events where run_id = $1 and kind = 'run-cancelled'`, [
      a?.id ?? '',
    ])
    expect(events).toHaveLength(1)
  })

  test('after the release it is too late to cancel: F52-12', async () => {
    // given
    const b = (await office.db.one<{ id: string }>(`select id from runs where state = 'running'`)).id
    const taskId = await bench.open(b, S('004-check-notices'))
    await claimTask(bench.deps, { taskId, user: kakaricho })
    const body = { ...(await seen(taskId)), decision: 'ok' }
    await proposeTask(bench.deps, { taskId, user: kakaricho, body })
    await releaseTask(bench.deps, { taskId, user: kakaricho2, body })
    // when, then
    await expect(cancelRun(bench.deps, { runId: b, reason: '試験', user: kakaricho })).rejects.toMatchObject({
      code: 'F52-12',
    })
    expect(await noticeStates(b)).toContainEqual({ state: 'released', version: 2 })
  })

  test('recheck goes back to 001 with new dates and carries decisions over', async () => {
    // given: a run whose one row is A02 now, because the other run holds the instalment
    const c = (await bench.start(tantou, PARAMS)).runId
    await bench.run(c, S('001-identify-delinquents'))
    const taskId = await bench.open(c, S('002-confirm-delinquents'))
    await claimTask(bench.deps, { taskId, user: tantou })
    const include = { action: 'include', reason: null, note: null, followUpOn: null } as const
    await expect(
      markRows(bench.deps, { taskId, user: tantou, target: { rows: [1] }, mark: include }),
    ).rejects.toMatchObject({ code: 'F52-05' })
    // when
    const body = {
      ...(await seen(taskId)),
      decision: 'redo',
      asOf: '2026-08-14',
      issueOn: '2026-08-21',
      lateReason: '収納の取込が遅れたため',
    }
    await completeTask(bench.deps, { taskId, user: tantou, body })
    const second = await bench.run(c, S('001-identify-delinquents'))
    // then
    expect(second.output).toMatchObject({ worksheetVersion: 2, delinquentCount: 1, excludedCount: 1 })
    const { variables } = await office.db.one<{ variables: Record<string, unknown> }>(
      `select variables from runs where id = $1`,
      [c],
    )
    expect(variables).toMatchObject({ asOf: '2026-08-14', issueOn: '2026-08-21', designatedOn: '2026-08-31' })
    const rows = await office.db.rows(
      `select d.change from delinquent_rows d join worksheets w on w.id = d.worksheet_id where w.run_id = $1 and w.version = 2`,
      [c],
    )
    expect(rows).toEqual([{ change: '同じ' }])
  })
})
