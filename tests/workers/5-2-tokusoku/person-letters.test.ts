import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { plainDateOf } from '#kernel/plain-date.ts'
import { checkLedger } from '#ledger/check.ts'
import { completeTask } from '#runtime/decide-task.ts'
import { claimTask, markRows, unclaimTask } from '#runtime/human.ts'
import { makeAlone } from '#runtime/make-alone.ts'
import { refreshTask } from '#runtime/refresh-task.ts'
import { checkRun } from '#runtime/check-run.ts'
import { noticesOf } from '#trace/queries/run-papers.ts'
import { tokusoku } from '#workers/5-2-tokusoku/index.ts'
import { readPdf } from '../../notices/read-pdf.ts'
import { instalment, insured, loadRows, person, receipt } from '../../support/office-facts.ts'
import {
  keyOf,
  LATE_REASON,
  oldKeyOf,
  openTokusokuOffice,
  STEP,
  type TokusokuOffice,
} from '../../support/tokusoku-office.ts'

const d = plainDateOf

/**
 * 督促状の単位 = 被保険者 (sheet 5.2 §2, §15.11): the lines of a person on one sheet, from 001 to 007. Everybody owes 12,300 of R8
 * 第1期; who has two lines owes 8,800 of R7 第9期 beside it, with 手数料 100.
 */
