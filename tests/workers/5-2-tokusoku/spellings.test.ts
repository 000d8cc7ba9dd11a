import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { claimTask } from '#runtime/human.ts'
import { completeTask } from '#runtime/decide-task.ts'
import { insertSpelling } from '#people/queries/spellings.ts'
import { tokusoku } from '#workers/5-2-tokusoku/index.ts'
import { clerksOf, type Clerks } from '../../support/clerks.ts'
import { openTestOffice, type TestOffice } from '../../support/intake.ts'
import { registerNoticeSettings } from '../../support/notice-settings.ts'
import { instalment, insured, loadRows, person } from '../../support/office-facts.ts'
import { stepBench, type StepBench } from '../../support/step-bench.ts'

const S = (name: string): string => `5-2-tokusoku/${name}`
const PEOPLE = [1, 2, 3, 4]

/** 字形なし (sheet 5.2, 003 U03, F-宛): what a decision for the person and the municipality's table do to a letter. */
describe('a character without glyph', () => {
  let office: TestOffice
  let bench: StepBench
  let clerks: Clerks
  let runId: string
  let taskId: string

  beforeAll(async () => {
    office = await openTestOffice('2026-08-14T00:00:00.000Z')
    bench = await stepBench(office, [tokusoku])
    clerks = await clerksOf(office, bench)
    await registerNoticeSettings(office)
    // given: 1 plain · 2 𠮷 in the name, decided · 3 𠮷 in the name, undecided · 4 a selector in the address
    await loadRows(office, 'atena', [
      person(1),
      person(2, { 氏名: '𠮷田 二郎' }),
      person(3, { 氏名: '𠮷田 三郎' }),
      person(4, { 住所: 'みほん市葛\u{E0100}城4丁目' }),
    ])
    await loadRows(
      office,
      'hihokensha',
      PEOPLE.map((n) => insured(n)),
    )
    await loadRows(
      office,
      'kiwari',
      PEOPLE.map((n) => instalment(n, { 通知書番号: `26001234${String(n).padStart(2, '0')}` })),
    )
    await decide(2, '𠮷田 二郎', '吉田 二郎')
    runId = (await bench.start(clerks.tantou, { dueOn: '2026-07-31', asOf: '2026-08-12', issueOn: '2026-08-20' })).runId
  })
  afterAll(() => office.close())

  const decide = async (n: number, original: string, substitute: string) => {
    const { id } = await office.db.one<{ id: bigint }>(`select id from persons where atena_no = $1`, [
      String(n).padStart(15, '0'),
    ])
    const { id: userId } = await office.db.one<{ id: bigint }>(`select id from users order by id limit 1`)
    await insertSpelling(office.db, {
      personId: id,
      field: '氏名',
      original,
      substitute,
      validFrom: '2026-08-01',
      validTo: null,
      reason: '本人の申出',
      userId,
      at: office.clock.now(),
    })
  }
  const flagged = async (kind: string) =>
    office.db.rows<{ no: string; reason: string | null; flags: string[] }>(
      `select s.insured_no as no, r.reason, r.flags from worksheet_rows r join worksheets w on w.id = r.worksheet_id
       join insured s on s.id = r.insured_id where w.run_id = $1 and w.kind = $2
         and w.version = (select max(version) from worksheets where run_id = $1 and kind = $2) order by 1`,
      [runId, kind],
    )
  const letters = () =>
    office.db.rows<{ no: string; view: string; printed: { substitutions?: unknown } }>(
      `select s.insured_no as no, n.view, n.printed from notices n join insured s on s.id = n.insured_id
       where n.run_id = $1 and n.state = 'made' order by 1`,
      [runId],
    )

  test('001 marks F-宛 only where nothing is decided', async () => {
    await bench.run(runId, S('001-identify-delinquents'))
    const rows = await flagged('delinquents')
    expect(rows.map(({ no, flags }) => [no, flags.includes('F-宛')])).toEqual([
      ['00000001', false],
      ['00000002', false],
      ['00000003', true],
      ['00000004', true],
    ])
  })

  test('003 prints the decided spelling, keeps the registered name beside it, and lists the rest as U03', async () => {
    await clerks.complete(runId, S('002-confirm-delinquents'), { decision: 'ok' })
    const { output } = await bench.run(runId, S('003-make-tokusoku-notices'))
    expect(output).toEqual({ noticeVersion: 1, noticeCount: 2, unprintableCount: 2 })
    const [plain, second] = await letters()
    expect(plain?.printed).not.toHaveProperty('substitutions')
    const view = JSON.parse(second?.view ?? '') as { window: { nameLines: string[] }; slip: { name: string } }
    expect([view.window.nameLines, view.slip.name]).toEqual([['吉田 二郎 様'], '吉田 二郎'])
    expect(second?.view).not.toContain('𠮷')
    expect(second?.printed).toMatchObject({
      addressee: { name: '𠮷田 二郎' },
      substitutions: [{ field: '氏名', by: '代替表記', missing: ['U+20BB7'] }],
    })
    expect(
      await office.db.rows(`select reason, detail from unprintable_notices where run_id = $1 order by row_no`, [runId]),
    ).toEqual([
      { reason: 'U03', detail: '𠮷(U+20BB7)' },
      { reason: 'U03', detail: '葛\u{E0100}(U+845B U+E0100)' },
    ])
  })

  test('004 shows which letter is printed otherwise, and proposes no 宛先変更 for it', async () => {
    taskId = await bench.open(runId, S('004-check-notices'))
    expect(await flagged('notice-check')).toEqual([
      { no: '00000001', reason: null, flags: [] },
      { no: '00000002', reason: null, flags: ['代替表記'] },
      { no: '00000003', reason: 'U03', flags: [] },
      { no: '00000004', reason: 'U03', flags: [] },
    ])
  })

  test('after a decision and the 縮退 of the municipality a redo makes the missing letters', async () => {
    await decide(3, '𠮷田 三郎', 'よしだ 三郎')
    await loadRows(office, 'shukutai', [{ 元の文字: '葛\u{E0100}', 印字する文字: '葛' }])
    await office.db.run(
      `update municipality_settings set value = value || '{"usesReductions": true}' where name = 'notices'`,
    )
    await claimTask(bench.deps, { taskId, user: clerks.tantou })
    const body = { ...(await clerks.seen(taskId)), decision: 'redo' }
    await completeTask(bench.deps, { taskId, user: clerks.tantou, body })
    expect((await bench.run(runId, S('003-make-tokusoku-notices'))).output).toEqual({
      noticeVersion: 2,
      noticeCount: 4,
      unprintableCount: 0,
    })
    const [, , third, fourth] = await letters()
    expect(third?.printed.substitutions).toEqual([{ field: '氏名', by: '代替表記', missing: ['U+20BB7'] }])
    expect(fourth?.printed.substitutions).toEqual([{ field: '住所', by: '縮退', missing: ['U+845B U+E0100'] }])
    const view = JSON.parse(fourth?.view ?? '') as { window: { addressLines: string[] } }
    expect(view.window.addressLines).toEqual(['みほん市葛城4丁目'])
    await bench.open(runId, S('004-check-notices'))
    expect((await flagged('notice-check')).map(({ flags }) => flags)).toEqual([
      [],
      ['代替表記'],
      ['代替表記'],
      ['縮退'],
    ])
  })
})
