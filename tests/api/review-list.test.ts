import { openDatabase, type Database } from '#db/database.ts'
import type { WorksheetFilter } from '#runtime/worksheet/facets.ts'
import { readWorksheet, type WorksheetSort } from '#runtime/worksheet/read.ts'
import { worksheetHash } from '#runtime/worksheet/hash.ts'
import { rowsAt } from '#runtime/worksheet/places.ts'
import { fillReviewList, type ReviewList } from '#tools/bench/review-list.ts'
import { delinquentList } from '#workers/5-2-tokusoku/lists/delinquents.ts'
import { cloneDatabase, type TestDatabase } from '#tests/support/database.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const ROWS = 4_000
const TODAY = '2026-08-14'

let base: TestDatabase
let db: Database
let list: ReviewList
let user: bigint

beforeAll(async () => {
  base = await cloneDatabase()
  const owner = openDatabase(base.ownerUrl)
  list = await fillReviewList(owner, ROWS)
  const { id } = await owner.one<{ id: bigint }>(`insert into staff (name) values ('見本 担当') returning id`)
  user = (
    await owner.one<{ id: bigint }>(
      `insert into users (staff_id, login, created_at) values ($1, 'tantou', now()) returning id`,
      [id],
    )
  ).id
  await owner.close()
  db = openDatabase(base.appUrl)
}, 120_000)
afterAll(async () => {
  await db.close()
  await base.drop()
})

/** Each person once: 対象 if any of their rows is, else 要確認, else 除外. */
function peopleIn(rows: readonly { readonly insured_id: bigint; readonly verdict: string }[]) {
  const verdicts = [...Map.groupBy(rows, (row) => row.insured_id).values()].map((own) => own.map((row) => row.verdict))
  const target = verdicts.filter((own) => own.includes('対象')).length
  const review = verdicts.filter((own) => own.includes('要確認') && !own.includes('対象')).length
  return { all: verdicts.length, target, review }
}

/** The same question asked plainly of the tables. */
async function plainly(filter: WorksheetFilter) {
  const rows = await db.rows<{ row_no: number; insured_id: bigint; unpaid_yen: bigint; verdict: string; key: number }>(
    `select x.*, row_number() over (order by place) as key from (
       select r.row_no, r.insured_id, d.unpaid_yen, s.insured_no, i.fuka_year, i.period,
         case m.action when 'exclude' then '除外' when 'include' then '対象' else r.verdict end as verdict,
         coalesce(m.reason, r.reason) as reason, r.flags, d.change, i.due_on, p.kana_folded,
         row_number() over (order by case r.verdict when '要確認' then 0 when '対象' then
           case when r.flags && array['F-高','F-初','F-併','F-転','F-宛'] then 1 else 2 end else 3 end, s.insured_no, i.fuka_year, i.period, r.row_no) as place
       from worksheet_rows r join delinquent_rows d using (worksheet_id, row_no) join instalments i on i.id = r.instalment_id
       join insured s on s.id = r.insured_id join person_versions p on p.person_id = s.person_id
       left join lateral (select * from worksheet_marks k where k.worksheet_id = r.worksheet_id and k.row_no = r.row_no
         and k.action <> 'note' order by id desc limit 1) m on true where r.worksheet_id = $1) x
     where ($2::text[] is null or verdict = any($2)) and ($3::text[] is null or reason = any($3)) and ($4::text[] is null or flags && $4)
       and ($5::text[] is null or change = any($5)) and ($6::date[] is null or due_on = any($6)) and ($7::text is null or kana_folded like $7 || '%')
     order by place`,
    [
      list.worksheetId,
      filter.verdict ?? null,
      filter.reason ?? null,
      filter.flag ?? null,
      filter.change ?? null,
      filter.dueOn ?? null,
      filter.text ?? null,
    ],
  )
  return {
    rows: rows.map((row) => row.row_no),
    unpaid: new Map(rows.map((row) => [row.row_no, row.unpaid_yen])),
    people: peopleIn(rows),
    yen: rows.reduce((sum, row) => sum + row.unpaid_yen, 0n),
    byVerdict: Object.fromEntries(
      [...Map.groupBy(rows, ({ verdict }) => verdict)].map(([verdict, group]) => [verdict, group.length]),
    ),
  }
}

const ask = (filter: WorksheetFilter, sort: WorksheetSort | null = null, offset = 0, limit = 50) =>
  db.tx((tx) =>
    readWorksheet(tx, delinquentList, { worksheetId: list.worksheetId, filter, sort, offset, limit, today: TODAY }),
  )

const mark = (rows: readonly number[], action: 'exclude' | 'include' | 'note', reason: string | null) =>
  db.tx((tx) =>
    tx.run(
      `insert into worksheet_marks (worksheet_id, row_no, action, reason, note, task_id, user_id, at)
       select $1, row_no, $3, $4, case when $3 = 'note' then 'メモ' end, $5, $6, now() from unnest($2::int[]) row_no`,
      [list.worksheetId, rows, action, reason, list.taskId, user],
    ),
  )