describe('督促 by person', () => {
  let at: TokusokuOffice
  let runId: string
  let taskId: string

  interface Line {
    readonly n: number
    readonly period: string
    readonly id: string
    readonly letter: string
    readonly state: string
    readonly pulled: string | null
    readonly printNo: number | null
  }
  /** Rows of `notices` in print order; of each 期割 the newest. */
  const lines = () =>
    at.office.db.rows<Line>(
      `select * from (
         select distinct on (n.instalment_id) s.insured_no::int as n, i.period, n.id, coalesce(n.letter_id, n.id) as letter, n.state,
           n.pull_reason as pulled, n.print_no as "printNo", n.sort_key from notices n
         join instalments i on i.id = n.instalment_id join insured s on s.id = n.insured_id
         where n.run_id = $1 order by n.instalment_id, n.state = 'lapsed', n.version desc) newest
       order by "printNo", sort_key collate "C"`,
      [runId],
    )
  const of = async (n: number): Promise<Line[]> => (await lines()).filter((one) => one.n === n)
  const short = (rows: readonly Line[]) => rows.map(({ period, state, pulled }) => [period, state, pulled])
  const sheet = () =>
    at.office.db.rows<{
      no: number
      n: number
      period: string
      verdict: string
      reason: string | null
      flags: string[]
    }>(
      `select r.row_no as no, s.insured_no::int as n, i.period, r.verdict, r.reason, r.flags from tasks t
       join worksheet_rows r on r.worksheet_id = t.worksheet_id join instalments i on i.id = r.instalment_id
       join insured s on s.id = r.insured_id where t.id = $1 order by r.row_no`,
      [taskId],
    )
  const rowNo = async (n: number, period: string): Promise<number> =>
    (await sheet()).find((one) => one.n === n && one.period === period)?.no ?? 0
  const mark = async (n: number, period: string, action: 'pull' | 'unpull', reason: string | null, note?: string) =>
    markRows(at.bench.deps, {
      taskId,
      user: at.clerks.tantou,
      target: { rows: [await rowNo(n, period)] },
      mark: { action, reason, note: note ?? null, followUpOn: null },
    })
  const refresh = () => refreshTask(at.bench.deps, { taskId, user: at.clerks.tantou })
  const counts = async () => {
    const { noticeCount, unprintableCount, releasedCount, pulledCount } = await tokusoku.results(at.office.db, runId)
    return { noticeCount, unprintableCount, releasedCount, pulledCount }
  }
  const broken = async () =>
    (await checkRun(at.office.db, tokusoku.invariants ?? [], runId, at.office.clock.today())).filter(
      ({ count }) => count > 0,
    )
  const pagesOfNewestFile = async () => {
    const { sha256, number } = await at.office.db.one<{ sha256: string; number: number }>(
      `select sha256, number from print_files where run_id = $1 and state = 'current'`,
      [runId],
    )
    const { pages } = await readPdf(await readFile(at.office.store.pathOf(sha256)))
    return { number, texts: pages.map(({ text }) => text) }
  }

  beforeAll(async () => {
    at = await openTokusokuOffice()
    await at.option('noticeUnit', 'person')
    // given: 1 stays · 2 pays one line before 004 · 3 one after the release · 4 owes one line · 5 pays one after E2 ·
    // 6 owes seven lines · 7 has a name without glyph · 8 stays, and the letter comes back
    const people = [1, 2, 3, 4, 5, 6, 7, 8]
    await at.load(
      'atena',
      people.map((n) => person(n, n === 7 ? { 氏名: '見本 \uE000' } : {})),
    )
    await at.load(
      'hihokensha',
      people.map((n) => insured(n)),
    )
    const old = { 納期限: '2026-03-31', 調定額: 8_800 }
    await at.load('kiwari', [
      ...people.map((n) => instalment(n, keyOf(n))),
      ...[1, 2, 3, 5, 7, 8].map((n) => instalment(n, { ...oldKeyOf(n), ...old })),
      ...[3, 4, 5, 6, 7, 8].map((period) => instalment(6, { ...oldKeyOf(6), 期別: `0${period}`, ...old })),
    ])
    runId = await at.confirmed({ lateReason: LATE_REASON })
  })
  afterAll(() => at.office.close())

  test('003: one sheet for a person’s lines, at most six; a key is reserved for each, and a print number for the sheet', async () => {
    const first = await at.bench.run(runId, STEP['003'])
    expect(first.output).toEqual({ noticeVersion: 1, noticeCount: 8, unprintableCount: 2 })
    expect((await at.bench.run(runId, STEP['003'], first.job)).output).toEqual(first.output)
    const made = await lines()
    const letters = Map.groupBy(made, ({ letter }) => letter)
    expect(
      [...letters.values()].map((rows) => [rows[0]?.n, rows[0]?.printNo, rows.map(({ period }) => period)]),
    ).toEqual([
      [1, 1, ['09', '01']],
      [2, 2, ['09', '01']],
      [3, 3, ['09', '01']],
      [4, 4, ['01']],
      [5, 5, ['09', '01']],
      [6, 6, ['03', '04', '05', '06', '07', '08']],
      [6, 7, ['01']],
      [8, 8, ['09', '01']],
    ])
    expect(made.every(({ state, printNo }) => state === 'made' && printNo !== null)).toBe(true)
    // the first row of a letter holds the view, with the sum of its lines: 8,800 + 100 + 12,300
    const views = await at.office.db.rows<{ n: number; rows: number; total: string; no: string }>(
      `select s.insured_no::int as n, coalesce(jsonb_array_length(n.view::jsonb->'several'->'lines'), 1) as rows,
         n.view::jsonb->'total'->>'value' as total, right(n.view::jsonb->>'noticeNo', 6) as no
       from notices n join insured s on s.id = n.insured_id where n.run_id = $1 and n.view is not null order by n.print_no`,
      [runId],
    )
    expect(views.map(({ n, rows, total }) => [n, rows, total])).toEqual([
      [1, 2, '21,200円'],
      [2, 2, '21,200円'],
      [3, 2, '21,200円'],
      [4, 1, '12,300円'],
      [5, 2, '21,200円'],
      [6, 6, '53,400円'],
      [6, 1, '12,300円'],
      [8, 2, '21,200円'],
    ])
    expect(new Set(views.map(({ no }) => no)).size).toBe(8)
    expect(
      await at.office.db.rows(
        `select reason, count(*)::int as n from unprintable_notices where run_id = $1 group by 1`,
        [runId],
      ),
    ).toEqual([{ reason: 'U03', n: 2 }])
  })

  test('004: a paid line draws the other one in, and no part of a letter is released (F52-43)', async () => {
    taskId = await at.open(runId, '004')
    await claimTask(at.bench.deps, { taskId, user: at.clerks.tantou })
    expect((await sheet()).filter(({ flags }) => flags.includes('連記'))).toHaveLength(16)
    const { said } = await at.office.db.one<{ said: object }>(
      `select w.counts as said from tasks t join worksheets w on w.id = t.worksheet_id where t.id = $1`,
      [taskId],
    )
    expect(said).toMatchObject({ 連記: 16, 督促状: 8, 除外: 2 }) // above the list: 16 of its rows share 7 of its 8 letters
    await at.load('shuno', [receipt({ ...oldKeyOf(2), 収納額: 8_800, 領収日: '2026-08-13' })])
    await refresh()
    const of2 = (await sheet()).filter(({ n }) => n === 2)
    expect(of2.map(({ period, verdict, reason }) => [period, verdict, reason])).toEqual([
      ['09', '要確認', 'P01'],
      ['01', '要確認', 'P10'],
    ])
    await mark(2, '09', 'pull', 'P01')
    await mark(2, '01', 'unpull', null)
    await expect(at.clerks.release(taskId)).rejects.toMatchObject({ code: 'TASK-002' })
    await unclaimTask(at.bench.deps, { taskId, user: at.clerks.tantou })
    await expect(at.clerks.release(taskId)).rejects.toMatchObject({ code: 'F52-43', params: { printNo: '2' } })
    await unclaimTask(at.bench.deps, { taskId, user: at.clerks.kakaricho })
    await claimTask(at.bench.deps, { taskId, user: at.clerks.tantou })
  })

  test('004: the line that is still owed goes on a letter of its own, without a new version of the others', async () => {
    await expect(
      makeAlone(at.bench.deps, { taskId, user: at.clerks.tantou, rowNos: [await rowNo(2, '01')] }),
    ).rejects.toMatchObject({ code: 'F52-40' })
    await mark(2, '01', 'pull', 'P10')
    const before = await of(1)
    const done = await makeAlone(at.bench.deps, { taskId, user: at.clerks.tantou, rowNos: [await rowNo(2, '01')] })
    expect(done).toEqual({ made: [{ rowNo: expect.any(Number) as number }], still: [] })
    expect((await of(1)).map(({ id }) => id)).toEqual(before.map(({ id }) => id))
    const [old, anew] = await of(2)
    expect([old?.period, anew?.period, old?.letter === anew?.letter]).toEqual(['09', '01', false])
    const { view } = await at.office.db.one<{ view: string }>(`select view from notices where id = $1`, [
      anew?.id ?? '',
    ])
    expect(JSON.parse(view)).toMatchObject({ total: { value: '12,300円' }, slip: { total: '¥12,300' } })
    expect(JSON.parse(view)).not.toHaveProperty('several')
    expect(
      (await sheet()).filter(({ n }) => n === 2).map(({ period, verdict, flags }) => [period, verdict, flags]),
    ).toEqual([
      ['09', '要確認', []],
      ['01', '要確認', ['個別作成']],
    ])
    expect(await counts()).toMatchObject({ noticeCount: 9, unprintableCount: 2 })
    await mark(2, '01', 'unpull', null)
  })

  test('004: what was pulled by hand draws the rest of its letter in, too', async () => {
    await mark(6, '05', 'pull', 'P99', '納付相談中のため')
    await refresh()
    const six = () => sheet().then((rows) => rows.filter(({ n, period }) => n === 6 && period !== '01'))
    expect((await six()).map(({ period, reason }) => [period, reason])).toEqual([
      ['03', 'P10'],
      ['04', 'P10'],
      ['05', null],
      ['06', 'P10'],
      ['07', 'P10'],
      ['08', 'P10'],
    ])
    await mark(6, '05', 'unpull', null)
    await refresh()
    expect((await six()).map(({ reason }) => reason)).toEqual([null, null, null, null, null, null])
  })

  test('004: released whole; sums of list and letters agree', async () => {
    await unclaimTask(at.bench.deps, { taskId, user: at.clerks.tantou })
    await at.clerks.release(taskId)
    expect(await counts()).toMatchObject({ releasedCount: 8, pulledCount: 1 })
    expect(short(await of(2))).toEqual([
      ['09', 'pulled', 'P01'],
      ['01', 'released', null],
    ])
    const sums = await at.office.db.one<{ listed: bigint; printed: bigint; rows: number }>(
      `select (select v.sum_yen from worksheet_reviews v join worksheets w on w.id = v.worksheet_id
               where w.run_id = $1 and w.kind = 'notice-check' and v.decision = 'ok') as listed,
         sum(printed_unpaid_yen)::bigint as printed, count(*)::int as rows
       from notices where run_id = $1 and state = 'released'`,
      [runId],
    )
    // 1, 3, 5, 8: 21,100 each · 2: 12,300 · 4: 12,300 · 6: 6 × 8,800 + 12,300
    expect(sums).toEqual({ listed: 174_100n, printed: 174_100n, rows: 17 })
  })

  test('E2: one paid line keeps the whole letter back; print files hold letters', async () => {
    await at.load('shuno', [receipt({ ...keyOf(3), 領収日: '2026-08-14' })])
    const { output, job } = await at.bench.run(runId, STEP.E2)
    expect(output).toEqual({ releasedCount: 7, pulledCount: 2, printFileCount: 1 })
    expect((await at.bench.run(runId, STEP.E2, job)).output).toEqual(output)
    expect(short(await of(3))).toEqual([
      ['09', 'pulled', 'P10'],
      ['01', 'pulled', 'P01'],
    ])
    const file = await at.office.db.one(
      `select notice_count as letters, page_count as pages from print_files where run_id = $1 and state = 'current'`,
      [runId],
    )
    expect(file).toEqual({ letters: 7, pages: 2 + 1 + 1 + 2 + 6 + 1 + 2 })
    const { texts } = await pagesOfNewestFile()
    expect(texts).toHaveLength(15)
    for (const part of ['合計21,200円', '第9期令和8年3月31日8,80008,800100', '第1期令和8年7月31日12,300012,300'])
      expect(texts[0]).toContain(part)
    expect(texts[1]).toContain('¥12,300')
    expect(texts.join('')).not.toContain('見本3郎')
  })

  test('a download refuses the letter of which a line was paid since, and builds the file anew', async () => {
    await at.load('shuno', [receipt({ ...oldKeyOf(5), 収納額: 8_800, 領収日: '2026-08-14' })])
    const { id } = await at.office.db.one<{ id: string }>(
      `select id from print_files where run_id = $1 and state = 'current'`,
      [runId],
    )
    await expect(tokusoku.openDocument?.(at.bench.deps, `print-${id}`)).rejects.toMatchObject({
      code: 'F52-18',
      params: { n: 1 },
    })
    expect(short(await of(5))).toEqual([
      ['09', 'pulled', 'P01'],
      ['01', 'pulled', 'P10'],
    ])
    expect(await counts()).toMatchObject({ releasedCount: 6, pulledCount: 3 })
    expect((await pagesOfNewestFile()).texts).toHaveLength(13)
    // any row of the letter opens its paper
    const second = (await of(1))[1]
    const opened = await tokusoku.openDocument?.(at.bench.deps, `notice-${second?.id ?? ''}`)
    expect((await readPdf(opened?.pdf ?? new Uint8Array())).pages).toHaveLength(2)
  })

  test('the run shows letters, found by the number that is printed on them', async () => {
    const list = (rowNo?: number) =>
      noticesOf(
        at.office.db,
        runId,
        { state: 'released', limit: 50, after: 0n, offset: 0, ...(rowNo === undefined ? {} : { rowNo }) },
        at.office.clock.today(),
      )
    const { items, total } = await list()
    expect(total).toBe(6)
    expect(
      items.map(({ insuredNo, lineCount, printedYen, slipYen }) => [Number(insuredNo), lineCount, printedYen, slipYen]),
    ).toEqual([
      [1, 2, 21_100, 21_200],
      [2, 1, 12_300, 12_300],
      [4, 1, 12_300, 12_300],
      [6, 6, 52_800, 53_400],
      [6, 1, 12_300, 12_300],
      [8, 2, 21_100, 21_200],
    ])
    const { no } = await at.office.db.one<{ no: number }>(
      `select right(view::jsonb->>'noticeNo', 6)::int as no from notices where id = $1`,
      [items[3]?.noticeId ?? ''],
    )
    expect((await list(no)).items).toEqual([items[3]])
  })

  test('005 and 006: the file has a line for each 期割 that was released', async () => {
    await at.step(runId, '005')
    const { lines: count, yen } = await at.office.db.one<{ lines: bigint; yen: bigint }>(
      `select line_count as lines, sum_yen as yen from tainosha_files where run_id = $1`,
      [runId],
    )
    const released = await at.office.db.one<{ lines: bigint; yen: bigint }>(
      `select count(*) as lines, sum(printed_unpaid_yen)::bigint as yen from notices where run_id = $1 and state = 'released'`,
      [runId],
    )
    expect({ lines: count, yen }).toEqual({ lines: 13n, yen: 131_900n })
    expect(released).toEqual({ lines: 13n, yen: 131_900n })
    await at.clerks.complete(runId, STEP['006'], { sentOn: '2026-08-14', sentBy: '1' })
  })

  test('007: letters are counted; a letter that stays keeps all its lines; history and fee for each 期割', async () => {
    at.office.clock.set('2026-08-21T01:00:00.000Z')
    const stays = (await of(6)).filter(({ period }) => period !== '01')
    const undispatched = [{ noticeId: stays[3]?.id, reason: 'P08' }]
    const task = await at.open(runId, '007')
    await claimTask(at.bench.deps, { taskId: task, user: at.clerks.tantou })
    const second = (await of(1))[1]
    const form = (dispatchedCount: number) => ({
      taskId: task,
      user: at.clerks.tantou,
      body: {
        decision: 'ok',
        hash: null,
        count: null,
        issuedOn: '2026-08-20',
        dispatchedCount,
        method: '1',
        undispatched,
        returns: [{ noticeId: second?.id, returnedOn: '2026-08-21', reason: 'R1' }],
      },
    })
    await expect(completeTask(at.bench.deps, form(10))).rejects.toMatchObject({ code: 'F52-11' })
    await completeTask(at.bench.deps, form(5))
    // a letter that stayed is a pulled one: 作った = 発送を認めた + 引抜き, to the end
    expect(await tokusoku.results(at.office.db, runId)).toMatchObject({
      noticeCount: 9,
      releasedCount: 5,
      pulledCount: 4,
      issuedCount: 5,
    })
    const history = await at.office.db.rows<{ n: number; period: string; fee: bigint; seizable: string | null }>(
      `select s.insured_no::int as n, i.period, h.fee_yen as fee, h.seizable_from as seizable from tokusoku_history h
       join instalments i on i.id = h.instalment_id join insured s on s.id = i.insured_id
       where h.run_id = $1 order by 1, i.fuka_year, 2`,
      [runId],
    )
    expect(history.map(({ n, period, fee, seizable }) => [n, period, fee, seizable])).toEqual([
      [1, '09', 100n, null], // came back: not served
      [1, '01', 0n, null],
      [2, '01', 0n, '2026-09-01'],
      [4, '01', 0n, '2026-09-01'],
      [6, '01', 0n, '2026-09-01'],
      [8, '09', 100n, '2026-09-01'],
      [8, '01', 0n, '2026-09-01'],
    ])
    expect(
      (await of(6))
        .filter(({ period }) => period !== '01')
        .every(({ state, pulled }) => state === 'pulled' && pulled === 'P08'),
    ).toBe(true)
  })

  test('返戻: one case for the letter; 再発送 prints what is still owed', async () => {
    const acts = tokusoku.returnedLetters
    if (acts === undefined) throw new Error('no returns')
    const cases = await at.office.db.rows<{ id: bigint; notice: string }>(
      `select id, notice_id as notice from returned_letters order by id`,
    )
    const [head] = await of(1)
    expect(cases.map(({ notice }) => notice)).toEqual([head?.letter])
    const returnId = cases[0]?.id ?? 0n
    const plan = await acts.plan(at.bench.deps, at.office.db, returnId, at.clerks.tantou)
    expect(plan).toMatchObject({ printedYen: 21_100n, unpaidYen: 21_100n, isNewSlip: false, isSameAddressee: true })
    const resend = async (step: number, note: string) =>
      acts.resend(at.bench.deps, {
        returnId,
        step,
        resentOn: d('2026-08-24'),
        isSameAddressConfirmed: true,
        note,
        user: at.clerks.tantou,
      })
    await resend(1, '住民票で確かめた')
    const last = () =>
      at.office.db.one<{ view: string; slip: bigint; reissue: number; unpaid: bigint }>(
        `select view, slip_yen as slip, reissue_no as reissue, unpaid_yen as unpaid from resent_letters order by step_number desc limit 1`,
      )
    const both = await last()
    expect(JSON.parse(both.view)).toMatchObject({ several: { lines: [{ period: '第9期' }, { period: '第1期' }] } })
    expect(both).toMatchObject({ slip: 21_200n, reissue: 1, unpaid: 21_100n })
    const seizable = () =>
      at.office.db.rows(
        `select h.seizable_from as "from" from tokusoku_history h join instalments i on i.id = h.instalment_id
         join insured s on s.id = i.insured_id where s.insured_no = '00000001' order by i.fuka_year`,
      )
    expect(await seizable()).toEqual([{ from: '2026-09-04' }, { from: '2026-09-04' }])
    // the old line is paid before it leaves again: withdrawn, and made anew about the other one, with a new slip
    await acts.withdraw(at.bench.deps, { returnId, step: 2, note: null, user: at.clerks.tantou })
    expect(await seizable()).toEqual([{ from: null }, { from: null }])
    await at.load('shuno', [receipt({ ...oldKeyOf(1), 収納額: 8_800, 領収日: '2026-08-21', 収納日: '2026-08-21' })])
    await resend(3, '住民票で確かめた')
    const one = await last()
    expect(JSON.parse(one.view)).toMatchObject({
      total: { value: '12,300円' },
      slip: { period: '第1期', reissue: '再発行2' },
    })
    expect(JSON.parse(one.view)).not.toHaveProperty('several')
    expect(one).toMatchObject({ slip: 12_300n, reissue: 2, unpaid: 12_300n })
  })

  test('返戻 by a file: one case, whichever 期割 it names, but not two stories about one letter', async () => {
    const back = { 帳票種別: '督促状', 返戻日: '2026-08-21', 返戻事由: '転居先不明' }
    expect(
      await loadRows(at.office, 'henrei', [
        { ...back, ...keyOf(8) },
        { ...back, ...oldKeyOf(8), 返戻事由: '受取拒否' },
      ]),
    ).toMatchObject({ status: 'refused', errors: ['2 返戻日 L32', '3 返戻日 L32'] })
    await at.load('henrei', [
      { ...back, ...keyOf(8) },
      { ...back, ...oldKeyOf(8) },
    ])
    const [head] = await of(8)
    expect(
      await at.office.db.rows(
        `select c.notice_id as notice, c.reason, count(*)::int as steps from returned_letters c
         join returned_letter_steps x on x.returned_letter_id = c.id join insured s on s.id = c.insured_id
         where s.insured_no = '00000008' group by c.id`,
      ),
    ).toEqual([{ notice: head?.letter, reason: 'R2', steps: 1 }])
    const seizable = () =>
      at.office.db.rows(
        `select h.seizable_from as "from" from tokusoku_history h join instalments i on i.id = h.instalment_id
         join insured s on s.id = i.insured_id where s.insured_no = '00000008'`,
      )
    expect(await seizable()).toEqual([{ from: null }, { from: null }])
    // what became of it is told by one line, and holds for both 期割
    at.office.clock.set('2026-09-11T01:00:00.000Z')
    await at.load('henrei', [{ ...back, ...oldKeyOf(8), 再送日: '2026-09-10' }])
    expect(await seizable()).toEqual([{ from: '2026-09-21' }, { from: '2026-09-21' }])
    at.office.clock.set('2026-08-21T01:00:00.000Z')
  })

  test('the books hold: every 検算 and the ledger', async () => {
    expect(await broken()).toEqual([])
    expect((await checkLedger(at.office.db)).filter(({ count }) => count > 0n)).toEqual([])
  })

  test('a letter of which a part left, or whose 合計 is not that of its lines, is found by the 検算', async () => {
    const [, second] = await of(1)
    await at.office.db.run(`update notices set state = 'pulled' where id = $1`, [second?.id ?? ''])
    expect((await broken()).map(({ number }) => number)).toContain(6)
    await at.office.db.run(`update notices set state = 'dispatched', printed_unpaid_yen = 12_301 where id = $1`, [
      second?.id ?? '',
    ])
    expect((await broken()).map(({ number }) => number)).toContain(6)
    await at.office.db.run(`update notices set printed_unpaid_yen = 12_300 where id = $1`, [second?.id ?? ''])
    expect(await broken()).toEqual([])
  })
})

