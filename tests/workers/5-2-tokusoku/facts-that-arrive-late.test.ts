import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { claimTask } from '#runtime/human.ts'
import { tokusoku } from '#workers/5-2-tokusoku/index.ts'
import { clerksOf, type Clerks } from '../../support/clerks.ts'
import { openTestOffice, type TestOffice } from '../../support/intake.ts'
import { registerNoticeSettings } from '../../support/notice-settings.ts'
import { instalment, KEY, loadRows, person, receipt } from '../../support/office-facts.ts'
import { acceptPeople } from '../../support/tokusoku-office.ts'
import { stepBench, type StepBench } from '../../support/step-bench.ts'

const S = (name: string): string => `5-2-tokusoku/${name}`
const slip = (n: number) => ({ 通知書番号: `26001234${String(n).padStart(2, '0')}` })
const atena = (n: number): string => String(n).padStart(15, '0')
const PEOPLE = [1, 2, 3, 4, 5, 6, 7, 8, 9]

/** Sheet 5.2 §4, 「What happens when …」: what leaves the house must be right on the day it leaves. */
describe('facts that arrive after the letters were made', () => {
  let office: TestOffice
  let bench: StepBench
  let clerks: Clerks
  let runId: string

  beforeAll(async () => {
    office = await openTestOffice('2026-08-14T00:00:00.000Z')
    bench = await stepBench(office, [tokusoku])
    clerks = await clerksOf(office, bench)
    await registerNoticeSettings(office)
    await acceptPeople(office, PEOPLE)
    runId = (await bench.start(clerks.tantou, { dueOn: '2026-07-31', asOf: '2026-08-12', issueOn: '2026-08-20' })).runId
    await bench.run(runId, S('001-identify-delinquents'))
    await clerks.complete(runId, S('002-confirm-delinquents'), {})
    await bench.run(runId, S('003-make-tokusoku-notices'))
  })
  afterAll(() => office.close())

  test('004 proposes P01 to P07 by what happened', async () => {
    // when: 1 pays all · 2 pays a part · 3 charge changed · 4 猶予 · 5 died · 6 抑止 · 7 has a new 送付先 · 8, 9 nothing
    await loadRows(office, 'shuno', [
      receipt({ ...KEY, ...slip(1), 領収日: '2026-08-13' }),
      receipt({ ...KEY, ...slip(2), 収納額: 300, 領収日: '2026-08-13' }),
    ])
    await loadRows(office, 'kiwari', [instalment(3, { ...slip(3), 調定額: 9_300 })])
    await loadRows(office, 'yuyo', [
      { ...KEY, ...slip(4), 猶予開始日: '2026-08-14', 猶予終了日: '2027-01-31', 決定番号: 'Y9' },
    ])
    await loadRows(office, 'atena', [person(5, { 死亡日: '2026-08-13' })])
    await loadRows(office, 'yokushi', [{ 宛名番号: atena(6), 措置区分: '仮', 開始日: '2026-08-14' }])
    await loadRows(office, 'soufusaki', [
      {
        宛名番号: atena(7),
        送付先区分: '代理',
        氏名: '見本 代理',
        郵便番号: '0000007',
        住所: 'みほん市南七丁目',
        開始日: '2026-08-14',
      },
    ])
    const taskId = await bench.open(runId, S('004-check-notices'))
    // then
    const found = (await clerks.rows(taskId)).map(({ insuredNo, verdict, reason }) => [
      Number(insuredNo),
      verdict,
      reason,
    ])
    expect(found.toSorted(([a], [b]) => Number(a) - Number(b))).toEqual([
      [1, '要確認', 'P01'],
      [2, '要確認', 'P02'],
      [3, '要確認', 'P03'],
      [4, '要確認', 'P04'],
      [5, '要確認', 'P05'],
      [6, '要確認', 'P06'],
      [7, '要確認', 'P07'],
      [8, '対象', null],
      [9, '対象', null],
    ])
  })

  test('accepted proposals keep the paper back; a declined one goes out as printed', async () => {
    const { id: taskId } = await office.db.one<{ id: string }>(
      `select id from tasks where run_id = $1 and state = 'open'`,
      [runId],
    )
    await claimTask(bench.deps, { taskId, user: clerks.tantou })
    for (const n of [1, 3, 4, 5, 6, 7])
      await clerks.mark(taskId, clerks.tantou, [n], 'pull', { reason: (await clerks.rowOf(taskId, n)).reason })
    await clerks.mark(taskId, clerks.tantou, [2], 'unpull')
    const { unclaimTask } = await import('#runtime/human.ts')
    await unclaimTask(bench.deps, { taskId, user: clerks.tantou })
    await clerks.release(taskId)
    const states = await office.db.rows<{ n: string; state: string; reason: string | null }>(
      `select s.insured_no::int::text as n, n.state, n.pull_reason as reason from notices n join insured s on s.id = n.insured_id where n.run_id = $1 order by s.insured_no`,
      [runId],
    )
    expect(states.filter(({ state }) => state === 'released').map(({ n }) => n)).toEqual(['2', '8', '9'])
    expect(states.find(({ n }) => n === '5')).toEqual({ n: '5', state: 'pulled', reason: 'P05' })
  })

  test('E2 keeps back who paid after the release, and nobody else', async () => {
    await loadRows(office, 'shuno', [receipt({ ...KEY, ...slip(8), 領収日: '2026-08-14' })])
    const { output } = await bench.run(runId, S('e2-dispatch-notices'))
    expect(output).toEqual({ releasedCount: 2, pulledCount: 7, printFileCount: 1 })
  })

  test('a download after one more payment is refused, and the next version is without the letter', async () => {
    const open = (id: string) => tokusoku.openDocument?.(bench.deps, `print-${id}`)
    const current = () =>
      office.db.one<{ id: string; version: number; n: number }>(
        `select id, version, notice_count as n from print_files where run_id = $1 and state = 'current'`,
        [runId],
      )
    const before = await current()
    expect((await open(before.id))?.pdf.subarray(0, 5).toString('latin1')).toBe('%PDF-')
    await loadRows(office, 'shuno', [receipt({ ...KEY, ...slip(9), 領収日: '2026-08-14' })])
    await expect(open(before.id)).rejects.toMatchObject({ code: 'F52-18' })
    await expect(open(before.id)).rejects.toMatchObject({ code: 'F52-19' })
    const after = await current()
    expect([before.n, after.n, after.version]).toEqual([2, 1, 2])
    expect((await open(after.id))?.insuredIds).toHaveLength(1)
  })
})
