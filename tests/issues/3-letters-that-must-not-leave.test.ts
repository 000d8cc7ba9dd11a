import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { completeTask, proposeTask, releaseTask } from '#runtime/decide-task.ts'
import { claimTask, unclaimTask } from '#runtime/human.ts'
import { refreshTask } from '#runtime/refresh-task.ts'
import { tallyOf } from '#runtime/worksheet/review.ts'
import { noticesOf } from '#trace/queries/run-papers.ts'
import { tokusoku } from '#workers/5-2-tokusoku/index.ts'
import { clerksOf, type Clerks } from '../support/clerks.ts'
import { openTestOffice, type TestOffice } from '../support/intake.ts'
import { registerNoticeSettings } from '../support/notice-settings.ts'
import { KEY, loadRows, receipt } from '../support/office-facts.ts'
import { acceptPeople } from '../support/tokusoku-office.ts'
import { stepBench, type StepBench } from '../support/step-bench.ts'

const S = (name: string): string => `5-2-tokusoku/${name}`
const slip = (n: number) => ({ 通知書番号: `26001234${String(n).padStart(2, '0')}` })
const atena = (n: number): string => String(n).padStart(15, '0')
const PEOPLE = [1, 2, 3, 4, 5, 6, 7, 8, 9]
/** 取残し with a 督促手数料 of 100 (納期限 ≤ 2026-03-31). */
const OLD = { 賦課年度: 2025, 調定年度: 2025, 期別: '09' }
const key = (n: number) => ({ ...KEY, ...slip(n), ...(n === 6 || n === 8 ? OLD : {}) })

/**
 * One run in which everything happens between two looks of the office: sheet 5.2 §4 (001–007), §7-2, §7-6, §7-9, §7-10.
 * The later tests go on where the earlier ones stopped.
 */