/** Natural key per 期割 (§15.11): another run has one line of the sheet, in the moment in which the sheet is made. */
describe('two runs about one person at once', () => {
  let at: TokusokuOffice
  beforeAll(async () => {
    at = await openTokusokuOffice()
    await at.option('noticeUnit', 'person')
    await at.people([1, 2])
    await at.load(
      'kiwari',
      [1, 2].map((n) => instalment(n, { ...oldKeyOf(n), 納期限: '2026-03-31', 調定額: 8_800 })),
    )
  })
  afterAll(() => at.office.close())

  test('the line that was lost is A02, and the other one is printed without it', async () => {
    // given: the first run takes 第1期 only, the second also what was left over
    const first = await at.confirmed({ includeCarriedOver: false })
    const second = await at.confirmed({ lateReason: LATE_REASON })
    // when
    expect(await at.step(first, '003')).toEqual({ noticeVersion: 1, noticeCount: 2, unprintableCount: 0 })
    expect(await at.step(second, '003')).toEqual({ noticeVersion: 1, noticeCount: 2, unprintableCount: 0 })
    // then
    const rows = await at.office.db.rows<{
      n: number
      period: string
      state: string
      no: number | null
      total: string | null
    }>(
      `select s.insured_no::int as n, i.period, n.state, n.print_no as no, n.view::jsonb->'total'->>'value' as total from notices n
       join instalments i on i.id = n.instalment_id join insured s on s.id = n.insured_id
       where n.run_id = $1 and n.state <> 'lapsed' order by 1, 2`,
      [second],
    )
    expect(rows).toEqual([
      { n: 1, period: '01', state: 'cancelled', no: null, total: null },
      { n: 1, period: '09', state: 'made', no: 1, total: '8,900円' },
      { n: 2, period: '01', state: 'cancelled', no: null, total: null },
      { n: 2, period: '09', state: 'made', no: 2, total: '8,900円' },
    ])
    const taskId = await at.open(second, '004')
    const listed = (await at.clerks.rows(taskId)).map(({ insuredNo, verdict, reason }) => [
      Number(insuredNo),
      verdict,
      reason,
    ])
    expect(listed).toEqual([
      [1, '対象', null],
      [2, '対象', null],
      [1, '除外', 'A02'],
      [2, '除外', 'A02'],
    ])
  })
})
