import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { plainDateOf } from '#kernel/plain-date.ts'
import { outputColumns } from '#tasklist/output/columns.ts'
import { readWorksheet } from '#runtime/worksheet/read.ts'
import type { WorksheetKind } from '#runtime/worksheet/kind.ts'
import { completeTask } from '#runtime/decide-task.ts'
import { claimTask } from '#runtime/human.ts'
import { tokusoku } from '#workers/5-2-tokusoku/index.ts'
import { delinquentList } from '#workers/5-2-tokusoku/lists/delinquents.ts'
import { noticeCheckList } from '#workers/5-2-tokusoku/lists/notice-check.ts'
import { tainoshaList } from '#workers/5-2-tokusoku/lists/tainosha.ts'
import { instalment, insured, person, receipt } from '../../support/office-facts.ts'
import { keyOf, openTokusokuOffice, type TokusokuOffice } from '../../support/tokusoku-office.ts'

// Source: sheet 5.2, 002, 004 and 006: columns, and what stands on top before anybody sorts.

/** 2: no 郵便番号. 3, 5: high amounts. 4: pays after 001. 6: 過誤納, so 要確認. 7: 徴収猶予. */
let at: TokusokuOffice
let runId: string
const AMOUNTS: Readonly<Record<number, number>> = { 3: 200_000, 5: 300_000 }
const PEOPLE = [1, 2, 3, 4, 5, 6, 7]

/** 被保険者番号 of the rows in the list's own order. */
async function order(kind: WorksheetKind, taskId: string): Promise<number[]> {
  const { id } = await at.office.db.one<{ id: bigint }>(`select worksheet_id as id from tasks where id = $1`, [taskId])
  const { rows } = await at.office.db.tx((tx) =>
    readWorksheet(tx, kind, { worksheetId: id, filter: {}, sort: null, offset: 0, limit: 50, today: '2026-08-14' }),
  )
  return rows.map(({ insuredNo }) => Number(insuredNo))
}

beforeAll(async () => {
  at = await openTokusokuOffice()
  await at.load(
    'atena',
    PEOPLE.map((n) => person(n, n === 2 ? { 郵便番号: '' } : {})),
  )
  await at.load(
    'hihokensha',
    PEOPLE.map((n) => insured(n)),
  )
  await at.load('kiwari', [
    ...PEOPLE.map((n) => instalment(n, { ...keyOf(n), 調定額: AMOUNTS[n] ?? 12_300 })),
    instalment(6, keyOf(6, { 期別: '02' })),
  ])
  // twice paid: what is too much waits as 過誤納
  await at.load('shuno', [
    receipt({ ...keyOf(6, { 期別: '02' }), 収納額: 24_600, 領収日: '2026-07-20', 収納日: '2026-07-21' }),
  ])
  await at.load('yuyo', [{ ...keyOf(7), 猶予開始日: '2026-08-01', 猶予終了日: '2027-01-31' }])
  runId = await at.start()
  await at.step(runId, '001')
}, 120_000)
afterAll(() => at.office.close())

describe('the default view', () => {
  test('of 002: 要確認, then 対象 that catch the eye, the other 対象, then 除外', async () => {
    const taskId = await at.open(runId, '002')
    expect(await order(delinquentList, taskId)).toEqual([6, 1, 2, 3, 4, 5, 7]) // all of them F-初
    await claimTask(at.bench.deps, { taskId, user: at.clerks.kakaricho })
    const followUpOn = plainDateOf('2026-09-01')
    await at.clerks.mark(taskId, at.clerks.kakaricho, [6], 'exclude', { reason: 'T15', followUpOn })
    await at.decide(taskId, at.clerks.kakaricho, {})
  })

  test('of 004: proposals, then 発行不能, then the highest amounts, then print order', async () => {
    await at.load('shuno', [receipt({ ...keyOf(4), 領収日: '2026-08-13' })])
    await at.step(runId, '003')
    const taskId = await at.open(runId, '004')
    expect(await order(noticeCheckList, taskId)).toEqual([4, 2, 5, 3, 1])
    await claimTask(at.bench.deps, { taskId, user: at.clerks.kakaricho })
    await at.clerks.mark(taskId, at.clerks.kakaricho, [4], 'pull', { reason: 'P01' })
    await at.clerks.release(taskId)
    await at.step(runId, 'E2')
  })

  test('of 006: what differs from the version before stands on top', async () => {
    await at.step(runId, '005')
    const first = await at.open(runId, '006')
    await claimTask(at.bench.deps, { taskId: first, user: at.clerks.tantou })
    const redo = { ...(await at.clerks.seen(first)), decision: 'redo', reason: 'S02' }
    await completeTask(at.bench.deps, { taskId: first, user: at.clerks.tantou, body: redo })
    await at.load('shuno', [receipt({ ...keyOf(5), 収納額: 1_000, 領収日: '2026-08-14' })])
    await at.step(runId, '005')
    expect((await order(tainoshaList, await at.open(runId, '006')))[0]).toBe(5)
  })
})

describe('the columns', () => {
  /** As the sheet names them; ours where the list says it otherwise. */
  const of = {
    delinquents:
      '判定, 理由, 他の理由, 注意, 被保険者番号, 氏名カナ, 氏名, 宛名区分, 納期限, 賦課年度, 調定年度, 通知書番号, 期別, 調定額, 収納済額, 未納額, 手数料, 延滞金, 発送期限, 経過日数, 納付方法, 金融機関, 過誤納額, メモ, 前版との差, 判断者',
    'notice-check':
      '提案, 印刷番号, 被保険者番号, 氏名, 宛名, 納期限, 期別, 印字未納額, 現在未納額, 差, 最新収納の領収日, 最新収納の額, 最新収納の方法, 印字後の異動, 帳票, 判断者',
    tainosha: '区分, 被保険者番号, 氏名, 賦課年度, 期別, 納期限, 未納額, 状態, 前版との差',
  }
  test.each([
    ['002', delinquentList, of.delinquents],
    ['004', noticeCheckList, of['notice-check']],
    ['006', tainoshaList, of.tainosha],
  ])('of %s are those of the sheet', (_, kind, wanted) => {
    const labels = outputColumns(tokusoku, kind).map(({ label }) => label)
    expect(wanted.split(', ').filter((label) => !labels.includes(label))).toEqual([])
  })

  test('宛名 and 差 of 004 say who gets the letter and what has been paid since; nobody under 抑止 is named', async () => {
    const { id } = await at.office.db.one<{ id: bigint }>(
      `select id from worksheets where run_id = $1 and kind = 'notice-check'`,
      [runId],
    )
    const { rows } = await at.office.db.tx((tx) =>
      readWorksheet(tx, noticeCheckList, {
        worksheetId: id,
        filter: {},
        sort: null,
        offset: 0,
        limit: 1,
        today: '2026-08-14',
      }),
    )
    expect(rows[0]?.cells).toMatchObject({ addressee: '見本 4郎', differenceYen: -12_300n })
    expect(noticeCheckList.columns.find(({ name }) => name === 'addressee')?.isGuarded).toBe(true)
  })
})
