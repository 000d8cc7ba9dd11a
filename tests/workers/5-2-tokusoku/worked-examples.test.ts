import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { completeTask } from '#runtime/decide-task.ts'
import { claimTask, markRows } from '#runtime/human.ts'
import { worksheetHash } from '#runtime/worksheet/hash.ts'
import { loadSampleFolder } from '#tools/sample/load-sample.ts'
import { makeExamples } from '#tools/sample/make-sample.ts'
import { WORKED_EXAMPLES } from '#tools/sample/examples.ts'
import { tokusoku } from '#workers/5-2-tokusoku/index.ts'
import { openTestOffice, type TestOffice } from '../../support/intake.ts'
import { registerNoticeSettings } from '../../support/notice-settings.ts'
import { aUser, stepBench, type StepBench } from '../../support/step-bench.ts'

const S = (name: string): string => `5-2-tokusoku/${name}`

/** No., 判定, 理由, 他の理由, 未納額, 手数料, 延滞金, 発送期限: sheet 5.2 §8, column 「Expected」. 完納 (#2) has no row. */
const EXPECTED: readonly (readonly [string, string, string | null, string, number, number, number, string])[] = [
  ['1', '対象', null, '', 12_300, 0, 0, '2026-08-20'],
  ['3', '対象', null, '', 12_300, 0, 0, '2026-08-20'],
  ['4', '対象', null, '', 6_500, 0, 0, '2026-08-20'],
  ['5a', '要確認', 'A08', '', 9_800, 0, 0, '2026-08-20'],
  ['5b', '対象', null, '', 9_800, 0, 0, '2026-08-20'],
  ['6a', '除外', 'A01', '', 10_000, 0, 0, '2026-08-20'],
  ['6b', '対象', null, '', 10_000, 0, 0, '2026-08-31'],
  ['6c', '除外', 'A01', '', 10_000, 0, 0, '2026-08-20'],
  ['7a', '対象', null, '', 8_600, 0, 0, '2026-08-20'],
  ['7b', '除外', 'A04', '', 8_600, 0, 0, '2026-08-20'],
  ['8a', '除外', 'A05', '', 9_100, 0, 0, '2026-08-20'],
  ['8b', '要確認', 'A06', '', 9_100, 0, 0, '2026-08-20'],
  ['8c', '除外', 'A01', 'A05', 9_100, 0, 0, '2026-08-20'],
  ['9a', '除外', 'A03', '', 999, 0, 0, '2026-08-20'],
  ['9b', '対象', null, '', 1_000, 0, 0, '2026-08-20'],
  ['10', '対象', null, '', 8_800, 100, 0, '2025-10-20'],
  // 延滞金 of #11 is not in the sheet; by its rule: 7,000 → 14 (31 d 2.4 %) + 812 (487 d 8.7 %) + 404 (232 d 9.1 %) = 1,230
  ['11', '除外', 'A10', '', 7_200, 100, 1_200, '2024-08-20'],
  ['12', '対象', null, '', 6_200, 100, 1_000, '2024-08-20'],
  ['13a', '対象', null, '', 660_000, 0, 1_000, '2026-08-20'],
  ['13b', '対象', null, '', 652_000, 0, 1_000, '2026-08-20'],
  ['13c', '対象', null, '', 651_785, 0, 0, '2026-08-20'],
  ['13d', '対象', null, '', 640_000, 0, 0, '2026-08-20'],
  ['14', '対象', null, '', 88_900, 100, 6_500, '2025-10-20'],
  ['16a', '対象', null, '', 300_000, 0, 0, '2026-08-20'],
  ['16b', '対象', null, '', 300_001, 0, 0, '2026-08-20'],
]
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
    const user = await aUser(office, 'tantou', ['tantou'])
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
    expect(found).toEqual(EXPECTED)
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
    const user = await aUser(office, 'kakaricho', ['kakaricho', 'tantou'])
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
})
