import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { tokusoku } from '#workers/5-2-tokusoku/index.ts'
import { openTestOffice, type TestOffice } from '../../support/intake.ts'
import { instalment, insured, KEY, loadRows, person, receipt } from '../../support/office-facts.ts'
import { aUser, stepBench, type StepBench } from '../../support/step-bench.ts'

const STEP = '5-2-tokusoku/001-identify-delinquents'
const RUN = { dueOn: '2026-07-31', asOf: '2026-08-12', issueOn: '2026-08-20' }
const slip = (n: number) => ({ 通知書番号: `26001234${String(n).padStart(2, '0')}` })

describe('001 滞納者把握', () => {
  let office: TestOffice
  let bench: StepBench
  let runId: string

  beforeAll(async () => {
    // given: sheet 5.2 §8 #1 (nothing paid), #2 (paid on 基準日), #3 (paid the day after), #4 (part payment)
    office = await openTestOffice('2026-08-14T00:00:00.000Z')
    bench = await stepBench(office, [tokusoku])
    await loadRows(office, 'atena', [person(1), person(2), person(3), person(4)])
    await loadRows(office, 'hihokensha', [insured(1), insured(2), insured(3), insured(4)])
    await loadRows(office, 'kiwari', [
      instalment(1, slip(1)),
      instalment(2, slip(2)),
      instalment(3, slip(3)),
      instalment(4, { ...slip(4), 調定額: 11_500 }),
    ])
    await loadRows(office, 'shuno', [
      receipt({ ...KEY, ...slip(2), 領収日: '2026-08-12' }),
      receipt({ ...KEY, ...slip(3), 領収日: '2026-08-13' }),
      receipt({ ...KEY, ...slip(4), 収納額: 5_000, 領収日: '2026-07-30' }),
    ])
    const user = await aUser(office, 'tantou', ['tantou'])
    runId = (await bench.start(user, RUN)).runId
  })
  afterAll(() => office.close())

  const rows = () =>
    office.db.rows<{ insured: string; yen: bigint; verdict: string; flags: string[] }>(
      `select s.insured_no as insured, r.yen, r.verdict, r.flags from worksheet_rows r join worksheets w on w.id = r.worksheet_id
       join insured s on s.id = r.insured_id where w.run_id = $1 and w.state = 'ready' order by r.row_no`,
      [runId],
    )

  test('gives each unpaid instalment one row and 完納 none, twice the same', async () => {
    // when
    const first = await bench.run(runId, STEP)
    const again = await bench.run(runId, STEP, first.job)
    // then
    expect(first.output).toEqual({
      worksheetVersion: 1,
      delinquentCount: 3,
      targetCount: 3,
      reviewCount: 0,
      excludedCount: 0,
    })
    expect(again.output).toEqual(first.output)
    expect(await rows()).toEqual([
      { insured: '00000001', yen: 12_300n, verdict: '対象', flags: ['F-初'] },
      { insured: '00000003', yen: 12_300n, verdict: '対象', flags: ['F-初'] },
      { insured: '00000004', yen: 6_500n, verdict: '対象', flags: ['F-初', 'F-部'] },
    ])
    const { counts } = await office.db.one<{ counts: object }>(`select counts from worksheets where run_id = $1`, [
      runId,
    ])
    expect(counts).toEqual({ 対象: 3, 全件: 4, 完納: 1 })
  })
})
