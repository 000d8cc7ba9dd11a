import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { claimTask, unclaimTask } from '#runtime/human.ts'
import { refreshTask } from '#runtime/refresh-task.ts'
import { cancelRun } from '#runtime/runs.ts'
import { checkRun } from '#runtime/check-run.ts'
import { TOKUSOKU_OPTIONS } from '#rules/tokusoku/options.ts'
import { delinquentMarks } from '#workers/5-2-tokusoku/data/mark-rules.ts'
import { tokusoku } from '#workers/5-2-tokusoku/index.ts'
import { instalment, insured, person, receipt } from '../../support/office-facts.ts'
import {
  atena,
  keyOf,
  LATE_REASON,
  oldKeyOf,
  openTokusokuOffice,
  STEP,
  type TokusokuOffice,
} from '../../support/tokusoku-office.ts'

/** 納期限 2025-09-30 and 2024-07-31: 延滞金 with its low months (#14), 時効 (#11). */
const R7 = { 賦課年度: 2025, 調定年度: 2025, 期別: '03' }
const R6 = { 賦課年度: 2024, 調定年度: 2024, 期別: '01' }
const keys: Readonly<Record<number, ReturnType<typeof keyOf>>> = {
  1: keyOf(1),
  2: keyOf(2),
  3: keyOf(3),
  4: keyOf(4),
  5: keyOf(5),
  6: keyOf(6, R7),
  7: keyOf(7),
  8: keyOf(8, R6),
  9: oldKeyOf(9),
}

interface Row {
  readonly verdict: string
  readonly reason: string | null
  readonly flags: readonly string[]
  readonly entaikin: bigint
  readonly fee: bigint
  readonly limit: string
  readonly prescribes: string | null
}
interface Letter {
  readonly state: string
  readonly slip: bigint
  readonly digits: string
  readonly view: string
}
interface History {
  readonly fee: bigint
  readonly designated: string
  readonly restarts: string
  readonly prescribes: string
}

/** What one run left behind, by person. */
interface World {
  readonly at: TokusokuOffice
  readonly runId: string
  readonly designatedOn: string
  readonly rows: Readonly<Record<number, Row>>
  readonly unprintable: Readonly<Record<number, string>>
  /** Verdict and reason of 4's letter at 004. */
  readonly partPaid: readonly [string, string | null]
  readonly letters: Readonly<Record<number, Letter>>
  /** 状態 by person in the file for the 広域連合. */
  readonly file: Readonly<Record<number, string>>
  readonly history: Readonly<Record<number, History>>
}

const byPerson = <T extends { n: number }>(rows: readonly T[]): Record<number, Omit<T, 'n'>> =>
  Object.fromEntries(rows.map(({ n, ...rest }) => [n, rest]))

