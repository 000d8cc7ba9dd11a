import { plainDateOf } from '#kernel/plain-date.ts'
import { completeTask } from '#runtime/decide-task.ts'
import { claimTask, markRows } from '#runtime/human.ts'
import { worksheetHash } from '#runtime/worksheet/hash.ts'
import { importPath, loadSample } from '#tools/sample/load-sample.ts'
import { tokusoku } from '#workers/5-2-tokusoku/index.ts'
import { openTestOffice, type TestOffice } from '#tests/support/intake.ts'
import { aUser, stepBench, type StepBench } from '#tests/support/step-bench.ts'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

// The story of the sample through the real steps: every case that the sample claims to show is shown.
const S = (name: string): string => `5-2-tokusoku/${name}`
let office: TestOffice
let bench: StepBench
let runId: string

beforeAll(async () => {
  office = await openTestOffice('2026-11-13T00:00:00.000Z')
  bench = await stepBench(office, [tokusoku])
  const folder = join(office.folder, 'sample')
  const request = { insured: 3000, seed: 1, today: plainDateOf('2026-11-13') }
  await loadSample({ ...office, log: () => undefined }, folder, request)
  await importPath(office, office.intake, 'shuno', join(folder, 'shuno-latest-week.csv'))
}, 180_000)
afterAll(() => office.close())

const tally = async (sql: string): Promise<Record<string, number>> =>
  Object.fromEntries((await office.db.rows<{ what: string; n: number }>(sql, [runId])).map(({ what, n }) => [what, n]))

const ROWS = `worksheet_rows r join worksheets w on w.id = r.worksheet_id where w.run_id = $1`

describe('the story of the sample', () => {
  it('001 finds 425 rows, with every reason that the files can tell', async () => {
    const user = await aUser(office, 'tantou', ['tantou'])
    runId = (await bench.start(user, {})).runId
    const { output } = await bench.run(runId, S('001-identify-delinquents'))
    expect(output).toMatchObject({ delinquentCount: 425, targetCount: 402, reviewCount: 2, excludedCount: 21 })
    expect(
      await tally(
        `select r.verdict || coalesce(' ' || r.reason, '') as what, count(*)::int as n from ${ROWS} group by 1`,
      ),
    ).toEqual({
      対象: 402,
      '要確認 A06': 1,
      '要確認 A08': 1,
      '除外 A01': 2,
      '除外 A02': 14,
      '除外 A03': 1,
      '除外 A04': 1,
      '除外 A05': 2,
      '除外 A10': 1,
    })
    const flags = await tally(
      `select flag as what, count(*)::int as n from (select unnest(r.flags) as flag from ${ROWS}) f group by 1`,
    )
    expect(flags).toMatchObject({ 'F-同': 2, 'F-宛': 4, 'F-転': 1, 'F-過': 1, 'F-部': 5, 'F-高': 1, 'F-残': 16 })
  })

  it('003 cannot make five letters, each for another reason', async () => {
    const user = await aUser(office, 'kakaricho', ['kakaricho', 'tantou'])
    const taskId = await bench.open(runId, S('002-confirm-delinquents'))
    await claimTask(bench.deps, { taskId, user })
    const undecided = await office.db.rows<{ no: number }>(
      `select r.row_no as no from ${ROWS} and r.verdict = '要確認'`,
      [runId],
    )
    const mark = { action: 'exclude', reason: 'T15', note: null, followUpOn: plainDateOf('2026-12-01') } as const
    await markRows(bench.deps, { taskId, user, target: { rows: undecided.map(({ no }) => no) }, mark })
    const { id } = await office.db.one<{ id: bigint }>(`select id from worksheets where run_id = $1`, [runId])
    const body = { decision: 'ok', hash: await worksheetHash(office.db, id), count: 425 }
    await completeTask(bench.deps, { taskId, user, body })
    const { output } = await bench.run(runId, S('003-make-tokusoku-notices'))
    expect(output).toMatchObject({ noticeCount: 397, unprintableCount: 5 })
    expect(
      await tally(`select reason as what, count(*)::int as n from unprintable_notices where run_id = $1 group by 1`),
    ).toEqual({ U01: 1, U02: 1, U03: 1, U05: 1, U07: 1 })
  })

  it('004 proposes 引抜き for what the later files bring', async () => {
    office.clock.set('2026-11-18T00:00:00.000Z')
    const later = join(office.folder, 'sample', 'later')
    for (const name of readdirSync(later).toSorted())
      await importPath(office, office.intake, name.replace('.csv', ''), join(later, name))
    await bench.open(runId, S('004-check-notices'))
    const proposals = await tally(
      `select d.proposal as what, count(*)::int as n from notice_check_rows d join worksheets w on w.id = d.worksheet_id
       where w.run_id = $1 and d.proposal is not null group by 1`,
    )
    // P02: two of the later file, and the one who paid a part on the day after 基準日
    expect(proposals).toEqual({ P01: 4, P02: 3, P03: 1, P04: 1, P05: 1, P06: 1, P07: 1 })
  })
})
