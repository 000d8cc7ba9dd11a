import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { proposeTask, releaseTask } from '#runtime/decide-task.ts'
import { claimTask, unclaimTask } from '#runtime/human.ts'
import { refreshTask } from '#runtime/refresh-task.ts'
import { person, receipt } from '../../support/office-facts.ts'
import { atena, keyOf, openTokusokuOffice, STEP, type TokusokuOffice } from '../../support/tokusoku-office.ts'

const unprintable = async (at: TokusokuOffice, runId: string): Promise<Record<number, string>> => {
  const rows = await at.office.db.rows<{ n: number; reason: string }>(
    `select s.insured_no::int as n, u.reason from unprintable_notices u join insured s on s.id = u.insured_id where u.run_id = $1`,
    [runId],
  )
  return Object.fromEntries(rows.map(({ n, reason }) => [n, reason]))
}
const verdicts = async (at: TokusokuOffice, taskId: string) =>
  Object.fromEntries(
    (await at.clerks.rows(taskId)).map(({ insuredNo, verdict, reason }) => [Number(insuredNo), [verdict, reason]]),
  )
const twoStart = (n: number) =>
  ['見本 甲', '見本 乙'].map((name) => ({
    宛名番号: atena(n),
    送付先区分: '代理',
    氏名: name,
    郵便番号: '0000007',
    住所: 'みほん市南七丁目',
    開始日: '2026-08-01',
  }))