describe('facts between two looks', () => {
  let office: TestOffice
  let bench: StepBench
  let clerks: Clerks
  let runId: string
  let taskId: string

  const load = async (kind: string, rows: Parameters<typeof loadRows>[2]): Promise<void> => {
    expect(await loadRows(office, kind, rows)).toMatchObject({ status: 'accepted', errors: [] })
  }
  const notices = async (): Promise<Record<number, string>> =>
    Object.fromEntries(
      (
        await office.db.rows<{ n: number; state: string }>(
          `select s.insured_no::int as n, n.state from notices n join insured s on s.id = n.insured_id where n.run_id = $1`,
          [runId],
        )
      ).map(({ n, state }) => [n, state]),
    )
  const files = () =>
    office.db.rows<{ id: string; version: number; number: number; isIndividual: boolean; people: number[] }>(
      `select f.id, f.version, f.number, f.is_individual as "isIndividual", array_agg(s.insured_no::int order by p.position) as people
       from print_files f join print_file_notices p on p.print_file_id = f.id join notices n on n.id = p.notice_id
       join insured s on s.id = n.insured_id where f.run_id = $1 and f.state = 'current' group by f.id order by f.number`,
      [runId],
    )
  const bulk = async () => {
    const [file] = (await files()).filter(({ isIndividual }) => !isIndividual)
    if (!file) throw new Error('no print file')
    return file
  }
  const open = (id: string) => tokusoku.openDocument?.(bench.deps, `print-${id}`)
  const counts = async () => {
    const { releasedCount, pulledCount } = await tokusoku.results(office.db, runId)
    return { releasedCount, pulledCount }
  }

  beforeAll(async () => {
    office = await openTestOffice('2026-08-14T00:00:00.000Z')
    bench = await stepBench(office, [tokusoku])
    clerks = await clerksOf(office, bench)
    await registerNoticeSettings(office)
    await acceptPeople(office, PEOPLE, {
      instalment: (n) => ({ ...key(n), ...(n === 6 || n === 8 ? { 納期限: '2026-03-31' } : {}) }),
    })
    // 2 is protected and has a 代理 who takes the letters
    await load('yokushi', [{ 宛名番号: atena(2), 措置区分: '本', 開始日: '2026-04-01', 満了予定日: '2027-03-31' }])
    const address = { 郵便番号: '0000099', 住所: 'みほん市支援センター気付', 開始日: '2026-04-01' }
    await load('soufusaki', [{ 宛名番号: atena(2), 送付先区分: '代理', 氏名: '見本 代理', ...address }])
    const lateReason = '取残しを含むため'
    const params = { dueOn: '2026-07-31', asOf: '2026-08-12', issueOn: '2026-08-20', lateReason }
    runId = (await bench.start(clerks.tantou, params)).runId
    await bench.run(runId, S('001-identify-delinquents'))
    const at002 = await bench.open(runId, S('002-confirm-delinquents'))
    await claimTask(bench.deps, { taskId: at002, user: clerks.kakaricho })
    await clerks.mark(at002, clerks.kakaricho, [2], 'include')
    const body = { ...(await clerks.seen(at002)), decision: 'ok' }
    await completeTask(bench.deps, { taskId: at002, user: clerks.kakaricho, body })
  })
  afterAll(() => office.close())

  test('a 督促 that came to light after 002 is no second one: the row is 競合 A02', async () => {
    // given: 督促履歴 of the old system arrives between 002 and 003
    await load('tokusoku', [{ ...key(4), 発送日: '2026-08-10', 指定期限: '2026-08-20' }])
    // when
    const { output } = await bench.run(runId, S('003-make-tokusoku-notices'))
    // then: 対象 9 = 作成 8 + 発行不能 0 + A02競合 1
    expect(output).toMatchObject({ noticeCount: 8, unprintableCount: 0 })
    expect((await notices())[4]).toBe('cancelled')
    const page = { limit: 100, after: 0n, offset: 0 }
    const listed = await noticesOf(office.db, runId, page, office.clock.today())
    expect([listed.total, listed.items.length]).toEqual([8, 8])
    expect(
      await office.db.rows(
        `select s.insured_no as no, u.reason from unprintable_notices u join insured s on s.id = u.insured_id where u.run_id = $1`,
        [runId],
      ),
    ).toEqual([{ no: '00000004', reason: 'A02' }])
  })

  test('an addressee who turns out to be the 相手方 gets no letter', async () => {
    await load('yokushi', [
      { 宛名番号: atena(1), 措置区分: '仮', 開始日: '2026-08-14' },
      { 宛名番号: atena(2), 措置区分: '本', 開始日: '2026-08-13', 相手方氏名: '見本 代理' },
    ])
    taskId = await bench.open(runId, S('004-check-notices'))
    expect(await clerks.rowOf(taskId, 2)).toMatchObject({ verdict: '要確認', reason: 'P07' })
  })

  test('抑止 that came after the letter was made cannot be declined: its address is the one to be kept secret', async () => {
    await claimTask(bench.deps, { taskId, user: clerks.tantou })
    expect(await clerks.rowOf(taskId, 1)).toMatchObject({ verdict: '要確認', reason: 'P06' })
    await expect(clerks.mark(taskId, clerks.tantou, [1], 'unpull')).rejects.toMatchObject({ code: 'F52-15' })
    await clerks.mark(taskId, clerks.tantou, [1], 'pull', { reason: 'P06' })
    await clerks.mark(taskId, clerks.tantou, [2], 'pull', { reason: 'P07' })
  })

  test('a letter pulled by hand stays pulled when 最新の収納を反映 finds another fact about it', async () => {
    // given: pulled by hand; then a 猶予 of long ago is registered, which proposes nothing
    await clerks.mark(taskId, clerks.tantou, [3], 'pull', { reason: 'P99', note: '窓口で相談中です' })
    await load('yuyo', [{ ...key(3), 猶予開始日: '2026-08-01', 猶予終了日: '2026-08-05', 決定番号: 'Y1' }])
    // when
    await refreshTask(bench.deps, { taskId, user: clerks.tantou })
    // then: 8 letters and the 競合; 1, 2 and 3 are kept back
    const { id } = await office.db.one<{ id: bigint }>(`select worksheet_id as id from tasks where id = $1`, [taskId])
    expect(await tallyOf(office.db, id)).toMatchObject({ rows: 9, target: 5, excluded: 4, review: 0 })
  })

  test('whoever pulled by hand is no second person, also after the refresh', async () => {
    const other = { ...clerks.tantou, roles: ['tantou', 'kakaricho'] }
    await unclaimTask(bench.deps, { taskId, user: clerks.tantou })
    await claimTask(bench.deps, { taskId, user: clerks.kakaricho2 })
    const body = { ...(await clerks.seen(taskId)), decision: 'ok' }
    await proposeTask(bench.deps, { taskId, user: clerks.kakaricho2, body })
    // and a 002 that ended in the engine without a person does not hide who decided the version in force
    await office.db.run(
      `insert into tasks (id, epoch, job_key, element_instance_key, process_instance_key, run_id, flow, step_id, name, candidate_role, state, created_at)
       values ($1, 1, 2, 2, 2, $2, '5-2-tokusoku', '5-2-tokusoku/002-confirm-delinquents', '督促・滞納者確認', 'koki', 'completed', $3)`,
      [randomUUID(), runId, office.clock.now()],
    )
    for (const user of [other, clerks.kakaricho, clerks.kakaricho2])
      await expect(releaseTask(bench.deps, { taskId, user, body })).rejects.toMatchObject({ code: 'F52-07' })
    const { aUser } = await import('../support/step-bench.ts')
    const third = await aUser(office, 'kakaricho3', ['kakaricho'])
    await releaseTask(bench.deps, { taskId, user: third, body })
    expect(await notices()).toMatchObject({ 1: 'pulled', 2: 'pulled', 3: 'pulled', 4: 'cancelled', 5: 'released' })
    const { output } = await bench.run(runId, S('e2-dispatch-notices'))
    expect(output).toEqual({ releasedCount: 5, pulledCount: 3, printFileCount: 1 })
  })

  test('of two who download at once after a payment, none gets the former paper', async () => {
    const before = await bulk()
    expect(before.people).toEqual(
      [5, 6, 7, 8, 9].toSorted((a, b) => before.people.indexOf(a) - before.people.indexOf(b)),
    )
    await load('shuno', [receipt({ ...key(5), 領収日: '2026-08-14' })])
    const answers = await Promise.allSettled([open(before.id), open(before.id)])
    const codes = answers.map((one) =>
      one.status === 'rejected' ? (one.reason as { code: string }).code : 'handed out',
    )
    expect(codes.toSorted()).toEqual(['F52-18', 'F52-19'])
    expect((await bulk()).people).not.toContain(5)
    // and the run says so: 発送可 5 − 1, 引抜き 3 + 1
    expect(await counts()).toEqual({ releasedCount: 4, pulledCount: 4 })
  })

  test('005 shows who came under 抑止 since the release to 006 instead of sending the line', async () => {
    await load('yokushi', [{ 宛名番号: atena(7), 措置区分: '仮', 開始日: '2026-08-14' }])
    const { output } = await bench.run(runId, S('005-make-tainosha-file'))
    // 6, 8 and 9 are lines; 7 waits
    expect(output).toMatchObject({ fileVersion: 1, fileCount: 3 })
    const at006 = await bench.open(runId, S('006-confirm-tainosha-file'))
    expect(await clerks.rowOf(at006, 7)).toMatchObject({ verdict: '要確認' })
  })

  test('手数料 is waived for who had paid by the day of issue, whatever was paid twice later', async () => {
    // given, learnt after the letters left: 6 paid on 8/19 and once more on 8/25; 8 paid on 8/25 only
    office.clock.set('2026-08-26T00:00:00.000Z')
    await load('shuno', [
      receipt({ ...key(6), 領収日: '2026-08-19', 収納日: '2026-08-20' }),
      receipt({ ...key(6), 領収日: '2026-08-25', 収納日: '2026-08-26' }),
      receipt({ ...key(8), 領収日: '2026-08-25', 収納日: '2026-08-26' }),
    ])
    const spoiled = await office.db.one<{ id: string }>(
      `select n.id from notices n join insured s on s.id = n.insured_id where n.run_id = $1 and s.insured_no = '00000009'`,
      [runId],
    )
    // when: 9 was spoiled in the post room
    const form = {
      issuedOn: '2026-08-20',
      dispatchedCount: 3,
      method: '1',
      undispatched: [{ noticeId: spoiled.id, reason: 'P08' }],
    }
    await clerks.complete(runId, S('007-register-dispatch'), form)
    // then
    const history = await office.db.rows<{ n: number; fee: bigint }>(
      `select s.insured_no::int as n, h.fee_yen as fee from tokusoku_history h join instalments i on i.id = h.instalment_id
       join insured s on s.id = i.insured_id where h.run_id = $1 order by 1`,
      [runId],
    )
    expect(history).toEqual([
      { n: 6, fee: 0n },
      { n: 7, fee: 0n },
      { n: 8, fee: 100n },
    ])
  })

  test('a letter that 007 declared not sent is in no file that is handed out', async () => {
    // nor is 7's, who came under 抑止 before it left without a last look
    const before = await bulk()
    expect(before.people).toEqual(expect.arrayContaining([7, 9]))
    await expect(open(before.id)).rejects.toMatchObject({ code: 'F52-18' })
    const after = await bulk()
    expect([after.version, after.people.toSorted((a, b) => a - b)]).toEqual([before.version + 1, [6, 8]])
    expect((await open(after.id))?.pdf.subarray(0, 5).toString('latin1')).toBe('%PDF-')
  })
})