/** The same people and the same acts under other ordinances. */
async function liveThrough(options: readonly (readonly [string, unknown])[]): Promise<World> {
  const at = await openTokusokuOffice()
  const { bench, clerks, office } = at
  for (const [name, value] of options) await at.option(name, value)
  const own: Readonly<Record<number, object>> = {
    5: { 調定額: 660_000 },
    6: { 調定額: 88_900, 納期限: '2025-09-30' },
    7: { 調定額: 999 },
    8: { 調定額: 7_200, 納期限: '2024-07-31' },
    9: { 納期限: '2026-03-31' },
  }
  const numbers = Object.keys(keys).map(Number)
  await at.people(numbers, (n) => ({ ...keys[n], ...own[n] }))
  await at.load('yokushi', [{ 宛名番号: atena(2), 措置区分: '本', 開始日: '2026-04-01', 満了予定日: '2027-03-31' }])
  const address = { 郵便番号: '0000099', 住所: 'みほん市支援センター気付', 開始日: '2026-04-01' }
  await at.load('soufusaki', [{ 宛名番号: atena(2), 送付先区分: '代理', 氏名: '見本 代理', ...address }])
  await at.load('yuyo', [{ ...keys[3], 猶予開始日: '2026-07-01', 猶予終了日: '2026-12-31', 決定番号: 'Y1' }])

  const runId = await at.start({ lateReason: LATE_REASON })
  await at.step(runId, '001')
  const at002 = await at.open(runId, '002')
  await claimTask(bench.deps, { taskId: at002, user: clerks.kakaricho })
  await clerks.mark(at002, clerks.kakaricho, [2], 'include')
  await unclaimTask(bench.deps, { taskId: at002, user: clerks.kakaricho })
  await claimTask(bench.deps, { taskId: at002, user: clerks.tantou })
  await at.decide(at002, clerks.tantou, {})
  const rows = byPerson(
    await office.db.rows<Row & { n: number }>(
      `select s.insured_no::int as n, r.verdict, r.reason, r.flags, d.entaikin_yen as entaikin, d.fee_yen as fee,
         d.limit_on as limit, d.prescribes_on as prescribes
       from worksheet_rows r join delinquent_rows d using (worksheet_id, row_no) join insured s on s.id = r.insured_id
       join worksheets w on w.id = r.worksheet_id where w.run_id = $1`,
      [runId],
    ),
  )
  await at.step(runId, '003')
  const unprintable = await office.db.rows<{ n: number; reason: string }>(
    `select s.insured_no::int as n, u.reason from unprintable_notices u join insured s on s.id = u.insured_id where u.run_id = $1`,
    [runId],
  )
  const at004 = await at.open(runId, '004')
  await at.load('shuno', [receipt({ ...keys[4], 収納額: 300, 領収日: '2026-08-13' })])
  await claimTask(bench.deps, { taskId: at004, user: clerks.tantou })
  await refreshTask(bench.deps, { taskId: at004, user: clerks.tantou })
  const four = await clerks.rowOf(at004, 4)
  if (four.verdict === '要確認') await clerks.mark(at004, clerks.tantou, [4], 'pull', { reason: 'P02' })
  await unclaimTask(bench.deps, { taskId: at004, user: clerks.tantou })
  await clerks.release(at004)
  await at.step(runId, 'E2')
  await at.step(runId, '005')
  const file = await office.db.rows<{ n: number; status: string }>(
    `select s.insured_no::int as n, d.status from tainosha_rows d join worksheet_rows r using (worksheet_id, row_no)
     join insured s on s.id = r.insured_id join worksheets w on w.id = d.worksheet_id where w.run_id = $1 and d.section = '送付'`,
    [runId],
  )
  const at006 = await at.open(runId, '006')
  await claimTask(bench.deps, { taskId: at006, user: clerks.kakaricho })
  if ((await clerks.rowOf(at006, 2)).verdict === '要確認') await clerks.mark(at006, clerks.kakaricho, [2], 'exclude')
  await at.decide(at006, clerks.kakaricho, { sentOn: '2026-08-14', sentBy: '1' })
  // 9 pays on the day of issue: 行違い
  office.clock.set('2026-08-21T01:00:00.000Z')
  await at.load('shuno', [receipt({ ...keys[9], 領収日: '2026-08-20', 収納日: '2026-08-21' })])
  const released = Object.values(await at.states(runId)).filter((state) => state === 'released').length
  await clerks.complete(runId, STEP['007'], { issuedOn: '2026-08-20', dispatchedCount: released, method: '1' })
  return {
    at,
    runId,
    designatedOn: String(
      (await office.db.one<{ on: string }>(`select variables->>'designatedOn' as on from runs where id = $1`, [runId]))
        .on,
    ),
    rows,
    unprintable: Object.fromEntries(unprintable.map(({ n, reason }) => [n, reason])),
    partPaid: [four.verdict, four.reason],
    letters: byPerson(
      await office.db.rows<Letter & { n: number }>(
        `select s.insured_no::int as n, n.state, n.slip_yen as slip, n.view,
           array_to_string(array(select jsonb_array_elements_text(n.view::jsonb->'slip'->'barcodeDigits')), '') as digits
         from notices n join insured s on s.id = n.insured_id where n.run_id = $1`,
        [runId],
      ),
    ),
    file: Object.fromEntries(file.map(({ n, status }) => [n, status])),
    history: byPerson(
      await office.db.rows<History & { n: number }>(
        `select s.insured_no::int as n, h.fee_yen as fee, h.designated_on as designated, h.prescription_restarts_on as restarts,
           h.prescribes_on as prescribes
         from tokusoku_history h join instalments i on i.id = h.instalment_id join insured s on s.id = i.insured_id where h.run_id = $1`,
        [runId],
      ),
    ),
  }
}

