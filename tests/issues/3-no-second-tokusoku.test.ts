import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { claimTask } from '#runtime/human.ts'
import { tokusoku } from '#workers/5-2-tokusoku/index.ts'
import { clerksOf, type Clerks } from '../support/clerks.ts'
import { openTestOffice, type TestOffice } from '../support/intake.ts'
import { registerNoticeSettings } from '../support/notice-settings.ts'
import { KEY, loadRows } from '../support/office-facts.ts'
import { acceptPeople } from '../support/tokusoku-office.ts'
import { stepBench, type StepBench } from '../support/step-bench.ts'

const S = (name: string): string => `5-2-tokusoku/${name}`
const slip = (n: number) => ({ 通知書番号: `26001234${String(n).padStart(2, '0')}` })

/** Sheet 5.2 §7-2: one uncancelled 督促 an instalment, whenever the file of the old system arrives; and no run that cannot end. */
describe('督促履歴 that arrives by file while a run is on its way', () => {
  let office: TestOffice
  let bench: StepBench
  let clerks: Clerks
  let runId: string
  const arrives = async (n: number): Promise<void> => {
    const row = { ...KEY, ...slip(n), 発送日: '2026-08-10', 指定期限: '2026-08-20' }
    expect(await loadRows(office, 'tokusoku', [row])).toMatchObject({ status: 'accepted', errors: [] })
  }

  beforeAll(async () => {
    office = await openTestOffice('2026-08-20T00:00:00.000Z')
    bench = await stepBench(office, [tokusoku])
    clerks = await clerksOf(office, bench)
    await registerNoticeSettings(office)
    const people = [1, 2, 3]
    await acceptPeople(office, people)
    const params = { dueOn: '2026-07-31', asOf: '2026-08-12', issueOn: '2026-08-20' }
    runId = (await bench.start(clerks.tantou, params)).runId
    await bench.run(runId, S('001-identify-delinquents'))
    await clerks.complete(runId, S('002-confirm-delinquents'), {})
    await bench.run(runId, S('003-make-tokusoku-notices'))
    await clerks.release(await bench.open(runId, S('004-check-notices')))
  })
  afterAll(() => office.close())

  test('before E2: the letter is not printed', async () => {
    await arrives(1)
    const { output } = await bench.run(runId, S('e2-dispatch-notices'))
    expect(output).toEqual({ releasedCount: 2, pulledCount: 1, printFileCount: 1 })
    expect(
      await office.db.rows(`select pull_reason as reason from notices where run_id = $1 and state = 'pulled'`, [runId]),
    ).toEqual([{ reason: 'A02' }])
  })

  test('after it was printed and sent: 007 ends, and the history that was first stands alone', async () => {
    await arrives(2)
    const at007 = await bench.open(runId, S('007-register-dispatch'))
    await claimTask(bench.deps, { taskId: at007, user: clerks.tantou })
    const { completeTask } = await import('#runtime/decide-task.ts')
    const form = { decision: 'ok', issuedOn: '2026-08-20', dispatchedCount: 2, method: '1' }
    const body = { ...(await clerks.seen(at007)), ...form }
    await completeTask(bench.deps, { taskId: at007, user: clerks.tantou, body })
    expect(await tokusoku.results(office.db, runId)).toMatchObject({ issuedCount: 1 })
    expect(
      await office.db.rows(
        `select s.insured_no::int as n, h.issued_on as on, h.run_id is not null as ours from tokusoku_history h
         join instalments i on i.id = h.instalment_id join insured s on s.id = i.insured_id order by 1`,
      ),
    ).toEqual([
      { n: 1, on: '2026-08-10', ours: false },
      { n: 2, on: '2026-08-10', ours: false },
      { n: 3, on: '2026-08-20', ours: true },
    ])
  })
})
