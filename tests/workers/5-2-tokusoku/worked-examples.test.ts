import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { completeTask } from '#runtime/decide-task.ts'
import { acceptAllProposals, claimTask, markRows, unclaimTask } from '#runtime/human.ts'
import { checkRun } from '#runtime/check-run.ts'
import { worksheetHash } from '#runtime/worksheet/hash.ts'
import { loadSampleFolder } from '#tools/sample/load-sample.ts'
import { makeExamples } from '#tools/sample/make-sample.ts'
import { WORKED_EXAMPLES } from '#tools/sample/examples.ts'
import { tokusoku } from '#workers/5-2-tokusoku/index.ts'
import { clerksOf } from '../../support/clerks.ts'
import { openTestOffice, type TestOffice } from '../../support/intake.ts'
import { registerNoticeSettings } from '../../support/notice-settings.ts'
import { aUser, stepBench, type StepBench } from '../../support/step-bench.ts'
import { EXPECTED_ROWS } from '../../support/worked-examples.ts'

const S = (name: string): string => `5-2-tokusoku/${name}`

/** 対象 rows of the sheet's total: #1, 3, 4, 5b, 6b, 7a, 9b, 10, 12, 13a. */
const TOTAL_OF = ['1', '3', '4', '5b', '6b', '7a', '9b', '10', '12', '13a']

const numberOf = new Map(WORKED_EXAMPLES.map(({ no, resident }) => [resident.insuredNo, no]))