/** Every option of sheet 5.2 §2: its default, and another value, each by the step that uses it. */
describe('条例等の設定 through the steps', () => {
  let plain: World
  let other: World

  beforeAll(async () => {
    // feeYen of the sample: 100 for 納期限 ≤ 2026-03-31, else the default 0
    plain = await liveThrough([['minUnpaidYen', TOKUSOKU_OPTIONS.minUnpaidYen.default]])
    other = await liveThrough([
      ['designatedDays', 14],
      ['issueLimitDays', 30],
      ['minUnpaidYen', 1_000],
      ['slipIncludesEntaikin', true],
      ['slipDeadline', 'none'],
      ['lowMonths', 3],
      ['partPaidAt004', 'send'],
      ['waiveFeeIfPaidBeforeIssue', false],
      ['dvIndividualNotice', false],
      ['highAmountYen', 10_000],
      ['prescriptionYears', 5],
      ['prescriptionRestart', 'arrival'],
      ['tainoshaIncludesYuyo', false],
    ])
    await other.at.option('feeYen', 80, '2026-04-01')
    await other.at.option('entaikinRates', 30, '2026-01-01')
  })
  afterAll(async () => {
    await plain.at.office.close()
    await other.at.office.close()
  })

  test('designatedDays: 10 days from 8/20 → 8/31 (Mon); 14 days → 9/3', () => {
    expect([plain.designatedOn, plain.history[1]?.designated]).toEqual(['2026-08-31', '2026-08-31'])
    expect([other.designatedOn, other.history[1]?.designated]).toEqual(['2026-09-03', '2026-09-03'])
    expect(other.letters[1]?.view).toContain('令和8年9月3日')
  })

  test('issueLimitDays: 20 days → 発送期限 8/20 and F52-04 past it; 30 days → 8/30 and no reason needed until then', async () => {
    expect([plain.rows[1]?.limit, other.rows[1]?.limit]).toEqual(['2026-08-20', '2026-08-30'])
    await expect(plain.at.start({ issueOn: '2026-08-28' })).rejects.toMatchObject({ code: 'F52-04' })
    const runId = await other.at.start({ issueOn: '2026-08-28' })
    const { bench, clerks } = other.at
    await cancelRun(bench.deps, { runId, reason: 'テスト', user: clerks.kakaricho })
    await expect(other.at.start({ issueOn: '2026-08-31' })).rejects.toMatchObject({ code: 'F52-04' })
  })

  test('feeYen by 納期限: 0 by default, 100 until 2026-03-31; a run keeps the versions it started with', async () => {
    expect([plain.rows[1]?.fee, plain.rows[9]?.fee, plain.letters[9]?.slip]).toEqual([0n, 100n, 12_400n])
    // 80 from 2026-04-01 was put in force after the other run; the next one has it
    expect(other.rows[1]?.fee).toBe(0n)
    await other.at.load('kiwari', [instalment(1, { ...keyOf(1), 期別: '81' })])
    const runId = await other.at.start({ issueOn: '2026-08-28' })
    await other.at.step(runId, '001')
    const { fee } = await other.at.office.db.one<{ fee: bigint }>(
      `select d.fee_yen as fee from delinquent_rows d join worksheet_rows r using (worksheet_id, row_no) join instalments i on i.id = r.instalment_id
       join worksheets w on w.id = d.worksheet_id where w.run_id = $1 and i.period = '81'`,
      [runId],
    )
    expect(fee).toBe(80n)
  })

  test('entaikinRates: 2.8 % of 2026 as it is known; with 3.0 % recorded, 4.0 % from the next run on', async () => {
    // 660,000 × 20 days: 1,012 at 2.8 %; 28 days at 4.0 %: 2,025
    expect([plain.rows[5]?.entaikin, other.rows[5]?.entaikin]).toEqual([1_000n, 1_000n])
    await other.at.load('kiwari', [instalment(5, { ...keyOf(5), 期別: '82', 調定額: 660_000 })])
    const runId = await other.at.start({ issueOn: '2026-08-28' })
    await other.at.step(runId, '001')
    const { yen } = await other.at.office.db.one<{ yen: bigint }>(
      `select d.entaikin_yen as yen from delinquent_rows d join worksheet_rows r using (worksheet_id, row_no)
       join instalments i on i.id = r.instalment_id join worksheets w on w.id = d.worksheet_id
       where w.run_id = $1 and i.period = '82'`,
      [runId],
    )
    expect(yen).toBe(2_000n)
  })

  test('minUnpaidYen: 0 leaves nothing out; 1,000 leaves 999 out (A03)', () => {
    expect([plain.rows[7]?.verdict, plain.rows[7]?.reason]).toEqual(['対象', null])
    expect([other.rows[7]?.verdict, other.rows[7]?.reason]).toEqual(['除外', 'A03'])
  })

  test('noticeUnit: a letter for each 期割 unless the ordinance says person; nothing else can be recorded by mistake', async () => {
    expect(Object.keys(TOKUSOKU_OPTIONS.noticeUnit.choices)).toEqual(['instalment', 'person'])
    for (const { view } of Object.values(plain.letters)) expect(JSON.parse(view)).not.toHaveProperty('several')
    await plain.at.option('noticeUnit', 'household')
    await expect(plain.at.start({ issueOn: '2026-08-21', lateReason: LATE_REASON })).rejects.toThrow(/noticeUnit/)
    await plain.at.option('noticeUnit', 'instalment')
  })

  test('slipIncludesEntaikin: the slip without 延滞金; with it 1,000 more', () => {
    expect([plain.rows[5]?.entaikin, plain.letters[5]?.slip]).toEqual([1_000n, 660_000n])
    expect([other.rows[5]?.entaikin, other.letters[5]?.slip]).toEqual([1_000n, 661_000n])
  })

  test('slipDeadline: 支払期限 is the 指定期限; none is 999999 and 期限なし', () => {
    const digits = (world: World): string => (world.letters[1]?.digits ?? '').replaceAll(/\D/g, '')
    expect(digits(plain).slice(30, 36)).toBe('260831')
    expect(digits(other).slice(30, 36)).toBe('999999')
    expect(other.letters[1]?.view).toContain('期限なし')
  })

  test('lowMonths: #14 with one low month 6,500, with three 5,600', () => {
    expect([plain.rows[6]?.entaikin, other.rows[6]?.entaikin]).toEqual([6_500n, 5_600n])
  })

  test('partPaidAt004: pull proposes P02; send leaves the letter 対象', () => {
    expect([plain.partPaid, plain.letters[4]?.state]).toEqual([['要確認', 'P02'], 'pulled'])
    expect([other.partPaid, other.letters[4]?.state]).toEqual([['対象', null], 'dispatched'])
  })

  test('waiveFeeIfPaidBeforeIssue: 行違い costs no fee; without the option it does', () => {
    expect([plain.history[9]?.fee, other.history[9]?.fee]).toEqual([0n, 100n])
  })

  test('dvIndividualNotice: a 係長 may send individually; without the option the letter is U04', () => {
    expect([plain.letters[2]?.state, plain.unprintable[2]]).toEqual(['dispatched', undefined])
    expect([other.letters[2]?.state, other.unprintable[2]]).toEqual([undefined, 'U04'])
    const told = (dvIndividualNotice: boolean) => delinquentMarks.tellProtected?.({ dvIndividualNotice })
    expect(told(true)).toContain('「個別送付」の印刷ファイルに分けます')
    expect(told(false)).toContain('督促状は作れません')
  })

  test('highAmountYen: F-高 from 100,000; from 10,000', () => {
    const high = ({ rows }: World): number[] => [1, 5, 6, 7].filter((n) => rows[n]?.flags.includes('F-高') === true)
    expect(high(plain)).toEqual([5])
    expect(high(other)).toEqual([1, 5, 6])
  })

  test('prescriptionYears: 2024-07-31 is lapsed after two years (A10), not after five; the renewed clock runs as long', () => {
    expect([plain.rows[8]?.reason, plain.rows[8]?.prescribes]).toEqual(['A10', '2026-07-31'])
    expect([other.rows[8]?.verdict, other.rows[8]?.prescribes]).toEqual(['対象', '2029-07-31'])
    expect([plain.history[1]?.prescribes, other.history[1]?.prescribes]).toEqual(['2028-08-31', '2031-08-20'])
  })

  test('prescriptionRestart: the day after the 指定期限; the day after arrival', () => {
    expect([plain.history[1]?.restarts, other.history[1]?.restarts]).toEqual(['2026-09-01', '2026-08-21'])
  })

  test('tainoshaIncludesYuyo: 3 is told as 猶予; without the option not at all', () => {
    expect([plain.file[3], plain.file[1]]).toEqual(['猶予', '督促'])
    expect([other.file[3], other.file[1]]).toEqual([undefined, '督促'])
  })

  test('the books of both runs hold', async () => {
    for (const { at, runId } of [plain, other]) {
      const found = await checkRun(at.office.db, tokusoku.invariants ?? [], runId, at.office.clock.today())
      expect(found.filter(({ count }) => count > 0)).toEqual([])
    }
  })
})

