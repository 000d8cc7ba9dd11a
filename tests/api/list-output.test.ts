import iconv from 'iconv-lite'
import { openDatabase } from '#db/database.ts'
import { fillReviewList, type ReviewList } from '#tools/bench/review-list.ts'
import { openTestApi, type TestApi } from '#tests/support/api.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

// Source: ux.md points 13, 14, 16.
const ROWS = 12_000

let api: TestApi
let list: ReviewList
let guarded: readonly { readonly insured_no: string; readonly row_no: number }[]

beforeAll(async () => {
  api = await openTestApi()
  const owner = openDatabase(api.office.ownerUrl)
  list = await fillReviewList(owner, ROWS)
  for (const [id, name, kana] of [
    [1, '=1+1', '@SUM(A1)'],
    [2, '髙橋 𠮷子', 'タカハシ ヨシコ'],
    [3, '見本 "二", 三', '-ミホン'],
  ])
    await owner.run(`update person_versions set name = $2, kana = $3 where person_id = $1`, [
      id ?? 0,
      name ?? '',
      kana ?? '',
    ])
  guarded = await owner.rows(
    `select s.insured_no, r.row_no from worksheet_rows r join insured s on s.id = r.insured_id
     join protections p on p.person_id = s.person_id where r.worksheet_id = $1`,
    [list.worksheetId],
  )
  await owner.close()
}, 120_000)
afterAll(async () => {
  await api.close()
})

const FEW = `filter=${encodeURIComponent(JSON.stringify({ rowNo: [1, 2, 3] }))}`

const csv = async (query = '') => {
  const reply = await api.call('tantou', 'GET', `/api/tasks/${list.taskId}/worksheet.csv${query}`)
  return { reply, bytes: reply.rawPayload, lines: reply.body.replace('\uFEFF', '').split('\r\n') }
}
const events = (what: string) =>
  api.office.db.rows<{ content: string; persons: number }>(
    `select payload::json ->> 'payload' as content, (select count(*)::int from audit_event_subjects x where x.event_id = e.id) as persons
     from audit_events e where kind = 'output' and payload::json -> 'payload' ->> 'what' = $1 order by id`,
    [what],
  )

describe('CSV of a review list', () => {
  it('is UTF-8 with its mark, holds every row but those under 抑止, and says so; each part is recorded before it leaves', async () => {
    const { reply, bytes, lines } = await csv()
    expect(reply.statusCode).toBe(200)
    expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]))
    expect(guarded.length).toBeGreaterThan(0)
    expect(lines).toHaveLength(1 + ROWS - guarded.length + 1 + 1) // head, rows, foot, the empty end
    expect(lines.at(-2)).toBe(`支援措置により${guarded.length}件を除いています`)
    for (const { insured_no: no } of guarded) expect(reply.body).not.toContain(`,${no},`)
    const parts = await events('CSV 確認の一覧')
    expect(parts.map(({ content }) => JSON.parse(content) as object)).toMatchObject([
      { count: 10_000, omitted: guarded.length, detail: { part: 1, parts: 2 } },
      { count: ROWS - guarded.length - 10_000, omitted: 0, detail: { part: 2, parts: 2 } },
    ])
    expect(parts[0]?.persons).toBeGreaterThan(7_900)
  })

  it('neutralises what a spreadsheet would run, and quotes what must be quoted', async () => {
    const { lines } = await csv(`?columns=rowNo,name,kana&sort=dueOn&${FEW}`)
    expect(lines[0]).toBe('行,氏名カナ,氏名')
    const line = (rowNo: number) => lines.find((one) => one.startsWith(`${rowNo},`))
    expect(line(1)).toBe("1,'@SUM(A1),'=1+1")
    expect(line(3)).toBe(`3,'-ミホン,"見本 ""二"", 三"`)
  })

  it('writes numbers with leading zeros plainly, or so that a spreadsheet keeps them', async () => {
    const plain = await csv(`?columns=insuredNo,unpaidYen&${FEW}`)
    expect(plain.lines[1]).toMatch(/^\d{8},\d+$/)
    const excel = await csv(`?columns=insuredNo,unpaidYen,tsuchishoNo&zeros=excel&${FEW}`)
    expect(excel.lines.find((one) => one.includes('0000000001'))).toMatch(/^"=""00000007""","=""0000000001""",\d+$/)
  })

  it('in CP932 writes 髙 as it is, and 〓 for what CP932 does not have', async () => {
    const { reply, bytes } = await csv(`?encoding=cp932&columns=rowNo,name&${FEW}`)
    expect(reply.headers['content-type']).toBe('text/csv; charset=Shift_JIS')
    const text = iconv.decode(bytes, 'cp932')
    expect(text.split('\r\n').find((one) => one.startsWith('2,'))).toBe('2,髙橋 〓子')
    expect(text.startsWith('行,氏名')).toBe(true)
  })

  it('follows filter and order, and refuses a column that is not there', async () => {
    const filter = encodeURIComponent(JSON.stringify({ verdict: ['要確認'] }))
    const { lines } = await csv(`?filter=${filter}&sort=-unpaidYen&columns=verdict,unpaidYen`)
    const yen = lines.slice(1, -1).flatMap((one) => (one.startsWith('要確認,') ? [Number(one.split(',')[1])] : []))
    expect(yen.length).toBeGreaterThan(100)
    expect(yen).toEqual(yen.toSorted((a, b) => b - a))
    expect((await csv('?columns=address')).reply.statusCode).toBe(400)
  })
})

describe('the list for paper', () => {
  const print = (body: object) => api.call('tantou', 'POST', `/api/tasks/${list.taskId}/worksheet/print`, body)

  it('names run, 基準日, who printed it when and where; without people under 抑止; and is recorded', async () => {
    const reply = await print({ filter: { rowNo: [1, 2, ...guarded.map((row) => row.row_no)] } })
    const body = reply.json<{ rows: { rowNo: number }[]; totals: { count: number } }>()
    expect(body).toMatchObject({
      runNumber: 'R8-52-0001',
      runTitle: '令和8年度 第1期 督促',
      asOf: '2026-08-12',
      version: 1,
      printedBy: '三枝 みのり',
      printedAt: '2026-08-14T00:00:00.000Z',
      omitted: guarded.length,
    })
    expect([body.rows.map(({ rowNo }) => rowNo).toSorted((a, b) => a - b), body.totals.count]).toEqual([[1, 2], 2])
    const [event] = await events('印刷 確認の一覧')
    expect(JSON.parse(event?.content ?? '')).toMatchObject({ count: 2, omitted: guarded.length })
    expect(event?.persons).toBe(2)
  })

  it('refuses what nobody can read on paper, and who may not take it out', async () => {
    const long = await print({})
    expect([long.statusCode, long.json<{ code: string }>().code]).toEqual([422, 'TASK-030'])
    expect((await api.call('kansa', 'POST', `/api/tasks/${list.taskId}/worksheet/print`, {})).statusCode).toBe(403)
  })
})
