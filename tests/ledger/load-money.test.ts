import { balancesAsOf } from '#ledger/balances.ts'
import { openTestOffice, type TestOffice } from '#tests/support/intake.ts'
import { insured, instalment, KEY, loadRows, person, receipt } from '#tests/support/office-facts.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

// sheet shuno-common §3 (V1–V3), §5, §8; sheet 5.2 §8 #1–#4
let office: TestOffice
beforeAll(async () => {
  office = await openTestOffice('2026-08-14T00:00:00.000Z')
  await loadRows(office, 'atena', [person(1), person(2)])
  await loadRows(office, 'hihokensha', [insured(1), insured(2)])
})
afterAll(() => office.close())

const balance = (period: string, component = 'P'): Promise<object | null> =>
  office.db.maybe(
    `select b.charged, b.received, b.unpaid, b.excess from instalment_balances b
     join instalments i on i.id = b.instalment_id where i.period = $1 and b.component = $2`,
    [period, component],
  )
const unpaidAsOf = async (period: string, asOf: string | null, number = 10_000): Promise<bigint> =>
  (
    await office.db.one<{ unpaid: bigint }>(
      `select unpaid from (${balancesAsOf('select id from instalments where period = $1', '$2::date', '$3')}) b`,
      [period, asOf, number],
    )
  ).unpaid
const movements = (fileId: string): Promise<object[]> =>
  office.db.rows(
    `select p.number, p.kind, p.cause_line, p.booked_on, p.fiscal_year, m.component, m.credit_account,
       m.credit_instalment_id is not null as from_instalment, m.debit_account, m.debit_instalment_id is not null as to_instalment,
       m.yen, m.received_on, m.collected_on
     from movements m join postings p on p.number = m.posting_number where p.cause_file_id = $1 order by m.id`,
    [fileId],
  )

describe('期割', () => {
  it('charges with V1, booked before the ledger’s own days', async () => {
    const { fileId } = await loadRows(office, 'kiwari', [
      instalment(1),
      instalment(2, { 期別: '02', 納期限: '2026-08-31' }),
    ])
    expect((await movements(fileId))[0]).toEqual({
      number: 1n,
      kind: '調定',
      cause_line: 2n,
      booked_on: '2026-04-01',
      fiscal_year: 2026,
      component: 'P',
      credit_account: '調定',
      from_instalment: false,
      debit_account: '調定',
      to_instalment: true,
      yen: 12_300n,
      received_on: null,
      collected_on: null,
    })
    expect(await balance('01')).toEqual({ charged: 12_300n, received: 0n, unpaid: 12_300n, excess: 0n })
  })
  it('posts the difference of a changed 調定額: V1 up, V2 down', async () => {
    const up = await loadRows(office, 'kiwari', [instalment(2, { 期別: '02', 納期限: '2026-08-31', 調定額: 13_000 })])
    expect(await movements(up.fileId)).toMatchObject([
      { yen: 700n, to_instalment: true, from_instalment: false, booked_on: '2026-08-14' },
    ])
    const down = await loadRows(office, 'kiwari', [instalment(2, { 期別: '02', 納期限: '2026-08-31', 調定額: 10_000 })])
    expect(await movements(down.fileId)).toMatchObject([{ yen: 3000n, to_instalment: false, from_instalment: true }])
    expect(await balance('02')).toMatchObject({ charged: 10_000n, unpaid: 10_000n })
  })
  it('posts nothing for an equal line', async () => {
    const equal = await loadRows(office, 'kiwari', [
      instalment(1),
      instalment(1, { 期別: '03', 納期限: '2026-09-30', 調定額: 0 }),
    ])
    expect(equal).toMatchObject({ status: 'accepted', accepted: 2 })
    expect(await movements(equal.fileId)).toEqual([])
  })
  it('never changes 納期限 or 被保険者, and needs the 被保険者', async () => {
    const result = await loadRows(office, 'kiwari', [
      instalment(1, { 納期限: '2026-08-01' }),
      instalment(2),
      instalment(3, { 期別: '04' }),
      instalment(1, { 期別: '05' }),
    ])
    expect(result).toMatchObject({
      accepted: 1,
      errors: ['2 納期限 L27', '3 通知書番号 L24', '4 被保険者番号 L22'],
    })
  })
})