describe('worked examples of sheet 5.2 §8', () => {
  let office: TestOffice
  let bench: StepBench
  let runId: string

  beforeAll(async () => {
    // given: 2026-08-14, minUnpaidYen 1,000, feeYen 100 for 納期限 ≤ 2026-03-31, lowMonths 1
    office = await openTestOffice('2026-08-14T00:00:00.000Z')
    bench = await stepBench(office, [tokusoku])
    await registerNoticeSettings(office)
    await makeExamples(join(office.folder, 'examples'), office.profiles)
    await loadSampleFolder({ db: office.db }, office.intake, join(office.folder, 'examples'))
    const user = await aUser(office, 'starter', ['tantou'])
    runId = (await bench.start(user, { dueOn: '2026-07-31', asOf: '2026-08-12', issueOn: '2026-08-20' })).runId
    await bench.run(runId, S('001-identify-delinquents'))
  })
  afterAll(() => office.close())

  const rows = () =>
    office.db.rows<{
      no: number
      insured: string
      verdict: string
      reason: string | null
      others: string
      unpaid: bigint
      fee: bigint
      entaikin: bigint
      limit: string
      flags: string[]
    }>(
      `select r.row_no as no, s.insured_no as insured, r.verdict, r.reason, array_to_string(r.other_reasons, '+') as others,
         d.unpaid_yen as unpaid, d.fee_yen as fee, d.entaikin_yen as entaikin, d.limit_on as limit, r.flags
       from worksheet_rows r join delinquent_rows d using (worksheet_id, row_no) join insured s on s.id = r.insured_id
       join worksheets w on w.id = r.worksheet_id where w.run_id = $1 order by r.row_no`,
      [runId],
    )

  test('001 gives exactly the expected rows', async () => {
    const found = (await rows()).map((row) => [
      numberOf.get(row.insured),
      row.verdict,
      row.reason,
      row.others,
      Number(row.unpaid),
      Number(row.fee),
      Number(row.entaikin),
      row.limit,
    ])
    expect(found).toEqual(EXPECTED_ROWS)
  })

  test('flags of the sheet: 部 (#4), 過 (#5b), 残 and 遅 (#10)', async () => {
    const flags = new Map((await rows()).map((row) => [numberOf.get(row.insured), row.flags]))
    expect(flags.get('4')).toContain('F-部')
    expect(flags.get('5b')).toContain('F-過')
    expect(flags.get('10')).toEqual(expect.arrayContaining(['F-遅', 'F-残']))
    expect(flags.get('6b')).not.toContain('F-遅')
  })

  test('003 gives the slips of #10, #12, #15, #16 and the totals of the sheet', async () => {
    // given: 002 decides 要確認 as 除外
    const user = await aUser(office, 'decider', ['kakaricho', 'tantou'])
    const taskId = await bench.open(runId, S('002-confirm-delinquents'))
    await claimTask(bench.deps, { taskId, user })
    const open = (await rows()).filter(({ verdict }) => verdict === '要確認').map(({ no }) => no)
    const mark = { action: 'exclude', reason: 'T15', note: null, followUpOn: '2026-09-01' as never } as const
    await markRows(bench.deps, { taskId, user, target: { rows: open }, mark })
    const { id, count } = await office.db.one<{ id: bigint; count: bigint }>(
      `select id, row_count as count from worksheets where run_id = $1`,
      [runId],
    )
    const body = { decision: 'ok', hash: await worksheetHash(office.db, id), count: Number(count) }
    await completeTask(bench.deps, { taskId, user, body })
    // when
    const { output } = await bench.run(runId, S('003-make-tokusoku-notices'))
    // then
    expect(output).toMatchObject({ noticeCount: 16, unprintableCount: 0 })
    const notices = await office.db.rows<{
      insured: string
      slip: bigint
      unpaid: bigint
      fee: bigint
      digits: string
      view: string
    }>(
      `select s.insured_no as insured, n.slip_yen as slip, n.printed_unpaid_yen as unpaid, n.fee_yen as fee, n.view,
         array_to_string(array(select jsonb_array_elements_text(n.view::jsonb->'slip'->'barcodeDigits')), '') as digits
       from notices n join insured s on s.id = n.insured_id where n.run_id = $1 and n.state = 'made'`,
      [runId],
    )
    const byNo = new Map(notices.map((one) => [numberOf.get(one.insured) ?? '', one]))
    const digits = (no: string): string => (byNo.get(no)?.digits ?? '').replaceAll(/\D/g, '')
    expect(byNo.get('10')?.slip).toBe(8_900n)
    expect(byNo.get('12')?.slip).toBe(6_300n)
    expect(digits('1')).toBe('91912345263926001234550126000126083100123000')
    expect(digits('16a')).toBe('91912345263926004567808126000126083103000009')
    expect(digits('16b')).toBe('')
    expect(digits('13a')).toBe('')
    expect(byNo.get('7a')?.view).toContain('相続人代表者')
    const total = TOTAL_OF.map((no) => byNo.get(no))
    expect(total.reduce((sum, one) => sum + (one?.unpaid ?? 0n), 0n)).toBe(735_500n)
    expect(total.reduce((sum, one) => sum + (one?.fee ?? 0n), 0n)).toBe(200n)
    expect(total.reduce((sum, one) => sum + (one?.slip ?? 0n), 0n)).toBe(735_700n)
  })

  test('from 004 to 007: #3 stays in the house (P01), and the fourteen invariants of §7 hold', async () => {
    const clerks = await clerksOf(office, bench)
    const taskId = await bench.open(runId, S('004-check-notices'))
    await claimTask(bench.deps, { taskId, user: clerks.tantou })
    expect(await acceptAllProposals(bench.deps, { taskId, user: clerks.tantou })).toBe(1)
    await unclaimTask(bench.deps, { taskId, user: clerks.tantou })
    await clerks.release(taskId)
    expect((await bench.run(runId, S('e2-dispatch-notices'))).output).toMatchObject({
      releasedCount: 15,
      pulledCount: 1,
    })
    // 督促 15, and 猶予 of #6a, 6c, 8c
    expect((await bench.run(runId, S('005-make-tainosha-file'))).output).toMatchObject({ fileCount: 18 })
    await clerks.complete(runId, S('006-confirm-tainosha-file'), { sentOn: '2026-08-14', sentBy: '1' })
    office.clock.set('2026-08-20T03:00:00.000Z')
    const form = { issuedOn: '2026-08-20', dispatchedCount: 15, method: '1' }
    await clerks.complete(runId, S('007-register-dispatch'), form)
    const checked = await checkRun(office.db, tokusoku.invariants ?? [], runId, office.clock.today())
    expect([checked.length, checked.filter(({ count }) => count > 0)]).toEqual([14, []])
  })
})
