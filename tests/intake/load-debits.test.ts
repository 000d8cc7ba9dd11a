import { openTestOffice, type TestOffice } from '#tests/support/intake.ts'
import { furikaeFile, type Debit } from '#tests/support/furikae-file.ts'
import { instalment, insured, loadRows, person } from '#tests/support/office-facts.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

// 口座 and 口座振替依頼・結果: layouts.md A and C, rules §4
let office: TestOffice
beforeAll(async () => {
  office = await openTestOffice('2026-08-14T00:00:00.000Z')
  await loadRows(office, 'atena', [person(1), person(2)])
  await loadRows(office, 'hihokensha', [insured(1), insured(2)])
  await loadRows(office, 'kiwari', [
    instalment(1, { 通知書番号: '2600000011' }),
    instalment(2, { 通知書番号: '2600000029' }),
  ])
})
afterAll(() => office.close())

const account = {
  被保険者番号: '00000001',
  銀行番号: '0001',
  支店番号: '101',
  預金種目: '1',
  口座番号: '7654321',
  口座名義カナ: 'ミホン タロウ',
  開始日: '2026-04-01',
}
const accounts = () =>
  office.db.rows(
    `select bank_no, account_no, ends_on, superseded_at is not null as superseded from bank_accounts order by id`,
  )

describe('口座', () => {
  it('adds an account, and nothing for an equal line', async () => {
    expect(await loadRows(office, 'koza', [account])).toMatchObject({ status: 'accepted', accepted: 1 })
    expect(await loadRows(office, 'koza', [{ ...account }, { ...account, 被保険者番号: '00000002' }])).toMatchObject({
      accepted: 2,
      errors: [],
    })
    expect(await accounts()).toEqual([
      { bank_no: '0001', account_no: '7654321', ends_on: null, superseded: false },
      { bank_no: '0001', account_no: '7654321', ends_on: null, superseded: false },
    ])
  })
  it('keeps what was known when an account ends or changes', async () => {
    await loadRows(office, 'koza', [{ ...account, 終了日: '2026-07-31' }])
    expect(await accounts()).toMatchObject([{ superseded: true }, {}, { ends_on: '2026-07-31', superseded: false }])
  })
  it('is refused twice, and tells bad lines without the value of a protected column', async () => {
    const rows = [
      { ...account, 被保険者番号: '99999999' },
      { ...account, 開始日: '2026-08-01', 終了日: '2026-07-31' },
      { ...account, 開始日: '2026-09-01', 口座番号: '12345' },
      { ...account, 開始日: '2026-10-01', 預金種目: '5' },
    ]
    const loaded = await loadRows(office, 'koza', [...rows, { ...account, 開始日: '2026-11-01' }])
    expect(loaded).toMatchObject({
      accepted: 1,
      errors: ['2 被保険者番号 L22', '3 終了日 L25', '4 口座番号 L14', '5 預金種目 L15'],
    })
    const values = await office.db.rows<{ value: string }>(
      `select value from file_errors where file_id = $1 and field in ('口座番号', '預金種目')`,
      [loaded.fileId],
    )
    expect(values).toEqual([{ value: '伏せています' }, { value: '伏せています' }])
    const again = await loadRows(office, 'koza', [...rows, { ...account, 開始日: '2026-11-01' }])
    expect(again.status).toBe('refused')
  })
})

const debits = () =>
  office.db.rows(
    `select i.tsuchisho_no as no, r.debit_on as on, r.yen, r.bank_name as bank, x.result_code as result
     from debit_requests r join instalments i on i.id = r.instalment_id
     left join debit_results x on x.debit_request_id = r.id order by r.debit_on, i.tsuchisho_no`,
  )
const take = async (bytes: Buffer) => {
  const file = await office.load('zengin-furikae', bytes)
  const errors = await office.db.rows<{ text: string }>(
    `select line || ' ' || field || ' ' || code as text from file_errors where file_id = $1 order by number`,
    [file.fileId],
  )
  return {
    status: file.status,
    code: file.refusalCode,
    message: file.refusalMessage,
    errors: errors.map(({ text }) => text),
  }
}
const one: Debit = { tsuchishoNo: '2600000011', yen: 12_300 }
const two: Debit = { tsuchishoNo: '2600000029', yen: 12_300 }

describe('口座振替依頼・結果', () => {
  it('a request says what was asked; its bytes twice are refused', async () => {
    const file = furikaeFile('0731', [one, two])
    expect(await take(file)).toMatchObject({ status: 'accepted', errors: [] })
    expect(await debits()).toEqual([
      { no: '2600000011', on: '2026-07-31', yen: 12_300n, bank: 'ミホン', result: null },
      { no: '2600000029', on: '2026-07-31', yen: 12_300n, bank: 'ミホン', result: null },
    ])
    expect(await take(file)).toMatchObject({ status: 'refused', code: 'FC01' })
  })
  it('a result says what became of it, without line ends too; 資金不足 is no collection', async () => {
    const file = furikaeFile('0731', [one, { ...two, result: '1' }], { isResult: true, lineEnd: '' })
    expect(await take(file)).toMatchObject({ status: 'accepted', errors: [] })
    expect(await debits()).toMatchObject([{ result: '0' }, { result: '1' }])
  })
  it('a result of another day comes without its request', async () => {
    await take(furikaeFile('0817', [{ ...two, result: '4' }], { isResult: true }))
    expect((await debits()).at(-1)).toMatchObject({ on: '2026-08-17', result: '4' })
  })
  it('tells what it does not know, and never changes a result', async () => {
    const file = furikaeFile(
      '0731',
      [
        { ...one, result: '2' },
        { ...two, yen: 12_400, result: '1' },
        { tsuchishoNo: '2600000099', yen: 100, result: '9' },
        { ...one, customerNo: '00000000000000000001', result: '9' },
      ],
      { isResult: true },
    )
    expect((await take(file)).errors).toEqual([
      '2 振替結果コード L34',
      '3 引落金額 L34',
      '4 顧客番号 L23',
      '5 顧客番号 L33',
    ])
    expect(await debits()).toMatchObject([{ result: '0' }, { result: '1' }, { result: '4' }])
  })
  it.each<[string, Buffer, string]>([
    ['an empty file', Buffer.alloc(0), 'FILE-004'],
    ['a CSV', Buffer.from('被保険者番号,銀行番号\r\n00000001,0001\r\n'), '120バイトに足りません'],
    ['a result whose trailer counts nothing', furikaeFile('0731', [{ ...one, result: '1' }]), '件数が0です'],
    [
      'sums that disagree',
      furikaeFile('0731', [one], { trailer: `8000001000000012301${'0'.repeat(36)}`.padEnd(120) }),
      '合計の件数か金額がデータと合いません',
    ],
    ['a day that is none', furikaeFile('0231', [one]), '引落日が日付ではありません'],
    ['no end', furikaeFile('0731', [one]).subarray(0, 366), 'エンドレコードがありません'],
  ])('%s is refused whole', async (_, bytes, why) => {
    const { status, code, message } = await take(bytes)
    expect([status, `${code} ${message}`]).toEqual(['refused', expect.stringContaining(why) as string])
  })
})
