import { plainDateOf } from '#kernel/plain-date.ts'
import { openDatabase, type Database } from '#db/database.ts'
import { chargeMovement, type NewPosting } from '#ledger/accounts.ts'
import { checkLedger, INVARIANTS } from '#ledger/check.ts'
import { postInTx } from '#ledger/post.ts'
import { postTokusokuFees } from '#ledger/tokusoku-fees.ts'
import { openTestOffice, type TestOffice } from '#tests/support/intake.ts'
import { insured, instalment, loadRows, person, receipt } from '#tests/support/office-facts.ts'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

// sheet shuno-common §13
let office: TestOffice
let owner: Database
let instalmentId: bigint
const runId = randomUUID()
beforeAll(async () => {
  office = await openTestOffice()
  owner = openDatabase(office.ownerUrl)
  await loadRows(office, 'atena', [person(1)])
  await loadRows(office, 'hihokensha', [insured(1)])
  await loadRows(office, 'kiwari', [instalment(1), instalment(1, { 期別: '02', 納期限: '2026-08-31' })])
  await loadRows(office, 'shuno', [
    receipt({ 収納額: 5000, 延滞金: 200 }),
    receipt({ 収納額: 9000, 領収日: '2026-08-13' }),
  ])
  await office.db.run(
    `insert into runs (id, number, flow, title, params, options, state, created_at)
     values ($1, 'R8-52-0001', '5-2-tokusoku', '見本', '{}', '{}', 'running', $2)`,
    [runId, office.clock.now()],
  )
  instalmentId = (await office.db.one<{ id: bigint }>(`select id from instalments where period = '01'`)).id
})
afterAll(async () => {
  await owner.close()
  await office.close()
})

const broken = async (): Promise<string[]> =>
  (await checkLedger(office.db)).filter((one) => one.count > 0n).map((one) => one.code)
/** Breaks the books as the owner could, tells what the check says, and mends them. */
async function whenBroken(statement: string): Promise<string[]> {
  let found: string[] = []
  await expect(
    owner.tx(async (tx) => {
      await tx.run(`alter table postings disable trigger user; alter table movements disable trigger user`)
      await tx.run(statement)
      found = (await checkLedger(tx)).filter((one) => one.count > 0n).map((one) => one.code)
      throw new Error('mended')
    }),
  ).rejects.toThrow('mended')
  return found
}
const charge = (yen: bigint): NewPosting => ({
  kind: '調定',
  cause: { kind: 'decision', decision: '見本の決定' },
  actorUserId: null,
  bookedOn: plainDateOf('2026-08-14'),
  fiscalYear: 2026,
  movements: [chargeMovement(instalmentId, 'P', yen)],
})

describe('the check of the books', () => {
  it('finds nothing in sound books', async () => {
    expect(await checkLedger(office.db)).toHaveLength(INVARIANTS.length)
    expect(await broken()).toEqual([])
  })
  it.each([
    ['a cache that is off', `update instalment_balances set received = received + 1`, ['L-01', 'L-16']],
    ['a deleted movement', `delete from movements where component = 'P' and yen = 5000`, ['L-01', 'L-02', 'L-16']],
    [
      'a lost posting',
      `delete from movements where posting_number = 4; delete from postings where number = 4`,
      ['L-01', 'L-02', 'L-16', 'L-17'],
    ],
    ['a posting without movements', `delete from movements where posting_number = 2`, ['L-05', 'L-16']],
    ['a wrong 会計年度', `update postings set fiscal_year = 2025 where number = 3`, ['L-09']],
    ['a moved counter', `update posting_counter set last = last + 1`, ['L-17']],
    ['cash out of nowhere', `update movements set credit_account = '調定' where yen = 9000`, ['L-12']],
    [
      '過誤納 by a receipt',
      `update movements set debit_account = '過誤納' where yen = 9000`,
      ['L-01', 'L-02', 'L-04', 'L-16'],
    ],
  ])('finds %s', async (_, statement, codes) => {
    expect(await whenBroken(statement)).toEqual(codes)
  })
})

describe('posting', () => {
  it('charges 督促手数料 by the run, gapless, and keeps the balance', async () => {
    const numbers = await office.db.tx((tx) =>
      postTokusokuFees(tx, office.clock, { runId, issuedOn: plainDateOf('2026-08-20'), actorUserId: null }, [
        { instalmentId, yen: 100n },
        { instalmentId: instalmentId + 1n, yen: 0n },
      ]),
    )
    expect([...numbers]).toEqual([[instalmentId, 5n]])
    expect(
      await office.db.one(`select kind, booked_on, fiscal_year, cause_run_id from postings where number = 5`),
    ).toEqual({ kind: '督促手数料', booked_on: '2026-08-20', fiscal_year: 2026, cause_run_id: runId })
    expect(
      await office.db.one(
        `select charged, unpaid from instalment_balances where component = 'T' and instalment_id = $1`,
        [instalmentId],
      ),
    ).toEqual({ charged: 100n, unpaid: 100n })
    expect(await broken()).toEqual([])
  })
  it('gives its numbers back when the transaction fails', async () => {
    await expect(
      office.db.tx(async (tx) => {
        await postInTx(tx, office.clock, [charge(1n)])
        throw new Error('stopped')
      }),
    ).rejects.toThrow('stopped')
    expect(await office.db.tx((tx) => postInTx(tx, office.clock, [charge(1n), charge(2n)]))).toEqual([6n, 7n])
    expect(await broken()).toEqual([])
  })
  it('lets posters take turns', async () => {
    const posted = await Promise.all(
      Array.from({ length: 8 }, () => office.db.tx((tx) => postInTx(tx, office.clock, [charge(1n)]))),
    )
    expect(posted.flat().toSorted((a, b) => Number(a - b))).toEqual([8n, 9n, 10n, 11n, 12n, 13n, 14n, 15n])
    expect(await broken()).toEqual([])
  })
  it('undoes a posting by its reversal, once', async () => {
    const undo: NewPosting = {
      ...charge(2n),
      kind: '訂正',
      cause: { kind: 'reversal', reverses: 7n, decision: '見本の取消' },
      movements: [
        {
          component: 'P',
          credit: { account: '調定', instalmentId },
          debit: { account: '調定', instalmentId: null },
          yen: 2n,
        },
      ],
    }
    await office.db.tx((tx) => postInTx(tx, office.clock, [undo]))
    expect(await broken()).toEqual([])
    await expect(office.db.tx((tx) => postInTx(tx, office.clock, [undo]))).rejects.toThrow(/postings_reverses_key/)
    expect(await whenBroken(`update movements set yen = 3 where posting_number = 16`)).toEqual(['L-01', 'L-07', 'L-16'])
  })
})

describe('koki_app', () => {
  it.each([
    ['update postings set booked_on = booked_on', 'permission denied'],
    ['delete from postings', 'permission denied'],
    ['truncate postings cascade', 'permission denied'],
    ['update movements set yen = yen', 'permission denied'],
    ['delete from movements', 'permission denied'],
    ['truncate movements', 'permission denied'],
    ['alter table movements disable trigger all', 'must be owner'],
  ])('may not: %s', async (statement, message) => {
    await expect(office.db.run(statement)).rejects.toThrow(message)
  })
  it.each(['postings', 'movements'])('and even the owner is stopped by the trigger of %s', async (table) => {
    await expect(owner.run(`delete from ${table}`)).rejects.toThrow(`rows of ${table} never change`)
  })
})
