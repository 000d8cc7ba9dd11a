import { tokusoku } from '#workers/5-2-tokusoku/index.ts'
import { delinquentList } from '#workers/5-2-tokusoku/lists/delinquents.ts'
import { plainDateOf } from '#kernel/plain-date.ts'
import { breakdownsOf } from '#runtime/worksheet/breakdown.ts'
import { worksheetPage } from '#tasklist/queries/worksheet-view.ts'
import { clerksOf, type Clerks } from '../../support/clerks.ts'
import { atenaOf, slipOf } from '../../support/dispatched-run.ts'
import { furikaeFile } from '../../support/furikae-file.ts'
import { openTestOffice, type TestOffice } from '../../support/intake.ts'
import { KEY, loadRows, receipt } from '../../support/office-facts.ts'
import { acceptPeople } from '../../support/tokusoku-office.ts'
import { stepBench, type StepBench } from '../../support/step-bench.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const PEOPLE = [1, 2, 3, 4, 5, 6, 7, 8, 9]
const account = (n: number, bank = '0002') => ({
  被保険者番号: String(n).padStart(8, '0'),
  銀行番号: bank,
  支店番号: '101',
  預金種目: '1',
  口座番号: '7654321',
  口座名義カナ: 'ミホン タロウ',
  開始日: '2026-04-01',
})

/** 001 with the files of 口座振替 and 返戻 (sheet 5.2, 001: A07, A13, F-不能, 納付方法, 金融機関). */
describe('001 reads 口座振替 and 返戻', () => {
  let office: TestOffice
  let bench: StepBench
  let clerks: Clerks
  let runId: string

  beforeAll(async () => {
    office = await openTestOffice('2026-08-14T00:00:00.000Z')
    bench = await stepBench(office, [tokusoku])
    clerks = await clerksOf(office, bench)
    await acceptPeople(office, PEOPLE)
    const debit = (n: number) => ({ tsuchishoNo: slipOf(n).通知書番号, yen: 12_300 })
    // given: 1 asked, no answer · 2 資金不足 · 3 collected, not in the books · 4 collected and posted in part · 5 an account only ·
    // 6 納入通知書 came back · 7 came back and was sent again · 8 protected, with an account · 9 an account that has ended
    await office.load('zengin-furikae', furikaeFile('0731', [debit(1), debit(2), debit(3), debit(4)]))
    await office.load(
      'zengin-furikae',
      furikaeFile('0731', [{ ...debit(2), result: '1' }, debit(3), debit(4)], { isResult: true }),
    )
    await loadRows(office, 'shuno', [
      receipt({ ...KEY, ...slipOf(4), 収納額: 2_300, 領収日: '2026-07-31', 収納日: '2026-08-05', 収納方法: '口座' }),
    ])
    await loadRows(office, 'koza', [account(5), account(8), { ...account(9), 終了日: '2026-07-30' }])
    const notice = { 帳票種別: '納入通知書', ...KEY, 返戻日: '2026-07-20', 返戻事由: '受取拒否' }
    await loadRows(office, 'henrei', [
      { ...notice, ...slipOf(6) },
      { ...notice, ...slipOf(7), 再送日: '2026-07-25' },
    ])
    await loadRows(office, 'yokushi', [{ 宛名番号: atenaOf(8), 措置区分: '本', 開始日: '2026-04-01' }])
    const params = { dueOn: '2026-07-31', asOf: '2026-08-12', issueOn: '2026-08-20' }
    runId = (await bench.start(clerks.tantou, params)).runId
  })
  afterAll(() => office.close())

  const rows = () =>
    office.db.rows(
      `select s.insured_no::int as n, r.verdict, r.reason, r.flags && array['F-不能'] as failed, d.payment_method as method, d.bank
       from worksheets w join worksheet_rows r on r.worksheet_id = w.id
       join delinquent_rows d on d.worksheet_id = r.worksheet_id and d.row_no = r.row_no
       join insured s on s.id = r.insured_id where w.run_id = $1 order by 1`,
      [runId],
    )

  test('once or twice, each row says how it is paid and what is not settled yet', async () => {
    const { output, job } = await bench.run(runId, '5-2-tokusoku/001-identify-delinquents')
    const plain = { verdict: '対象', reason: null, failed: false, method: '納付書', bank: '' }
    const expected = [
      { ...plain, n: 1, verdict: '要確認', reason: 'A07', method: '口座振替', bank: '0001 ミホン' },
      { ...plain, n: 2, failed: true, method: '口座振替(不能)', bank: '0001 ミホン' },
      { ...plain, n: 3, verdict: '要確認', reason: 'A07', method: '口座振替', bank: '0001 ミホン' },
      // settled: the debit still says how this instalment is paid
      { ...plain, n: 4, method: '口座振替', bank: '0001 ミホン' },
      { ...plain, n: 5, method: '口座振替', bank: '0002' },
      { ...plain, n: 6, verdict: '要確認', reason: 'A13' },
      { ...plain, n: 7 },
      { ...plain, n: 8, verdict: '除外', reason: 'A05', method: '口座振替', bank: '0002' },
      { ...plain, n: 9 },
    ]
    expect(await rows()).toEqual(expected)
    expect(output).toMatchObject({ delinquentCount: 9, reviewCount: 3 })
    await bench.run(runId, '5-2-tokusoku/001-identify-delinquents', job)
    expect(await rows()).toEqual(expected)
  })

  test('the list is summed up by 金融機関, 納付書 and 抑止 in lines of their own', async () => {
    const { id } = await office.db.one<{ id: bigint }>(`select id from worksheets where run_id = $1`, [runId])
    const request = { worksheetId: id, filter: {}, today: plainDateOf('2026-08-14') }
    const tables = await office.db.tx((tx) => breakdownsOf(tx, delinquentList, request))
    const banks = tables.find(({ name }) => name === 'bank')
    expect(banks?.lines.map(({ value, count, people, sums }) => [value, count, people, sums['unpaidYen']])).toEqual(
      expect.arrayContaining([
        ['0001 ミホン', 4, 4, 46_900n],
        ['0002', 1, 1, 12_300n],
        ['納付書', 3, 3, 36_900n],
        ['(支援措置により伏せています)', 1, 1, 12_300n],
      ]),
    )
    expect(banks?.lines).toHaveLength(4)
  })

  test('what cannot be told apart yet is said; what a file tells is not', async () => {
    const cautions = (await tokusoku.cautions?.(office.db, runId)) ?? []
    expect(cautions.map(({ text }) => /A\d\d/.exec(text)?.[0])).toEqual(['A07'])
    expect(cautions[0]?.text).toContain('執行停止(A09)')
  })

  test('金融機関 of a protected person is not in the list that leaves the server', async () => {
    const { id } = await office.db.one<{ id: bigint }>(`select id from worksheets where run_id = $1`, [runId])
    const request = {
      worksheetId: id,
      filter: {},
      sort: null,
      limit: 50,
      offset: 0,
      today: '2026-08-14',
    }
    const { page } = await office.db.tx((tx) => worksheetPage(tx, tokusoku, delinquentList, request))
    const bankOf = (n: number): unknown =>
      page.rows.find(({ insuredNo }) => insuredNo === String(n).padStart(8, '0'))?.cells['bank']
    expect([bankOf(5), bankOf(8)]).toEqual(['0002', null])
  })
})
