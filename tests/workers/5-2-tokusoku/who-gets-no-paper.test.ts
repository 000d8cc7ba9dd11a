import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { claimTask, unclaimTask } from '#runtime/human.ts'
import { refreshTask } from '#runtime/refresh-task.ts'
import { tokusoku } from '#workers/5-2-tokusoku/index.ts'
import { readPdf } from '../../notices/read-pdf.ts'
import { person, receipt } from '../../support/office-facts.ts'
import { atena, keyOf, openTokusokuOffice, STEP, type TokusokuOffice } from '../../support/tokusoku-office.ts'

/** When the fact arrives: before 004 decides, between the release and E2, between E2 and the download. */
const MOMENTS = ['004', 'E2', 'download'] as const
type Moment = (typeof MOMENTS)[number]
/** Five causes, each at each moment: persons 1–15; 16–19 are plain, 20 is pulled by hand, 21 not sent by 007. */
const PAID: Readonly<Record<Moment, number>> = { '004': 1, E2: 2, download: 3 }
const PROTECTED: Readonly<Record<Moment, number>> = { '004': 4, E2: 5, download: 6 }
const DEAD: Readonly<Record<Moment, number>> = { '004': 7, E2: 8, download: 9 }
const MOVED: Readonly<Record<Moment, number>> = { '004': 10, E2: 11, download: 12 }
const DEFERRED: Readonly<Record<Moment, number>> = { '004': 13, E2: 14, download: 15 }
const BY_HAND = 20
const SPOILED = 21
const PLAIN = [16, 17, 18, 19]
const KEPT = [...PLAIN, SPOILED]
const PEOPLE = Array.from({ length: 21 }, (_, index) => index + 1)

interface PrintFile {
  readonly id: string
  readonly sha256: string
  readonly state: string
  readonly version: number
}

