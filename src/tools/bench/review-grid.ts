import { join } from 'node:path'
import { migrate } from '#db/migrate.ts'
import { openDatabase, type Database } from '#db/database.ts'
import { startPostgres } from '../postgres.ts'
import { openBenchApi, type BenchApi } from './bench-api.ts'
import { fillReviewList, type ReviewList } from './review-list.ts'
import type { BenchRow } from './row.ts'
import { median, percentile } from './statistics.ts'

const ROWS = 1_000_000
const MARKS = 5_000
const GOAL_MS = 300
/** One question in so many is asked of bare SQL too: it takes seconds. */
const COMPARED = 12

interface Question {
  readonly filter: Readonly<Record<string, readonly string[]>>
  readonly sort: string
  /** Where in the list: 0 its beginning, 1 its end. */
  readonly at: number
}

const FILTERS: readonly Question['filter'][] = [
  {},
  { verdict: ['要確認'] },
  { verdict: ['対象'] },
  { verdict: ['除外'] },
  { reason: ['A08'] },
  { reason: ['T10'] },
  { flag: ['F-高'] },
  { flag: ['F-同'] },
  { change: ['新しい', '額が変更'] },
  { dueOn: ['2026-07-31'] },
  { verdict: ['対象'], flag: ['F-初'], dueOn: ['2026-07-31', '2026-07-01'] },
]
const SORTS = ['', 'unpaidYen', '-unpaidYen', 'dueOn', '-daysLate', 'paymentMethod', '-change']

/** Every filter with every order at three places, well mixed and always the same. */
const questions = (): Question[] =>
  FILTERS.flatMap((filter) => SORTS.flatMap((sort) => [0, 0.5, 1].map((at) => ({ filter, sort, at }))))
    .map((question, index) => ({ question, key: (index * 7919) % 10_007 }))
    .toSorted((a, b) => a.key - b.key)
    .map(({ question }) => question)

interface Page {
  readonly rows: readonly { readonly rowNo: number; readonly unpaidYen: number }[]
  readonly totals: { readonly count: number; readonly people: number; readonly sums: Record<string, number> }
}

async function ask({ app, headers }: BenchApi, { taskId }: ReviewList, question: Question, offset: number) {
  const query = new URLSearchParams({
    filter: JSON.stringify(question.filter),
    sort: question.sort,
    limit: '50',
    offset: String(offset),
  })
  const startedAt = performance.now()
  const reply = await app.inject({ method: 'GET', url: `/api/tasks/${taskId}/worksheet?${query.toString()}`, headers })
  const ms = performance.now() - startedAt
  if (reply.statusCode !== 200) throw new Error(`${reply.statusCode} ${reply.body.slice(0, 300)}`)
  return { ms, page: reply.json<Page>() }
}

const COLUMN: Readonly<Record<string, string>> = {
  unpaidYen: 'd.unpaid_yen',
  dueOn: 'd.due_on',
  daysLate: 'd.days_late',
  paymentMethod: 'd.payment_method',
  change: 'd.change',
}

/** One statement for the page and one for the totals, on the same tables with the same indexes. */
async function askBare(db: Database, { worksheetId }: ReviewList, { filter, sort }: Question, offset: number) {
  const column = COLUMN[sort.replace('-', '')]
  const order =
    column === undefined
      ? 'r.row_no'
      : `${column} ${sort.startsWith('-') ? 'desc' : 'asc'} nulls last, r.row_no ${sort.startsWith('-') ? 'desc' : 'asc'}`
  const from = `from worksheet_rows r join delinquent_rows d using (worksheet_id, row_no) join instalments i on i.id = r.instalment_id
    join insured s on s.id = r.insured_id left join person_versions p on p.person_id = s.person_id and p.superseded_at is null and p.valid_to is null
    left join (select distinct on (row_no) * from worksheet_marks where worksheet_id = $1 and action <> 'note' order by row_no, id desc) m on m.row_no = r.row_no
    where r.worksheet_id = $1 and ($2::text[] is null or case m.action when 'exclude' then '除外' when 'include' then '対象' else r.verdict end = any($2))
      and ($3::text[] is null or coalesce(m.reason, r.reason) = any($3)) and ($4::text[] is null or r.flags && $4)
      and ($5::text[] is null or d.change = any($5)) and ($6::date[] is null or i.due_on = any($6))`
  const params = [
    worksheetId,
    filter['verdict'] ?? null,
    filter['reason'] ?? null,
    filter['flag'] ?? null,
    filter['change'] ?? null,
    filter['dueOn'] ?? null,
  ]
  const startedAt = performance.now()
  const rows = await db.rows<{ row_no: number }>(
    `select r.row_no, s.insured_no, p.name, d.* ${from} order by ${order} limit 50 offset ${offset}`,
    params,
  )
  const totals = await db.one<{ count: number; people: number; yen: bigint }>(
    `select count(*)::int as count, count(distinct r.insured_id)::int as people, coalesce(sum(d.unpaid_yen), 0)::bigint as yen ${from}`,
    params,
  )
  return { ms: performance.now() - startedAt, rows: rows.map((row) => row.row_no), totals }
}