describe('収納', () => {
  it('needs its 期割 and an amount', async () => {
    const result = await loadRows(office, 'shuno', [receipt({ 期別: '09' }), receipt({ 収納額: 0 })])
    expect(result).toMatchObject({ status: 'refused', errors: ['2 通知書番号 L23', '3 収納額 L28'] })
  })
  it('posts V3 with 領収日 and 収納日, booked on the 収納日', async () => {
    const { fileId } = await loadRows(office, 'shuno', [
      receipt({ 収納額: 5000, 領収日: '2026-07-30', 収納日: '2026-08-01' }),
    ])
    expect(await movements(fileId)).toEqual([
      {
        number: 6n,
        kind: '収納',
        cause_line: 2n,
        booked_on: '2026-08-03', // 8/1 is a Saturday
        fiscal_year: 2026,
        component: 'P',
        credit_account: '収納:金融機関',
        from_instalment: false,
        debit_account: '収納:金融機関',
        to_instalment: true,
        yen: 5000n,
        received_on: '2026-07-30',
        collected_on: '2026-08-01',
      },
    ])
    expect(await unpaidAsOf('01', null)).toBe(7300n)
  })
  it('counts 領収日 ≤ the day, whenever it was posted (#2, #3)', async () => {
    await loadRows(office, 'shuno', [receipt({ 収納額: 7000, 領収日: '2026-08-13', 収納方法: 'コンビニ' })])
    expect(await unpaidAsOf('01', '2026-08-12')).toBe(7300n)
    expect(await unpaidAsOf('01', '2026-08-13')).toBe(300n)
    expect(await unpaidAsOf('01', null, 6)).toBe(7300n) // as of posting 6
    expect(await unpaidAsOf('01', '2026-07-29')).toBe(12_300n)
  })
  it('keeps what exceeds the charge as excess', async () => {
    await loadRows(office, 'shuno', [receipt({ 収納額: 1000, 領収日: '2026-08-14' })])
    expect(await balance('01')).toEqual({ charged: 12_300n, received: 13_000n, unpaid: 0n, excess: 700n })
  })
  it('charges 延滞金 with what was paid, and the fee once', async () => {
    const line = receipt({ 期別: '02', 収納額: 10_000, 延滞金: 300, 督促手数料: 100 })
    const { fileId } = await loadRows(office, 'shuno', [
      line,
      receipt({ 期別: '02', 収納額: 0, 延滞金: 200, 督促手数料: 100, 領収日: '2026-08-11' }),
    ])
    // 領収日 8/11 acts first, so its fee is the one that is charged
    expect(await movements(fileId)).toMatchObject([
      { cause_line: 3n, component: 'E', credit_account: '調定', yen: 200n },
      { cause_line: 2n, component: 'E', credit_account: '調定', yen: 300n },
      { cause_line: 3n, component: 'T', credit_account: '調定', yen: 100n },
      { cause_line: 2n, component: 'P', yen: 10_000n },
      { cause_line: 3n, component: 'E', credit_account: '収納:金融機関', yen: 200n },
      { cause_line: 2n, component: 'E', credit_account: '収納:金融機関', yen: 300n },
      { cause_line: 3n, component: 'T', yen: 100n },
      { cause_line: 2n, component: 'T', yen: 100n },
    ])
    expect(await balance('02', 'E')).toMatchObject({ charged: 500n, received: 500n, excess: 0n })
    expect(await balance('02', 'T')).toMatchObject({ charged: 100n, received: 200n, excess: 100n })
    expect(await balance('02')).toMatchObject({ unpaid: 0n, excess: 0n })
  })
  it('books a late receipt into the year of its 会計日 (§14 #12)', async () => {
    const { fileId } = await loadRows(office, 'shuno', [
      receipt({ 期別: '05', 領収日: '2027-05-28', 収納日: '2027-05-31', 収納額: 1 }),
      receipt({ 期別: '05', 領収日: '2027-05-29', 収納日: '2027-06-01', 収納額: 2 }),
    ])
    expect(await movements(fileId)).toMatchObject([
      { booked_on: '2027-05-31', fiscal_year: 2026 },
      { booked_on: '2027-06-01', fiscal_year: 2027 },
    ])
  })
  it('numbers without a gap, in the order 領収日, line', async () => {
    const { fileId } = await loadRows(office, 'shuno', [
      receipt({ 期別: '05', 領収日: '2026-12-02', 収納額: 3 }),
      receipt({ 期別: '05', 領収日: '2026-12-01', 収納額: 4 }),
      receipt({ 期別: '05', 領収日: '2026-12-01', 収納額: 5 }),
    ])
    const posted = (await movements(fileId)) as { cause_line: bigint }[]
    expect(posted.map((one) => one.cause_line)).toEqual([3n, 4n, 2n])
    const gaps = await office.db.one(
      `select count(*) = max(number) as gapless, max(number) = (select last from posting_counter) as counted from postings`,
    )
    expect(gaps).toEqual({ gapless: true, counted: true })
  })
})

describe('徴収猶予 and 督促履歴', () => {
  const yuyo = { ...KEY, 猶予開始日: '2026-08-01', 猶予終了日: '2026-08-12', 決定番号: '8-1' }
  const history = { ...KEY, 発送日: '2026-08-20', 指定期限: '2026-08-31' }
  it('adds a 猶予 and supersedes it', async () => {
    await loadRows(office, 'yuyo', [yuyo])
    await loadRows(office, 'yuyo', [{ ...yuyo, 猶予終了日: '2026-08-31' }])
    expect(await office.db.rows(`select ends_on, superseded_at is null as now from deferrals order by id`)).toEqual([
      { ends_on: '2026-08-12', now: false },
      { ends_on: '2026-08-31', now: true },
    ])
  })
  it('takes a 督促 with its days (5.2 #18), the same again, but no other', async () => {
    await loadRows(office, 'tokusoku', [history])
    const again = await loadRows(office, 'tokusoku', [
      history,
      { ...KEY, 期別: '02', 発送日: '2026-09-18', 指定期限: '2026-09-28' },
    ])
    expect(again).toMatchObject({ status: 'accepted', accepted: 2 })
    const other = await loadRows(office, 'tokusoku', [{ ...history, 発送日: '2026-08-21' }])
    expect(other.errors).toEqual(['2 発送日 L29'])
    expect(
      await office.db.rows(
        `select issued_on, seizable_from, prescription_restarts_on, prescribes_on from tokusoku_history order by id`,
      ),
    ).toEqual([
      {
        issued_on: '2026-08-20',
        seizable_from: '2026-09-01',
        prescription_restarts_on: '2026-09-01',
        prescribes_on: '2028-08-31',
      },
      {
        issued_on: '2026-09-18',
        seizable_from: '2026-09-29',
        prescription_restarts_on: '2026-09-29',
        prescribes_on: '2028-09-28',
      },
    ])
  })
})