/** Sheet 5.2 §1, §4 E2, §7-6: nobody who has paid, is dead, hides, has moved or was pulled gets the letter; the sums agree. */
describe('who is in no print file', () => {
  let at: TokusokuOffice
  let runId: string

  const arrive = async (moment: Moment): Promise<void> => {
    await at.load('shuno', [receipt({ ...keyOf(PAID[moment]), 領収日: '2026-08-14' })])
    await at.load('yokushi', [{ 宛名番号: atena(PROTECTED[moment]), 措置区分: '仮', 開始日: '2026-08-14' }])
    await at.load('atena', [
      person(DEAD[moment], { 死亡日: '2026-08-13' }),
      person(MOVED[moment], { 住所: 'みほん市転居先9丁目' }),
    ])
    await at.load('yuyo', [
      { ...keyOf(DEFERRED[moment]), 猶予開始日: '2026-08-14', 猶予終了日: '2027-01-31', 決定番号: `Y${moment}` },
    ])
  }
  const files = () =>
    at.office.db.rows<PrintFile>(
      `select id, sha256, state, version from print_files where run_id = $1 order by version`,
      [runId],
    )
  const peopleIn = async (file: PrintFile): Promise<number[]> =>
    (
      await at.office.db.rows<{ n: number }>(
        `select s.insured_no::int as n from print_file_notices p join notices n on n.id = p.notice_id
         join insured s on s.id = n.insured_id where p.print_file_id = $1 order by p.position`,
        [file.id],
      )
    ).map(({ n }) => n)
  /** 被保険者番号 that the paper itself names, one a page. */
  const printedIn = async (pdf: Uint8Array): Promise<number[]> => {
    const { pages } = await readPdf(pdf)
    return pages.map(({ text }) => {
      const named = PEOPLE.filter((n) => text.includes(String(n).padStart(8, '0')))
      expect(named, text).toHaveLength(1)
      return named[0] ?? 0
    })
  }
  const open = (id: string) => tokusoku.openDocument?.(at.bench.deps, `print-${id}`)

  beforeAll(async () => {
    at = await openTokusokuOffice()
    await at.people(PEOPLE)
    runId = await at.confirmed()
    await at.step(runId, '003')
    await arrive('004')
    const taskId = await at.open(runId, '004')
    await claimTask(at.bench.deps, { taskId, user: at.clerks.tantou })
    await refreshTask(at.bench.deps, { taskId, user: at.clerks.tantou })
    for (const moment of [PAID, PROTECTED, DEAD, MOVED, DEFERRED])
      await at.clerks.mark(taskId, at.clerks.tantou, [moment['004']], 'pull', {
        reason: (await at.clerks.rowOf(taskId, moment['004'])).reason,
      })
    await at.clerks.mark(taskId, at.clerks.tantou, [BY_HAND], 'pull', { reason: 'P99', note: '窓口で相談中です' })
    await unclaimTask(at.bench.deps, { taskId, user: at.clerks.tantou })
    await at.clerks.release(taskId)
    await arrive('E2')
  })
  afterAll(() => at.office.close())

  test('E2 leaves out who changed since the release', async () => {
    expect(await at.step(runId, 'E2')).toEqual({ releasedCount: 10, pulledCount: 11, printFileCount: 1 })
    const [file] = await files()
    if (!file) throw new Error('no print file')
    const before = [...KEPT, PAID.download, PROTECTED.download, DEAD.download, MOVED.download, DEFERRED.download]
    expect((await peopleIn(file)).toSorted((a, b) => a - b)).toEqual(before.toSorted((a, b) => a - b))
    expect((await printedIn(await readFile(at.office.store.pathOf(file.sha256)))).toSorted((a, b) => a - b)).toEqual(
      before.toSorted((a, b) => a - b),
    )
  })

  test('a download leaves out who changed since E2: the paper that is handed over names the others alone', async () => {
    await arrive('download')
    const [first] = await files()
    await expect(open(first?.id ?? '')).rejects.toMatchObject({ code: 'F52-18', params: { n: 5 } })
    const [, second] = await files()
    if (!second) throw new Error('no second version')
    const handed = await open(second.id)
    expect((await printedIn(handed?.pdf ?? new Uint8Array())).toSorted((a, b) => a - b)).toEqual(KEPT)
    await expect(open(first?.id ?? '')).rejects.toMatchObject({ code: 'F52-19' })
  })

  test('each letter that stayed in the house says why', async () => {
    const rows = await at.office.db.rows<{ n: number; reason: string }>(
      `select s.insured_no::int as n, x.pull_reason as reason from notices x join insured s on s.id = x.insured_id
       where x.run_id = $1 and x.state = 'pulled' order by 1`,
      [runId],
    )
    const of = (numbers: Readonly<Record<Moment, number>>, reason: string) =>
      MOMENTS.map((moment) => ({ n: numbers[moment], reason }))
    expect(rows).toEqual([
      ...of(PAID, 'P01'),
      ...of(PROTECTED, 'P06'),
      ...of(DEAD, 'P05'),
      ...of(MOVED, 'P07'),
      ...of(DEFERRED, 'P04'),
      { n: BY_HAND, reason: 'P99' },
    ])
  })

  test('worksheet, letters, print file, file for the 広域連合 and dispatch agree in 件数 and 円', async () => {
    expect(await at.step(runId, '005')).toMatchObject({ fileCount: 5 })
    const at006 = await at.open(runId, '006')
    await claimTask(at.bench.deps, { taskId: at006, user: at.clerks.tantou })
    await at.decide(at006, at.clerks.tantou, { sentOn: '2026-08-14', sentBy: '1' })
    at.office.clock.set('2026-08-20T03:00:00.000Z')
    const spoiled = await at.office.db.one<{ id: string }>(
      `select n.id from notices n join insured s on s.id = n.insured_id where n.run_id = $1 and s.insured_no::int = $2`,
      [runId, SPOILED],
    )
    await at.clerks.complete(runId, STEP['007'], {
      issuedOn: '2026-08-20',
      dispatchedCount: 4,
      method: '1',
      undispatched: [{ noticeId: spoiled.id, reason: 'P08' }],
    })
    // the file in hand is right again only without the letter that was not sent
    const current = (await files()).find(({ state }) => state === 'current')
    await expect(open(current?.id ?? '')).rejects.toMatchObject({ code: 'F52-18', params: { n: 1 } })
    const sums = await at.office.db.one(
      `select
         (select count(*)::int from worksheet_rows r join worksheets w on w.id = r.worksheet_id
          where w.run_id = $1 and w.kind = 'delinquents' and r.verdict = '対象') as listed,
         (select sum(r.yen)::bigint from worksheet_rows r join worksheets w on w.id = r.worksheet_id
          where w.run_id = $1 and w.kind = 'delinquents' and r.verdict = '対象') as "listedYen",
         (select count(*)::int from notices where run_id = $1) as made,
         (select count(*)::int from notices where run_id = $1 and state = 'pulled') as pulled,
         (select sum(printed_unpaid_yen)::bigint from notices where run_id = $1 and state = 'pulled') as "pulledYen",
         (select sum(n.printed_unpaid_yen)::bigint from print_files f join print_file_notices p on p.print_file_id = f.id
          join notices n on n.id = p.notice_id where f.run_id = $1 and f.state = 'current') as "printedYen",
         (select sum(notice_count)::int from print_files where run_id = $1 and state = 'current') as printed,
         (select count(*)::int from tokusoku_history where run_id = $1) as dunned,
         (select sum(n.printed_unpaid_yen)::bigint from tokusoku_history h join notices n on n.id = h.notice_id where h.run_id = $1) as "dunnedYen",
         (select line_count from tainosha_files where run_id = $1) as lines,
         (select sum_yen from tainosha_files where run_id = $1) as "linesYen"`,
      [runId],
    )
    expect(sums).toEqual({
      listed: 21,
      listedYen: 258_300n, // 21 × 12,300
      made: 21,
      pulled: 17,
      pulledYen: 209_100n,
      printed: 4,
      printedYen: 49_200n, // = listed − pulled
      dunned: 4,
      dunnedYen: 49_200n,
      lines: 5n, // 006 came before 007 found the spoiled one
      linesYen: 61_500n,
    })
  })

  test('no print file of the run, current or former, holds who had paid, died, moved, hid, or was pulled when it was built', async () => {
    const all = await files()
    expect(all.map(({ version, state }) => [version, state])).toEqual([
      [1, 'superseded'],
      [2, 'superseded'],
      [3, 'current'],
    ])
    const gone = [PAID, PROTECTED, DEAD, MOVED, DEFERRED]
    const early = gone.flatMap((numbers) => [numbers['004'], numbers.E2])
    for (const file of all) {
      const people = await peopleIn(file)
      for (const n of [...early, BY_HAND]) expect(people).not.toContain(n)
      if (file.version > 1) for (const numbers of gone) expect(people).not.toContain(numbers.download)
    }
    expect(await peopleIn(all[2] ?? (all[0] as PrintFile))).toEqual(PLAIN)
  })
})