describe('options about the run before and the print', () => {
  let at: TokusokuOffice

  beforeAll(async () => {
    at = await openTokusokuOffice()
    const numbers = [1, 2, 3, 4, 5, 6, 7]
    await at.load(
      'atena',
      numbers.map((n) => person(n)),
    )
    await at.load(
      'hihokensha',
      numbers.map((n) => insured(n)),
    )
    await at.load('kiwari', [
      ...[1, 2, 3].map((n) => instalment(n, { ...keyOf(n), 納期限: '2026-06-30' })),
      ...[4, 5, 6, 7].map((n) => instalment(n, { ...keyOf(n), 調定額: 660_000 })),
    ])
  })
  afterAll(() => at.office.close())

  const confirm = async (runId: string, form: object = {}): Promise<void> => {
    await at.step(runId, '001')
    await at.clerks.complete(runId, STEP['002'], form)
  }
  const alone = { includeCarriedOver: false }

  test('outlierCountPct: 3 → 4 (33 %) must be seen at 30, not at 50', async () => {
    await confirm(
      await at.start({ ...alone, dueOn: '2026-06-30', issueOn: '2026-08-20', lateReason: '処理の遅れのため' }),
    )
    const strict = await at.start(alone)
    await expect(confirm(strict)).rejects.toMatchObject({ code: 'TASK-010', params: { need: '見たことの確認' } })
    const { id } = await at.office.db.one<{ id: string }>(`select id from tasks where run_id = $1`, [strict])
    await at.decide(id, at.clerks.tantou, { acknowledged: ['outlierCount'] })
    await cancelRun(at.bench.deps, { runId: strict, reason: 'テスト', user: at.clerks.kakaricho })
    await at.option('outlierCountPct', 50)
    await at.option('entaikinPrint', 'none')
    await confirm(await at.start(alone))
  })

  test('entaikinPrint: none computes and prints no 延滞金', async () => {
    const { id: runId } = await at.office.db.one<{ id: string }>(
      `select id from runs where state = 'running' and params->>'dueOn' = '2026-07-31'`,
    )
    await at.step(runId, '003')
    const letters = await at.office.db.rows<{ entaikin: bigint; slip: bigint; view: string }>(
      `select entaikin_yen as entaikin, slip_yen as slip, view from notices where run_id = $1`,
      [runId],
    )
    expect(letters.map(({ entaikin, slip }) => [entaikin, slip])).toEqual(
      Array.from({ length: 4 }, () => [0n, 660_000n]),
    )
    for (const { view } of letters) expect(view).not.toContain('日現在')
  })
})
