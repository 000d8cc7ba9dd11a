import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDatabase, type Database, type Tx } from '#db/database.ts'
import { claimTask, unclaimTask } from '#runtime/human.ts'
import { refreshTask } from '#runtime/refresh-task.ts'
import { checkRun } from '#runtime/check-run.ts'
import { tokusoku } from '#workers/5-2-tokusoku/index.ts'
import { instalment, receipt } from '../../support/office-facts.ts'
import {
  atena,
  keyOf,
  LATE_REASON,
  oldKeyOf,
  openTokusokuOffice,
  STEP,
  type TokusokuOffice,
} from '../../support/tokusoku-office.ts'

const invariants = tokusoku.invariants ?? []
const PEOPLE = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
const key = (n: number) => (n === 6 || n === 7 ? oldKeyOf(n) : keyOf(n))

/** Sheet 5.2 §7: a whole run in which everything happens at least once, then each of its books broken on purpose. */
describe('the fourteen invariants of a run', () => {
  let at: TokusokuOffice
  let owner: Database
  let runId: string
  /** Invariants that did not hold somewhere on the way, by where. */
  const onTheWay: Record<string, number[]> = {}

  beforeAll(async () => {
    at = await openTokusokuOffice()
    owner = openDatabase(at.office.ownerUrl)
    const { bench, clerks, office } = at
    // 1, 10 plain · 2 抑止, sent individually · 3 猶予 · 4 pays after 003 · 5 pays a part, sent all the same · 6, 7 with a fee,
    // 7 pays while the letter leaves · 8 excluded by hand · 9 pays before the print file is fetched
    await at.people(PEOPLE, (n) => (n === 6 || n === 7 ? { ...oldKeyOf(n), 納期限: '2026-03-31' } : keyOf(n)))
    await at.load('yokushi', [{ 宛名番号: atena(2), 措置区分: '本', 開始日: '2026-04-01', 満了予定日: '2027-03-31' }])
    const address = { 郵便番号: '0000099', 住所: 'みほん市支援センター気付', 開始日: '2026-04-01' }
    await at.load('soufusaki', [{ 宛名番号: atena(2), 送付先区分: '代理', 氏名: '見本 代理', ...address }])
    await at.load('yuyo', [{ ...key(3), 猶予開始日: '2026-07-01', 猶予終了日: '2026-12-31', 決定番号: 'Y1' }])
    runId = await at.start({ lateReason: LATE_REASON })
    const look = async (where: string): Promise<void> => void (onTheWay[where] = await brokenOf(office.db))
    await look('start')
    await at.step(runId, '001')
    await look('001')
    const at002 = await at.open(runId, '002')
    await claimTask(bench.deps, { taskId: at002, user: clerks.kakaricho })
    await clerks.mark(at002, clerks.kakaricho, [2], 'include')
    await clerks.mark(at002, clerks.kakaricho, [8], 'exclude', { reason: 'T10', followUpOn: '2026-09-01' as never })
    await unclaimTask(bench.deps, { taskId: at002, user: clerks.kakaricho })
    await claimTask(bench.deps, { taskId: at002, user: clerks.tantou })
    await at.decide(at002, clerks.tantou, {})
    await look('002')
    await at.step(runId, '003')
    await look('003')
    const at004 = await at.open(runId, '004')
    await at.load('shuno', [
      receipt({ ...key(4), 領収日: '2026-08-13' }),
      receipt({ ...key(5), 収納額: 300, 領収日: '2026-08-13' }),
    ])
    await claimTask(bench.deps, { taskId: at004, user: clerks.tantou })
    await refreshTask(bench.deps, { taskId: at004, user: clerks.tantou })
    await clerks.mark(at004, clerks.tantou, [4], 'pull', { reason: 'P01' })
    await clerks.mark(at004, clerks.tantou, [5], 'unpull')
    await unclaimTask(bench.deps, { taskId: at004, user: clerks.tantou })
    await clerks.release(at004)
    await look('004')
    await at.step(runId, 'E2')
    await look('E2')
    await at.load('shuno', [receipt({ ...key(9), 領収日: '2026-08-14' })])
    const { id } = await office.db.one<{ id: string }>(
      `select id from print_files where run_id = $1 and not is_individual`,
      [runId],
    )
    await expect(tokusoku.openDocument?.(bench.deps, `print-${id}`)).rejects.toMatchObject({ code: 'F52-18' })
    await at.step(runId, '005')
    const at006 = await at.open(runId, '006')
    await claimTask(bench.deps, { taskId: at006, user: clerks.kakaricho })
    await clerks.mark(at006, clerks.kakaricho, [2], 'exclude')
    await at.decide(at006, clerks.kakaricho, { sentOn: '2026-08-14', sentBy: '1' })
    await look('006')
    office.clock.set('2026-08-21T00:00:00.000Z')
    await at.load('shuno', [receipt({ ...key(7), 領収日: '2026-08-20', 収納日: '2026-08-21' })])
    await clerks.complete(runId, STEP['007'], { issuedOn: '2026-08-20', dispatchedCount: 6, method: '1' })
    await office.db.run(`update runs set state = 'finished', outcome = '督促発送済' where id = $1`, [runId])
  })
  afterAll(async () => {
    await owner.close()
    await at.office.close()
  })

  const brokenOf = async (db: Pick<Database, 'tx'>): Promise<number[]> =>
    (await checkRun(db, invariants, runId, at.office.clock.today()))
      .filter(({ count }) => count > 0)
      .map(({ number }) => number)

  /** Breaks the books as only their owner could, tells which invariants say so, and mends them. */
  async function whenBroken(statement: string): Promise<number[]> {
    let found: number[] = []
    const inside = (tx: Tx): Pick<Database, 'tx'> => ({
      tx: (work) =>
        work({
          ...tx,
          run: (sql, params) =>
            typeof sql === 'string' && sql.startsWith('set ') ? Promise.resolve(0) : tx.run(sql, params),
        }),
    })
    await expect(
      owner.tx(async (tx) => {
        for (const table of [
          'postings',
          'movements',
          'worksheet_rows',
          'worksheet_marks',
          'worksheet_reviews',
          'audit_events',
          'audit_event_subjects',
        ])
          await tx.run(`alter table ${table} disable trigger user`)
        expect(await tx.run(statement.replaceAll(':run', `'${runId}'`))).toBeGreaterThan(0)
        found = await brokenOf(inside(tx))
        throw new Error('mended')
      }),
    ).rejects.toThrow('mended')
    return found
  }

  test('are the fourteen of the sheet, in its numbers', () => {
    expect(invariants.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14])
  })

  test('hold at every stage on the way', () => {
    expect(onTheWay).toEqual({ start: [], '001': [], '002': [], '003': [], '004': [], E2: [], '006': [] })
  })

  test('hold for the whole run', async () => {
    const states = await at.states(runId)
    expect(states).toEqual({
      1: 'dispatched',
      2: 'dispatched',
      4: 'pulled',
      5: 'dispatched',
      6: 'dispatched',
      7: 'dispatched',
      9: 'pulled',
      10: 'dispatched',
    })
    expect(
      await at.office.db.rows(
        `select fee_yen as fee, count(*)::int as n from tokusoku_history where run_id = $1 group by 1 order by 1`,
        [runId],
      ),
    ).toEqual([
      { fee: 0n, n: 5 },
      { fee: 100n, n: 1 },
    ])
    expect(await brokenOf(at.office.db)).toEqual([])
  })

  test('hold also when money, people and 期割 of later days have come', async () => {
    await at.load('shuno', [receipt({ ...key(1), 領収日: '2026-08-11', 収納日: '2026-08-21' })])
    await at.load('yokushi', [{ 宛名番号: atena(10), 措置区分: '仮', 開始日: '2026-08-14' }])
    await at.load('kiwari', [instalment(10, keyOf(10, { 期別: '81', 納期限: '2026-07-31' }))])
    expect(await brokenOf(at.office.db)).toEqual([])
  })

  const person = (n: number): string =>
    `(select i.id from instalments i join insured s on s.id = i.insured_id where s.insured_no = '${String(n).padStart(8, '0')}' order by i.id limit 1)`
  const rowOf = (n: number, kind = 'delinquents'): string =>
    `worksheet_id = (select max(id) from worksheets where run_id = :run and kind = '${kind}' and state = 'ready')
     and row_no = (select r.row_no from worksheet_rows r where r.instalment_id = ${person(n)}
       and r.worksheet_id = (select max(id) from worksheets where run_id = :run and kind = '${kind}' and state = 'ready'))`

  test.each<[number, string, string]>([
    [
      1,
      '期割 that was there and is not on the list',
      `with gone as (insert into instalments (fuka_year, chotei_year, tsuchisho_no, period, method, insured_id, due_on, recorded_at)
         select fuka_year, chotei_year, tsuchisho_no, '99', method, insured_id, due_on, recorded_at from instalments where id = ${person(1)} returning id)
       insert into movements (posting_number, component, credit_account, debit_account, debit_instalment_id, yen)
       select 1, 'P', '調定', '調定', id, 500 from gone`,
    ],
    [
      2,
      'a second 督促 of one 期割',
      `insert into tokusoku_history (instalment_id, issued_on, designated_on, recorded_at)
       select ${person(1)}, '2026-09-01', '2026-09-11', now()`,
    ],
    [
      3,
      'a letter that left without history',
      `delete from tokusoku_history where run_id = :run and instalment_id = ${person(10)}`,
    ],
    [
      3,
      'a history whose letter has not left',
      `update notices set state = 'pulled', dispatched_on = null where run_id = :run and instalment_id = ${person(1)}`,
    ],
    [4, 'an undecided row', `update worksheet_rows set verdict = '要確認' where ${rowOf(10)}`],
    [
      5,
      'a 督促 under 猶予, also as another reason',
      `update worksheet_rows set other_reasons = '{A01}' where ${rowOf(10)}`,
    ],
    [5, 'a 督促 after 時効', `update worksheet_rows set reason = 'A10' where ${rowOf(10)}`],
    [
      6,
      'a printed amount that nobody owed',
      `update notices set printed_unpaid_yen = 12301 where run_id = :run and instalment_id = ${person(10)}`,
    ],
    [
      6,
      'a declined proposal that nobody declined',
      `update worksheet_marks m set action = 'note' from worksheets w where w.id = m.worksheet_id and w.run_id = :run and w.kind = 'notice-check' and m.action = 'unpull'`,
    ],
    [
      7,
      'a 指定期限 within ten days',
      `update tokusoku_history set designated_on = '2026-08-28' where run_id = :run and instalment_id = ${person(10)}`,
    ],
    [
      7,
      'a 指定期限 on a Sunday',
      `update tokusoku_history set designated_on = '2026-09-06' where run_id = :run and instalment_id = ${person(10)}`,
    ],
    [
      7,
      'a 指定期限 on a 祝日',
      `update tokusoku_history set designated_on = '2026-09-22' where run_id = :run and instalment_id = ${person(10)}`,
    ],
    [
      8,
      'a release by who completed 002',
      `update worksheet_reviews set decided_by = (select id from users where login = 'tantou')
       where worksheet_id in (select id from worksheets where run_id = :run and kind = 'notice-check')`,
    ],
    [
      8,
      'a release by who proposed it',
      `update worksheet_reviews set decided_by = proposed_by where proposed_by is not null`,
    ],
    [
      9,
      'a fee that was not posted',
      `update tokusoku_history set fee_yen = 200 where run_id = :run and instalment_id = ${person(6)}`,
    ],
    [
      9,
      'a fee that fell away without 行違い',
      `with free as (update tokusoku_history set fee_yen = 0, fee_posting = null where run_id = :run and instalment_id = ${person(6)} returning id)
       update postings set cause_run_id = null, cause_decision = '見本' where cause_run_id = :run and (select count(*) from free) = 1`,
    ],
    [
      9,
      'a waiver that the option does not know',
      `update runs set options = '{"versions": [{"name": "waiveFeeIfPaidBeforeIssue", "value": false, "validFrom": "2020-04-01"}]}' where id = :run`,
    ],
    [
      10,
      'a protected person in a bulk file',
      `update print_files set is_individual = false where run_id = :run and is_individual`,
    ],
    [
      11,
      'letters out of order',
      `update print_file_notices set position = -position where print_file_id in (select id from print_files where run_id = :run)`,
    ],
    [
      11,
      'more than 500 letters',
      `with more as (update print_files set notice_count = 1001 where run_id = :run and is_individual returning id)
       insert into print_file_notices (print_file_id, position, notice_id)
       select p.print_file_id, n, p.notice_id from more join print_file_notices p on p.print_file_id = more.id, generate_series(1000, 1999) n`,
    ],
    [
      12,
      'a line that the list does not have',
      `update tainosha_files set line_count = line_count + 1 where run_id = :run`,
    ],
    [12, 'another sum', `update tainosha_files set sum_yen = sum_yen - 1 where run_id = :run`],
    [12, 'a row that became neither', `delete from tainosha_rows where ${rowOf(8, 'tainosha')}`],
    [
      13,
      'a run that wrote principal',
      `with new as (insert into postings (number, kind, cause_run_id, booked_on, fiscal_year, posted_at)
         values (999, '訂正', :run, '2026-08-21', 2026, '2026-08-21T00:00:00Z') returning number)
       insert into movements (posting_number, component, credit_account, debit_account, debit_instalment_id, yen)
       select number, 'P', '収納:窓口', '収納:窓口', ${person(8)}, 1 from new`,
    ],
    [
      14,
      'a mark that nobody told',
      `with unsealed as (delete from audit_unsealed), people as (delete from audit_event_subjects)
       delete from audit_events where run_id = :run and kind = 'rows-marked'`,
    ],
    [
      14,
      'a step that nobody told',
      `with unsealed as (delete from audit_unsealed) delete from audit_events where run_id = :run and kind = 'task-released'`,
    ],
    [
      14,
      'a print file replaced in silence',
      `with unsealed as (delete from audit_unsealed) delete from audit_events where run_id = :run and kind = 'print-file-replaced'`,
    ],
    [
      14,
      'a list built again in silence',
      `with unsealed as (delete from audit_unsealed) delete from audit_events where run_id = :run and kind = 'task-refreshed'`,
    ],
  ])('%i is the one that finds %s', async (number, _, statement) => {
    if (number === 2) {
      await owner.run(`drop index tokusoku_history_once`)
      expect(await whenBroken(statement)).toEqual([2])
      await owner.run(
        `create unique index tokusoku_history_once on tokusoku_history (instalment_id) where cancelled_on is null`,
      )
    } else expect(await whenBroken(statement)).toEqual([number])
  })
})
