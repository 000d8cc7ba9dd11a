import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { proposeTask, releaseTask } from '#runtime/decide-task.ts'
import { claimTask, unclaimTask } from '#runtime/human.ts'
import { makeAlone } from '#runtime/make-alone.ts'
import { refreshTask } from '#runtime/refresh-task.ts'
import { checkRun } from '#runtime/check-run.ts'
import { tallyOf } from '#runtime/worksheet/review.ts'
import { unprintableOf } from '#trace/queries/run-papers.ts'
import { tokusoku } from '#workers/5-2-tokusoku/index.ts'
import { person } from '../../support/office-facts.ts'
import { keyOf, openTokusokuOffice, STEP, type TokusokuOffice } from '../../support/tokusoku-office.ts'

/** Sheet 5.2 §4, 004 「個別作成」 after repair: one letter more, without a new version of the others. */
describe('個別作成', () => {
  let at: TokusokuOffice
  let runId: string
  let taskId: string
  /** Letters as they were before, by person: id, view, 印刷番号. */
  let before: Readonly<Record<number, { id: string; hash: string; printNo: number }>>

  const letters = async () =>
    Object.fromEntries(
      (
        await at.office.db.rows<{ n: number; id: string; hash: string; printNo: number }>(
          `select s.insured_no::int as n, n.id, n.view_sha256 as hash, n.print_no as "printNo" from notices n
           join insured s on s.id = n.insured_id where n.run_id = $1 and n.state = 'made' order by 1`,
          [runId],
        )
      ).map(({ n, ...one }) => [n, one]),
    )
  const rowNo = async (n: number): Promise<number> => {
    const { no } = await at.office.db.one<{ no: number }>(
      `select r.row_no as no from tasks t join worksheet_rows r on r.worksheet_id = t.worksheet_id
       join insured s on s.id = r.insured_id where t.id = $1 and s.insured_no::int = $2`,
      [taskId, n],
    )
    return no
  }
  const alone = async (persons: readonly number[], user = at.clerks.tantou) =>
    makeAlone(at.bench.deps, { taskId, user, rowNos: await Promise.all(persons.map(rowNo)) })
  const counts = async () => {
    const { noticeCount, unprintableCount } = await tokusoku.results(at.office.db, runId)
    return { noticeCount, unprintableCount }
  }

  beforeAll(async () => {
    at = await openTokusokuOffice()
    await at.people([1, 2, 3, 4, 5])
    // given: 2 without 郵便番号, 3 without an address, 4 with both wrong; 2 lives where her letter is printed second
    await at.load('atena', [
      person(2, { 郵便番号: '', 住所: 'みほん市中央2丁目' }),
      person(3, { 住所: '' }),
      person(4, { 郵便番号: '' }),
    ])
    ;({ runId, taskId } = await at.checked())
    before = await letters()
  })
  afterAll(() => at.office.close())

  test('given 発行不能 that nobody has repaired, then nothing is made and the reasons are told (F52-41)', async () => {
    expect(Object.keys(before)).toEqual(['1', '5'])
    expect(await counts()).toEqual({ noticeCount: 2, unprintableCount: 3 })
    await expect(alone([2, 3])).rejects.toMatchObject({
      code: 'F52-41',
      params: { reason: 'U01 宛先なし、U02 郵便番号不備' },
    })
    // a row that is a letter, and one that is not on the list
    await expect(alone([1])).rejects.toMatchObject({ code: 'F52-40' })
    await expect(makeAlone(at.bench.deps, { taskId, user: at.clerks.tantou, rowNos: [99] })).rejects.toMatchObject({
      code: 'F52-40',
    })
    // and only by whoever works on the task
    await expect(alone([2], at.clerks.kakaricho)).rejects.toMatchObject({ code: 'TASK-002' })
    expect(await letters()).toEqual(before)
  })

  test('when 郵便番号 and address were repaired, then one letter is made, the others stay byte for byte, and it waits to be decided', async () => {
    await at.load('atena', [
      person(2, { 郵便番号: '0000001' }),
      person(4, { 郵便番号: '0000001', 住所: 'みほん市鬱𠮷4丁目'.replace('鬱', '\uE000') }),
    ])
    // 4 has a character now that no font has: told apart, nothing fails
    expect(await alone([2, 4])).toEqual({
      made: [{ rowNo: expect.any(Number) as number }],
      still: [{ rowNo: expect.any(Number) as number, reason: 'U03' }],
    })
    const now = await letters()
    expect(Object.keys(now)).toEqual(['1', '2', '5'])
    for (const n of [1, 5]) expect(now[n]).toMatchObject({ id: before[n]?.id, hash: before[n]?.hash })
    // 印刷番号 follow 郵便番号 and 宛名番号 again
    expect([now[1]?.printNo, now[2]?.printNo, now[5]?.printNo]).toEqual([1, 2, 3])
    expect(await counts()).toEqual({ noticeCount: 3, unprintableCount: 2 })
    expect(await unprintableOf(at.office.db, tokusoku, runId)).toEqual([
      { code: 'U01', label: '宛先なし', count: 1 },
      { code: 'U02', label: '郵便番号不備', count: 1 },
    ])
    const rows = await at.clerks.rows(taskId)
    expect(rows.map(({ insuredNo, verdict, reason }) => [Number(insuredNo), verdict, reason])).toEqual([
      [1, '対象', null],
      [2, '要確認', null],
      [5, '対象', null],
      [3, '除外', 'U01'],
      [4, '除外', 'U02'],
    ])
    await expect(at.decide(taskId, at.clerks.tantou, { decision: 'ok' })).rejects.toMatchObject({ code: 'TASK-006' })
    expect(
      await at.office.db.one<{ kinds: string[] }>(
        `select array_agg(distinct kind) as kinds from audit_events where task_id = $1 and kind in ('letters-made', 'task-refreshed')`,
        [taskId],
      ),
    ).toEqual({ kinds: ['letters-made', 'task-refreshed'] })
  })

  test('its natural key is held: another run of the day gets A02, and a 督促 that came by file in between gives A02 here', async () => {
    const other = await at.start({ title: '別の処理' })
    await at.step(other, '001')
    const rows = await at.office.db.rows<{ n: number; reason: string | null }>(
      `select s.insured_no::int as n, r.reason from worksheet_rows r join worksheets w on w.id = r.worksheet_id
       join insured s on s.id = r.insured_id where w.run_id = $1 order by 1`,
      [other],
    )
    expect(rows).toEqual([
      { n: 1, reason: 'A02' },
      { n: 2, reason: 'A02' },
      { n: 3, reason: null },
      { n: 4, reason: null },
      { n: 5, reason: 'A02' },
    ])
    await at.load('atena', [person(3)])
    await at.load('tokusoku', [{ ...keyOf(3), 発送日: '2026-08-10', 指定期限: '2026-08-20' }])
    await expect(alone([3])).rejects.toMatchObject({
      code: 'F52-41',
      params: { reason: 'A02 督促済・他の処理回で作成中' },
    })
  })

  test('a first person’s 確認 falls, and whoever made or decided the letter does not release it (F52-07)', async () => {
    const { bench, clerks } = at
    await clerks.mark(taskId, clerks.tantou, [2], 'unpull')
    await unclaimTask(bench.deps, { taskId, user: clerks.tantou })
    await claimTask(bench.deps, { taskId, user: clerks.kakaricho })
    const early = { ...(await clerks.seen(taskId)), decision: 'ok' }
    await proposeTask(bench.deps, { taskId, user: clerks.kakaricho, body: early })
    // 4 is repaired by the other 係長, who thereby works on the list
    await at.load('atena', [person(4)])
    await claimTask(bench.deps, { taskId, user: clerks.kakaricho2 })
    await alone([4], clerks.kakaricho2)
    await expect(
      releaseTask(bench.deps, {
        taskId,
        user: clerks.kakaricho,
        body: { ...(await clerks.seen(taskId)), decision: 'ok' },
      }),
    ).rejects.toMatchObject({ code: 'TASK-008' })
    const { verdict } = await clerks.rowOf(taskId, 4)
    expect(verdict).toBe('要確認')
    const undecided = { ...(await clerks.seen(taskId)), decision: 'ok' }
    await expect(proposeTask(bench.deps, { taskId, user: clerks.kakaricho2, body: undecided })).rejects.toMatchObject({
      code: 'F52-08',
      params: { n: 1 },
    })
    await unclaimTask(bench.deps, { taskId, user: clerks.kakaricho2 })
    await claimTask(bench.deps, { taskId, user: clerks.tantou })
    await clerks.mark(taskId, clerks.tantou, [4], 'pull', { reason: 'P99', note: '来月にまとめて送る' })
    const body = { ...(await clerks.seen(taskId)), decision: 'ok' }
    await proposeTask(bench.deps, { taskId, user: clerks.tantou, body })
    await expect(releaseTask(bench.deps, { taskId, user: clerks.kakaricho2, body })).rejects.toMatchObject({
      code: 'F52-07',
    })
    await releaseTask(bench.deps, { taskId, user: clerks.kakaricho, body })
    expect(await at.states(runId)).toEqual({ 1: 'released', 2: 'released', 4: 'pulled', 5: 'released' })
  })

  test('it is printed in its place, told to the 広域連合, registered, and the run’s books hold', async () => {
    expect(await at.step(runId, 'E2')).toEqual({ releasedCount: 3, pulledCount: 1, printFileCount: 1 })
    const inFile = await at.office.db.rows<{ n: number }>(
      `select s.insured_no::int as n from print_file_notices p join notices n on n.id = p.notice_id join insured s on s.id = n.insured_id
       where n.run_id = $1 order by p.position`,
      [runId],
    )
    expect(inFile.map(({ n }) => n)).toEqual([1, 2, 5])
    expect(await at.step(runId, '005')).toMatchObject({ fileCount: 3 })
    const at006 = await at.open(runId, '006')
    // the reason of 4 is its 引抜き, that of 3 its 発行不能
    expect((await at.clerks.rows(at006)).map(({ insuredNo, reason }) => [Number(insuredNo), reason])).toEqual([
      [1, null],
      [2, null],
      [3, 'U01'],
      [4, 'P99'],
      [5, null],
    ])
    await claimTask(at.bench.deps, { taskId: at006, user: at.clerks.tantou })
    await at.decide(at006, at.clerks.tantou, { sentOn: '2026-08-14', sentBy: '1' })
    at.office.clock.set('2026-08-20T03:00:00.000Z')
    await at.clerks.complete(runId, STEP['007'], { issuedOn: '2026-08-20', dispatchedCount: 3, method: '1' })
    const found = await checkRun(at.office.db, tokusoku.invariants ?? [], runId, at.office.clock.today())
    expect(found.filter(({ count }) => count > 0)).toEqual([])
  })

  test('a letter whose list was never built again is not passed over in silence (F52-42), and redo takes it in', async () => {
    // given: a third run of its own people, cut off between the letter and its list
    await at.people([11, 12])
    await at.load('atena', [person(12, { 郵便番号: '' })])
    const third = await at.checked({ asOf: '2026-08-20', issueOn: '2026-08-21', lateReason: '別の処理のため' })
    taskId = third.taskId
    const { id: stale } = await at.office.db.one<{ id: bigint }>(`select worksheet_id as id from tasks where id = $1`, [
      taskId,
    ])
    await at.load('atena', [person(12)])
    await alone([12])
    await at.office.db.run(`update tasks set worksheet_id = $2 where id = $1`, [taskId, stale])
    const body = { ...(await at.clerks.seen(taskId)), decision: 'ok' }
    await expect(proposeTask(at.bench.deps, { taskId, user: at.clerks.tantou, body })).rejects.toMatchObject({
      code: 'F52-42',
    })
    await refreshTask(at.bench.deps, { taskId, user: at.clerks.tantou })
    const { id } = await at.office.db.one<{ id: bigint }>(`select worksheet_id as id from tasks where id = $1`, [
      taskId,
    ])
    expect((await tallyOf(at.office.db, id)).review).toBe(1)
    await at.decide(taskId, at.clerks.tantou, { decision: 'redo' })
    expect(await at.step(third.runId, '003')).toMatchObject({ noticeVersion: 2, unprintableCount: 0 })
    const states = await at.office.db.rows<{ version: number; state: string; n: number }>(
      `select n.version, n.state, count(*)::int as n from notices n join insured s on s.id = n.insured_id
       where n.run_id = $1 and s.insured_no::int in (11, 12) group by 1, 2 order by 1, 2`,
      [third.runId],
    )
    expect(states).toEqual([
      { version: 1, state: 'lapsed', n: 2 },
      { version: 2, state: 'made', n: 2 },
    ])
  })
})