/** 絞り込み・並べ替え・合計 of a review list by the product's own route, with its read event, against bare SQL. */
export const reviewGrid: BenchRow = {
  name: 'review-grid',
  what: '確認の一覧100万行の絞り込み・並べ替え・合計',
  goal: `p95 ${GOAL_MS} ms 未満`,
  async run({ folder, scale, log }) {
    const server = await startPostgres({ dataDir: join(folder, 'postgres') })
    try {
      await migrate(server.ownerUrl())
      const owner = openDatabase(server.ownerUrl())
      const rows = Math.ceil(ROWS * scale)
      const list = await fillReviewList(owner, rows)
      const api = await openBenchApi(server.appUrl('koki'), folder)
      try {
        await owner.run(
          `insert into worksheet_marks (worksheet_id, row_no, action, reason, task_id, user_id, at)
           select $1, 1 + (n * 199) % $3, case when n % 3 = 0 then 'include' else 'exclude' end, case when n % 3 > 0 then 'T10' end, $2,
             (select min(id) from users), now() from generate_series(1, $4::int) n`,
          [list.worksheetId, list.taskId, rows, Math.ceil(MARKS * scale)],
        )
        const first = await ask(api, list, { filter: {}, sort: '', at: 0 }, 0)
        log(`first look with packing ${(first.ms / 1000).toFixed(1)} s`)
        const { size } = await owner.one<{ size: string }>(
          `select pg_size_pretty(sum(length(bytes))) as size from worksheet_packs`,
        )
        const times: number[] = []
        const shared: { readonly ours: number; readonly bare: number }[] = []
        for (const [index, question] of questions().entries()) {
          const { page } = await ask(api, list, question, 0)
          const offset = Math.max(0, Math.floor((page.totals.count - 50) * question.at))
          const { ms, page: far } = await ask(api, list, question, offset)
          times.push(ms)
          if (index % COMPARED !== 0) continue
          const bare = await askBare(owner, list, question, offset)
          const said = [bare.totals.count, bare.totals.people, Number(bare.totals.yen)]
          const ours = [far.totals.count, far.totals.people, far.totals.sums['unpaidYen']]
          if (String(said) !== String(ours)) throw new Error(`totals differ: ${String(said)} / ${String(ours)}`)
          const numbers = far.rows.map(({ rowNo }) => rowNo)
          if (question.sort !== '' && String(bare.rows) !== String(numbers))
            throw new Error(`rows differ: ${JSON.stringify(question)}`)
          shared.push({ ours: ms, bare: bare.ms })
        }
        const p95 = percentile(times, 0.95)
        const ratio = median(shared.map(({ ours }) => ours)) / median(shared.map(({ bare }) => bare))
        return {
          measured: `中央値 ${median(times).toFixed(0)} ms、p95 ${p95.toFixed(0)} ms、最大 ${Math.max(...times).toFixed(0)} ms、素のSQLの${ratio.toFixed(3)}倍`,
          isMet: p95 < GOAL_MS,
          conditions: `${rows} 行、印 ${Math.ceil(MARKS * scale)}、${times.length} 問(先頭・中ほど・末尾)、APIの経路で閲覧の記録も書く、${shared.length} 問は素のSQLと行・合計が一致、索引の写し ${size}、作るのに ${(first.ms / 1000).toFixed(1)} s`,
        }
      } finally {
        await api.close()
        await owner.close()
      }
    } finally {
      await server.stop()
    }
  },
}