const FILTERS: readonly WorksheetFilter[] = [
  {},
  { verdict: ['要確認'] },
  { verdict: ['対象'], flag: ['F-初', 'F-高'] },
  { verdict: ['除外'], reason: ['T10', 'A01'] },
  { reason: ['A08'] },
  { change: ['新しい', '額が変更'] },
  { dueOn: ['2026-07-31', '2026-04-02'] },
  { text: 'ミホン12' },
  { text: 'ミホン12', verdict: ['除外'] },
  { verdict: ['要確認'], dueOn: ['2001-01-01'] },
]

/** Rows, people, yen and 判定 of each filter agree with the plain question, on the first page and far down. */
async function expectAgreement(): Promise<void> {
  for (const filter of FILTERS) {
    const wanted = await plainly(filter)
    const at = Math.max(0, wanted.rows.length - 30)
    const [first, far] = [await ask(filter), await ask(filter, null, at)]
    expect(
      first.rows.map(({ rowNo }) => rowNo),
      JSON.stringify(filter),
    ).toEqual(wanted.rows.slice(0, 50))
    expect(far.rows.map(({ rowNo }) => rowNo)).toEqual(wanted.rows.slice(at, at + 50))
    expect([first.totals.count, first.totals.people, first.totals.sums['unpaidYen']]).toEqual([
      wanted.rows.length,
      wanted.people,
      wanted.yen,
    ])
    expect(Object.fromEntries(first.totals.byVerdict.map(({ verdict, count }) => [verdict, count]))).toEqual(
      wanted.byVerdict,
    )
    const sorted = await ask(filter, { column: 'unpaidYen', descending: true })
    const yen = [...wanted.rows].map((row) => wanted.unpaid.get(row) ?? 0n).toSorted((a, b) => (a < b ? 1 : -1))
    expect(sorted.rows.map((row) => row.yen)).toEqual(yen.slice(0, 50))
  }
}

describe('a review list from its packs', () => {
  it('answers filters, orders, far rows and totals as the tables do', expectAgreement, 60_000)

  it('follows marks: excluded, included again, excluded for another reason, memos', async () => {
    const undecided = (await plainly({ verdict: ['要確認'] })).rows
    await mark(undecided.slice(0, 20), 'include', null)
    await mark(undecided.slice(10, 30), 'exclude', 'T10')
    await expectAgreement()
    await mark((await plainly({ dueOn: ['2026-07-31'] })).rows, 'exclude', 'T13')
    await mark(undecided.slice(0, 5), 'note', null)
    await expectAgreement()
    const { hash, overall, count } = await ask({})
    expect(hash).toBe(await worksheetHash(db, list.worksheetId))
    expect([overall.count, count]).toEqual([ROWS, ROWS])
  }, 60_000)

  it('keeps a marked row in its place', async () => {
    const before = (await ask({})).rows.map(({ rowNo }) => rowNo)
    await mark(before.slice(0, 3), 'exclude', 'T16')
    const after = await ask({})
    expect(after.rows.map(({ rowNo }) => rowNo)).toEqual(before)
    expect(after.rows.slice(0, 3).map(({ verdict, markReason }) => [verdict, markReason])).toEqual(
      Array.from({ length: 3 }, () => ['除外', 'T16']),
    )
  })

  it('knows nothing of marks that were rolled back', async () => {
    const before = await ask({})
    const gone = db.tx(async (tx) => {
      await tx.run(
        `insert into worksheet_marks (worksheet_id, row_no, action, reason, task_id, user_id, at) values ($1, 77, 'exclude', 'T16', $2, $3, now())`,
        [list.worksheetId, list.taskId, user],
      )
      const seen = await readWorksheet(tx, delinquentList, {
        worksheetId: list.worksheetId,
        filter: { rowNo: [77] },
        sort: null,
        offset: 0,
        limit: 1,
        today: TODAY,
      })
      expect(seen.rows[0]?.verdict).toBe('除外')
      throw new Error('rolled back')
    })
    await expect(gone).rejects.toThrow('rolled back')
    expect((await ask({})).overall).toEqual(before.overall)
    await mark([78], 'exclude', 'T16')
    await expectAgreement()
  }, 60_000)

  it('stands empty values last, whichever way one sorts; a column that cannot be sorted is refused', async () => {
    const order = { rows: Int32Array.of(3, 1, 4, 2), empty: 2 }
    const standing = {
      marks: 0,
      through: 0n,
      hash: '',
      buckets: [],
      people: new Map(),
      bucketOf: new Int32Array(4),
    }
    const shown = { buckets: Uint8Array.of(1), rows: null }
    const at = (descending: boolean, offset = 0, limit = 9) => [
      ...rowsAt(standing, shown, order, { descending, offset, limit, count: 4 }),
    ]
    expect([at(false), at(true)]).toEqual([
      [3, 1, 4, 2],
      [1, 3, 4, 2],
    ])
    // from the end
    expect([at(false, 2, 1), at(true, 1, 2), at(true, 3), at(true, 4)]).toEqual([[4], [3, 4], [2], []])
    await expect(ask({}, { column: 'previousUnpaidYen', descending: false })).rejects.toThrow(RangeError)
  })
})
