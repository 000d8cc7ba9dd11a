import { tokusoku } from '#workers/5-2-tokusoku/index.ts'
import { clerksOf } from '#tests/support/clerks.ts'
import { dispatchedRun, slipOf, type DispatchedRun } from '#tests/support/dispatched-run.ts'
import { openTestOffice, type TestOffice } from '#tests/support/intake.ts'
import { instalment, KEY, loadRows } from '#tests/support/office-facts.ts'
import { stepBench } from '#tests/support/step-bench.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

// 返戻: layouts.md A; sheet 5.2, 007 「返戻 afterwards」
let office: TestOffice
let run: DispatchedRun
beforeAll(async () => {
  office = await openTestOffice('2026-08-14T00:00:00.000Z')
  const bench = await stepBench(office, [tokusoku])
  const clerks = await clerksOf(office, bench)
  run = await dispatchedRun(office, bench, clerks, { people: [1, 2, 3] })
  // a 督促 of the system before
  await loadRows(office, 'kiwari', [instalment(3, { 通知書番号: '2600000037', 期別: '09' })])
  await loadRows(office, 'tokusoku', [
    { ...KEY, 通知書番号: '2600000037', 期別: '09', 発送日: '2026-05-20', 指定期限: '2026-06-01' },
  ])
  office.clock.set('2026-10-01T00:00:00.000Z')
})
afterAll(() => office.close())

const returned = (n: number, more: object = {}) => ({
  帳票種別: '督促状',
  ...KEY,
  ...slipOf(n),
  返戻日: '2026-08-28',
  返戻事由: '転居先不明',
  ...more,
})
const cases = () =>
  office.db.rows(
    `select c.paper, s.insured_no::int as person, c.notice_id is not null as ours, c.delivery, c.reason,
       array_agg(x.state order by x.number) as states
     from returned_letters c join insured s on s.id = c.insured_id
     join returned_letter_steps x on x.returned_letter_id = c.id group by c.id, s.insured_no order by c.id`,
  )
const seizable = async (n: number) =>
  (
    await office.db.one<{ on: string | null }>(
      `select seizable_from as on from tokusoku_history where notice_id = $1`,
      [await run.noticeOf(n)],
    )
  ).on

describe('返戻', () => {
  it('opens the case of our letter, and of one that only its history knows', async () => {
    const old = { 帳票種別: '督促状', ...KEY, 通知書番号: '2600000037', 期別: '09' }
    expect(
      await loadRows(office, 'henrei', [
        returned(1),
        returned(2, { 返戻事由: '死亡' }),
        { ...old, 返戻日: '2026-05-25', 返戻事由: 'あて所なし', 公示送達日: '2026-06-10' },
        { ...old, 帳票種別: '納入通知書', 返戻日: '2026-07-20', 返戻事由: '受取拒否' },
      ]),
    ).toMatchObject({ status: 'accepted', accepted: 4, errors: [] })
    expect(await cases()).toEqual([
      { paper: '督促状', person: 1, ours: true, delivery: 0, reason: 'R2', states: ['居所調査'] },
      { paper: '督促状', person: 2, ours: true, delivery: 0, reason: 'R5', states: ['相続人調査'] },
      { paper: '督促状', person: 3, ours: false, delivery: 0, reason: 'R1', states: ['居所調査', '公示送達'] },
      { paper: '納入通知書', person: 3, ours: false, delivery: 0, reason: 'R3', states: ['居所調査'] },
    ])
    expect(await seizable(1)).toBeNull()
    // posted 6/10 → served 6/17 → the day after 6/27
    expect(await office.db.one(`select seizable_from as on from tokusoku_history where notice_id is null`)).toEqual({
      on: '2026-06-28',
    })
  })
  it('adds what became of it as a difference; the same line with other bytes adds nothing', async () => {
    await loadRows(office, 'henrei', [returned(1, { 再送日: '2026-09-10' }), returned(2, { 返戻事由: '死亡' })])
    await loadRows(office, 'henrei', [returned(1, { 再送日: '2026-09-10' })])
    expect((await cases())[0]).toMatchObject({ states: ['居所調査', '再発送'] })
    // the former system printed no new 指定期限 that we know: 9/10 + 10 days, the day after
    expect(await seizable(1)).toBe('2026-09-21')
  })
  it('comes back once more as a case of its own', async () => {
    await loadRows(office, 'henrei', [returned(1, { 返戻日: '2026-09-15', 返戻事由: 'あて所なし' })])
    expect((await cases()).at(-1)).toMatchObject({ person: 1, delivery: 1, reason: 'R1', states: ['居所調査'] })
    expect(await seizable(1)).toBeNull()
  })
  it('refuses the bytes twice', async () => {
    const rows = [returned(3)]
    expect(await loadRows(office, 'henrei', rows)).toMatchObject({ status: 'accepted' })
    expect(await loadRows(office, 'henrei', rows)).toMatchObject({ status: 'refused' })
  })
  it('tells bad lines, and repeats no protected value', async () => {
    const loaded = await loadRows(office, 'henrei', [
      returned(1, { 通知書番号: '2699999999' }),
      { ...returned(3), 通知書番号: '2600000037', 期別: '09', 返戻日: '2026-05-19' },
      returned(2, { 返戻日: '2026-08-30' }),
      returned(3, { 再送日: '2026-08-27' }),
      returned(1, { 返戻事由: '転居' }),
      returned(2, { 返戻事由: '死亡', 帳票種別: '納入通知書', 通知書番号: '2600000037', 期別: '09' }),
    ])
    expect(loaded.errors).toEqual([
      '2 通知書番号 L23',
      '3 返戻日 L25',
      '4 返戻日 L32',
      '5 再送日 L25',
      '6 返戻事由 L15',
      '7 返戻日 L32',
    ])
    expect(
      await office.db.rows(`select distinct value from file_errors where file_id = $1 and field <> '通知書番号'`, [
        loaded.fileId,
      ]),
    ).toEqual([{ value: '伏せています' }])
  })
  it('of a 督促状 needs its 督促', async () => {
    await loadRows(office, 'kiwari', [instalment(3, { 通知書番号: '2600000045' })])
    expect((await loadRows(office, 'henrei', [returned(3, { 通知書番号: '2600000045' })])).errors).toEqual([
      '2 帳票種別 L31',
    ])
  })
})