/** Sheet 5.2 §4 「What happens when …」: facts that arrive between 001 and 003. */
describe('facts that arrive while 002 decides', () => {
  let at: TokusokuOffice
  let runId: string

  beforeAll(async () => {
    at = await openTokusokuOffice()
    await at.people([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    await at.load('atena', [person(4, { 郵便番号: '' })])
    runId = await at.start()
    await at.step(runId, '001')
  })
  afterAll(() => at.office.close())

  test('the preflight of 001 is a flag only: F-宛, and the row stays 対象', async () => {
    const { flags, verdict } = await at.office.db.one<{ flags: string[]; verdict: string }>(
      `select r.flags, r.verdict from worksheet_rows r join insured s on s.id = r.insured_id
       join worksheets w on w.id = r.worksheet_id where w.run_id = $1 and s.insured_no::int = 4`,
      [runId],
    )
    expect([verdict, flags.includes('F-宛')]).toEqual(['対象', true])
  })

  test('payment, 抑止, death and address are marks only: `ok` is allowed, and 003 stops each paper by its own reason', async () => {
    const taskId = await at.open(runId, '002')
    await claimTask(at.bench.deps, { taskId, user: at.clerks.tantou })
    // 1 paid by 基準日, learnt now · 5 paid after it · 2 抑止 · 3 died · 4 repaired · 6 no character · 7 two 代理 of one day ·
    // 8 an address that no window holds · 9 without address
    await at.load('shuno', [
      receipt({ ...keyOf(1), 領収日: '2026-08-11', 収納日: '2026-08-14' }),
      receipt({ ...keyOf(5), 領収日: '2026-08-13', 収納日: '2026-08-14' }),
    ])
    await at.load('yokushi', [{ 宛名番号: atena(2), 措置区分: '仮', 開始日: '2026-08-14' }])
    await at.load('atena', [
      person(3, { 死亡日: '2026-08-13' }),
      person(4),
      person(6, { 氏名: '見本 \uE000郎' }),
      person(8, { 住所: `みほん市${'中央本町東西南北'.repeat(14)}1番地`, 方書: 'みほん荘'.repeat(12) }),
      person(9, { 住所: '' }),
    ])
    await at.load('soufusaki', twoStart(7))
    expect((await at.clerks.rows(taskId)).every(({ verdict }) => verdict === '対象')).toBe(true)
    await at.decide(taskId, at.clerks.tantou, {})
    expect(await at.step(runId, '003')).toEqual({ noticeVersion: 1, noticeCount: 3, unprintableCount: 7 })
    expect(await unprintable(at, runId)).toEqual({
      1: 'U08',
      2: 'U04',
      3: 'U06',
      6: 'U03',
      7: 'U05',
      8: 'U07',
      9: 'U01',
    })
    expect(await at.states(runId)).toEqual({ 4: 'made', 5: 'made', 10: 'made' })
  })

  test('a receipt after 基準日 is left to 004, which proposes P01', async () => {
    const taskId = await at.open(runId, '004')
    expect(await verdicts(at, taskId)).toMatchObject({ 4: ['対象', null], 5: ['要確認', 'P01'], 10: ['対象', null] })
  })
})

describe('002: redo', () => {
  let at: TokusokuOffice
  let runId: string

  beforeAll(async () => {
    at = await openTokusokuOffice()
    await at.people([1, 2, 3, 4, 5])
    runId = await at.start()
    await at.step(runId, '001')
  })
  afterAll(() => at.office.close())

  test('makes version 2, takes payments in, and carries decisions over where the instalment and its primary reason are as before', async () => {
    const { bench, clerks, office } = at
    const first = await at.open(runId, '002')
    await claimTask(bench.deps, { taskId: first, user: clerks.tantou })
    for (const n of [1, 2, 3])
      await clerks.mark(first, clerks.tantou, [n], 'exclude', { reason: 'T16', note: `${n} 少額` })
    // 1 pays all, 4 a part; 2 comes under 猶予 (another primary reason)
    await at.load('shuno', [
      receipt({ ...keyOf(1), 領収日: '2026-08-12', 収納日: '2026-08-14' }),
      receipt({ ...keyOf(4), 収納額: 2_300, 領収日: '2026-08-12', 収納日: '2026-08-14' }),
    ])
    await at.load('yuyo', [{ ...keyOf(2), 猶予開始日: '2026-08-01', 猶予終了日: '2026-12-31', 決定番号: 'Y1' }])
    const back = (form: object) => at.decide(first, clerks.tantou, { decision: 'redo', ...form })
    // 基準日 not earlier than before, not after today; 発送日 as at the start
    await expect(back({ asOf: '2026-08-11', issueOn: '2026-08-20' })).rejects.toMatchObject({ code: 'F52-02' })
    await expect(back({ asOf: '2026-08-15', issueOn: '2026-08-20' })).rejects.toMatchObject({ code: 'F52-02' })
    await expect(back({ asOf: '2026-08-14', issueOn: '2026-08-22' })).rejects.toMatchObject({ code: 'F52-03' })
    await expect(back({ asOf: '2026-08-14', issueOn: '2026-08-21' })).rejects.toMatchObject({ code: 'F52-04' })
    await back({ asOf: '2026-08-14', issueOn: '2026-08-21', lateReason: '収納の反映を待ったため' })
    const { params, variables } = await office.db.one<{ params: object; variables: object }>(
      `select params, variables from runs where id = $1`,
      [runId],
    )
    expect(params).toMatchObject({ lateReason: '収納の反映を待ったため' })
    expect(variables).toMatchObject({ asOf: '2026-08-14', issueOn: '2026-08-21', designatedOn: '2026-08-31' })

    expect(await at.step(runId, '001')).toEqual({
      worksheetVersion: 2,
      delinquentCount: 4,
      targetCount: 3,
      reviewCount: 0,
      excludedCount: 1,
    })
    const second = await at.open(runId, '002')
    const rows = await office.db.rows(
      `select s.insured_no::int as n, r.verdict, r.reason, d.change, d.previous_unpaid_yen as before, m.reason as decided,
         coalesce(m.is_carried_over, false) as carried
       from tasks t join worksheet_rows r on r.worksheet_id = t.worksheet_id
       join delinquent_rows d on d.worksheet_id = r.worksheet_id and d.row_no = r.row_no
       join insured s on s.id = r.insured_id left join worksheet_marks m on m.worksheet_id = r.worksheet_id and m.row_no = r.row_no
       where t.id = $1 order by 1`,
      [second],
    )
    expect(rows).toEqual([
      { n: 2, verdict: '除外', reason: 'A01', change: '判定が変更', before: 12_300n, decided: null, carried: false },
      { n: 3, verdict: '対象', reason: null, change: '同じ', before: 12_300n, decided: 'T16', carried: true },
      { n: 4, verdict: '対象', reason: null, change: '額が変更', before: 12_300n, decided: null, carried: false },
      { n: 5, verdict: '対象', reason: null, change: '同じ', before: 12_300n, decided: null, carried: false },
    ])
    // the first version stands as it was
    expect(
      await office.db.rows(
        `select version, row_count from worksheets where run_id = $1 and state = 'ready' order by 1`,
        [runId],
      ),
    ).toEqual([
      { version: 1, row_count: 5n },
      { version: 2, row_count: 4n },
    ])
  })
})

describe('002: the closed list of reasons', () => {
  let at: TokusokuOffice
  const REASONS = ['T10', 'T11', 'T12', 'T13', 'T14', 'T15', 'T16', 'T17', 'T18', 'T99']
  const FOLLOWED = ['T10', 'T11', 'T12', 'T13', 'T14', 'T15', 'T17']
  const LEAD_ONLY = ['T11', 'T18', 'T99']

  beforeAll(async () => {
    at = await openTokusokuOffice()
    await at.people(REASONS.map((_, index) => index + 1))
  })
  afterAll(() => at.office.close())

  test('each asks for what the sheet says, and its row is back in the next run by 取残し', async () => {
    const { bench, clerks, office } = at
    const runId = await at.start()
    await at.step(runId, '001')
    const taskId = await at.open(runId, '002')
    await claimTask(bench.deps, { taskId, user: clerks.tantou })
    const give = (user: typeof clerks.tantou, index: number, more: object = {}) =>
      clerks.mark(taskId, user, [index + 1], 'exclude', { reason: REASONS[index] ?? '', ...more })
    for (const [index, code] of REASONS.entries()) {
      const complete = { followUpOn: '2026-09-01' as never, note: '見本のメモ' }
      if (LEAD_ONLY.includes(code)) {
        await expect(give(clerks.tantou, index, complete)).rejects.toMatchObject({ code: 'TASK-011' })
        continue
      }
      if (FOLLOWED.includes(code)) {
        await expect(give(clerks.tantou, index)).rejects.toMatchObject({ code: 'TASK-010', params: { need: '再開日' } })
        // a Saturday, and today
        for (const followUpOn of ['2026-08-29', '2026-08-14'])
          await expect(give(clerks.tantou, index, { followUpOn: followUpOn as never })).rejects.toMatchObject({
            code: 'TASK-010',
          })
      }
      expect(await give(clerks.tantou, index, complete)).toBe(1)
    }
    await unclaimTask(bench.deps, { taskId, user: clerks.tantou })
    await claimTask(bench.deps, { taskId, user: clerks.kakaricho })
    for (const [index, code] of REASONS.entries())
      if (LEAD_ONLY.includes(code)) {
        if (code === 'T11') await expect(give(clerks.kakaricho, index)).rejects.toMatchObject({ code: 'TASK-010' })
        if (code === 'T99')
          await expect(give(clerks.kakaricho, index, { note: '四文字だ' })).rejects.toMatchObject({ code: 'TASK-010' })
        expect(await give(clerks.kakaricho, index, { followUpOn: '2026-09-01' as never, note: '五文字のメモ' })).toBe(1)
      }
    await expect(clerks.mark(taskId, clerks.kakaricho, [1], 'exclude', { reason: 'T77' })).rejects.toMatchObject({
      code: 'TASK-009',
    })
    await at.decide(taskId, clerks.kakaricho, {})
    expect(
      (await office.db.one<{ v: object }>(`select variables as v from runs where id = $1`, [runId])).v,
    ).toMatchObject({
      decision: 'ok',
      targetCount: 0,
      excludedCount: 10,
    })
    const kept = await office.db.rows<{ reason: string; on: string | null }>(
      `select m.reason, m.follow_up_on as on from worksheet_marks m join worksheets w on w.id = m.worksheet_id where w.run_id = $1 order by 1`,
      [runId],
    )
    expect(kept.map(({ reason }) => reason)).toEqual(REASONS)
    expect(kept.every(({ on }) => on === '2026-09-01')).toBe(true)

    // when: the run of the next 納期限, with and without 取残し
    office.clock.set('2026-09-10T00:00:00.000Z')
    await at.people([20], (n) => ({ ...keyOf(n), 期別: '02', 納期限: '2026-08-31' }))
    const next = { dueOn: '2026-08-31', asOf: '2026-09-09', issueOn: '2026-09-18' }
    const rows = async (params: object): Promise<readonly (readonly [number, string, boolean])[]> => {
      const id = await at.start({ ...next, ...params })
      await at.step(id, '001')
      const found = await office.db.rows<{ n: number; verdict: string; flags: string[] }>(
        `select s.insured_no::int as n, r.verdict, r.flags from worksheet_rows r join worksheets w on w.id = r.worksheet_id
         join insured s on s.id = r.insured_id where w.run_id = $1 order by 1`,
        [id],
      )
      return found.map(({ n, verdict, flags }) => [n, verdict, flags.includes('F-残')] as const)
    }
    expect(await rows({})).toEqual([...REASONS.map((_, index) => [index + 1, '対象', true]), [20, '対象', false]])
    expect(await rows({ includeCarriedOver: false })).toEqual([[20, '対象', false]])
  })
})

describe('from the release to the registration', () => {
  let at: TokusokuOffice
  let runId: string

  beforeAll(async () => {
    at = await openTokusokuOffice()
    await at.people([1, 2, 3, 4, 5, 6])
    const checked = await at.checked()
    runId = checked.runId
    const { bench, clerks } = at
    await unclaimTask(bench.deps, { taskId: checked.taskId, user: clerks.tantou })
    await claimTask(bench.deps, { taskId: checked.taskId, user: clerks.kakaricho })
    const body = { ...(await clerks.seen(checked.taskId)), decision: 'ok' }
    await proposeTask(bench.deps, { taskId: checked.taskId, user: clerks.kakaricho, body })
    await releaseTask(bench.deps, { taskId: checked.taskId, user: clerks.kakaricho2, body })
    // 二度押し: a double release is one release; after it nothing is refreshed
    await releaseTask(bench.deps, { taskId: checked.taskId, user: clerks.kakaricho2, body })
    await expect(refreshTask(bench.deps, { taskId: checked.taskId, user: clerks.kakaricho2 })).rejects.toMatchObject({
      code: 'TASK-003',
    })
    await at.step(runId, 'E2')
  })
  afterAll(() => at.office.close())

  test('a double release is one event', async () => {
    expect(
      await at.office.db.one(
        `select count(*)::int as n from audit_events where run_id = $1 and kind = 'task-released'`,
        [runId],
      ),
    ).toEqual({ n: 1 })
    expect(Object.values(await at.states(runId)).every((state) => state === 'released')).toBe(true)
  })

  test('005: who paid since is 送付前完納, who paid a part has the balance of the day, who died keeps the line by number only', async () => {
    await at.load('shuno', [
      receipt({ ...keyOf(1), 領収日: '2026-08-14' }),
      receipt({ ...keyOf(2), 収納額: 300, 領収日: '2026-08-14' }),
    ])
    await at.load('atena', [person(3, { 死亡日: '2026-08-13' })])
    const { output, job } = await at.bench.run(runId, STEP['005'])
    expect(output).toMatchObject({ fileVersion: 1, fileCount: 5 })
    // the same job again is the stored version
    expect((await at.bench.run(runId, STEP['005'], job)).output).toEqual(output)
    const { sha256 } = await at.office.db.one<{ sha256: string }>(
      `select f.sha256 from files f join tainosha_files t on t.file_id = f.id where t.run_id = $1`,
      [runId],
    )
    const text = await readFile(at.office.store.pathOf(sha256), 'utf8')
    expect(text.split('\r\n').slice(1, 3)).toEqual([
      '00000002,2026,2026,2600123402,01,2026-07-31,12000,督促,2026-08-14,1',
      '00000003,2026,2026,2600123403,01,2026-07-31,12300,督促,2026-08-14,1',
    ])
    for (const word of ['見本', 'みほん市', '0000001,'])
      expect(text.replaceAll(/^0000000\d,/gm, '')).not.toContain(word)
    expect(await verdicts(at, await at.open(runId, '006'))).toMatchObject({
      1: ['除外', '送付前完納'],
      3: ['対象', null],
    })
  })

  test.each([
    ['S01', 2],
    ['S02', 3],
    ['S03', 4],
    ['S04', 5],
  ])('006: redo for %s makes version %i, the former is kept', async (reason, version) => {
    const { id } = await at.office.db.one<{ id: string }>(`select id from tasks where run_id = $1 and state = 'open'`, [
      runId,
    ])
    await claimTask(at.bench.deps, { taskId: id, user: at.clerks.tantou })
    await at.decide(id, at.clerks.tantou, { decision: 'redo', reason })
    expect(await at.step(runId, '005')).toMatchObject({ fileVersion: version, fileCount: 5 })
    const files = await at.office.db.rows<{ version: number; state: string; reason: string | null }>(
      `select version, state, redo_reason as reason from tainosha_files where run_id = $1 order by version desc limit 2`,
      [runId],
    )
    expect(files).toEqual([
      { version, state: 'made', reason: null },
      { version: version - 1, state: 'superseded', reason },
    ])
    await at.open(runId, '006')
  })

  test('006: S99 needs a comment; a sent version is not sent again', async () => {
    const { id } = await at.office.db.one<{ id: string }>(`select id from tasks where run_id = $1 and state = 'open'`, [
      runId,
    ])
    await claimTask(at.bench.deps, { taskId: id, user: at.clerks.tantou })
    const redo = (comment: string) => at.decide(id, at.clerks.tantou, { decision: 'redo', reason: 'S99', comment })
    await expect(redo('短い')).rejects.toMatchObject({ code: 'TASK-010', params: { reason: 'S99' } })
    await expect(at.decide(id, at.clerks.tantou, { sentOn: '2026-08-15', sentBy: '1' })).rejects.toMatchObject({
      code: 'TASK-010',
      params: { need: '本日以前の日' },
    })
    await redo('連合から再送の依頼')
    await at.step(runId, '005')
    const last = await at.open(runId, '006')
    await claimTask(at.bench.deps, { taskId: last, user: at.clerks.tantou })
    const sent = { sentOn: '2026-08-14', sentBy: '2', receiptNo: 'R-1' }
    await at.decide(last, at.clerks.tantou, sent)
    await at.decide(last, at.clerks.tantou, sent)
    expect(
      await at.office.db.rows(
        `select version, state, sent_by, receipt_no from tainosha_files where run_id = $1 and sent_on is not null`,
        [runId],
      ),
    ).toEqual([{ version: 6, state: 'sent', sent_by: '2', receipt_no: 'R-1' }])
  })

  test('007: 抑止 and death after the letter left change nothing, a letter that was not sent is 引抜き and comes back by 取残し', async () => {
    at.office.clock.set('2026-08-21T01:00:00.000Z')
    await at.load('yokushi', [{ 宛名番号: atena(4), 措置区分: '本', 開始日: '2026-08-20' }])
    await at.load('atena', [person(5, { 死亡日: '2026-08-20' })])
    const { id } = await at.office.db.one<{ id: string }>(
      `select n.id from notices n join insured s on s.id = n.insured_id where n.run_id = $1 and s.insured_no::int = 6`,
      [runId],
    )
    await at.clerks.complete(runId, STEP['007'], {
      issuedOn: '2026-08-21',
      dispatchedCount: 5,
      method: '1',
      undispatched: [{ noticeId: id, reason: 'P08' }],
    })
    expect(await at.states(runId)).toEqual({
      1: 'dispatched',
      2: 'dispatched',
      3: 'dispatched',
      4: 'dispatched',
      5: 'dispatched',
      6: 'pulled',
    })
    const history = await at.office.db.rows<{ n: number; warning: string }>(
      `select s.insured_no::int as n, h.late_warning as warning from tokusoku_history h join instalments i on i.id = h.instalment_id
       join insured s on s.id = i.insured_id where h.run_id = $1 order by 1`,
      [runId],
    )
    expect(history.map(({ n }) => n)).toEqual([1, 2, 3, 4, 5])
    expect(new Set(history.map(({ warning }) => warning))).toEqual(new Set(['納期限から21日目の発送(期限 2026-08-20)']))
    // the next run: 6 is back, the others are A02
    at.office.clock.set('2026-09-10T00:00:00.000Z')
    await at.people([20], (n) => ({ ...keyOf(n), 期別: '02', 納期限: '2026-08-31' }))
    const next = await at.start({ dueOn: '2026-08-31', asOf: '2026-09-09', issueOn: '2026-09-18' })
    await at.step(next, '001')
    const rows = await at.office.db.rows<{ n: number; reason: string | null }>(
      `select s.insured_no::int as n, r.reason from worksheet_rows r join worksheets w on w.id = r.worksheet_id
       join insured s on s.id = r.insured_id where w.run_id = $1 order by 1`,
      [next],
    )
    expect(rows).toEqual([
      { n: 2, reason: 'A02' },
      { n: 3, reason: 'A02' },
      { n: 4, reason: 'A02' },
      { n: 5, reason: 'A02' },
      { n: 6, reason: null },
      { n: 20, reason: null },
    ])
  })
})
