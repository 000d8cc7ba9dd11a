import { join } from 'node:path'
import { issueToken } from '#access/tokens.ts'
import { SYSTEM } from '#audit/events.ts'
import { openDatabase, type Database } from '#db/database.ts'
import { migrate } from '#db/migrate.ts'
import { startClockAt } from '#runtime/system-clock.ts'
import { startPostgres } from '../postgres.ts'
import { SAMPLE_DAY } from '../sample/first-sample.ts'
import { startApi } from './api-process.ts'
import { askTogether, type Ask } from './load.ts'
import { BENCH_CLOCK } from './office.ts'
import type { BenchRow } from './row.ts'
import { percentile } from './statistics.ts'
import { fillTaskOffice } from './task-list-data.ts'

const TASKS = 100_000
const USERS = 50
const ROUNDS = 4
const PAGE = 50
/** Between two questions of one person who is quick. */
const PAUSE_MS = 1_000
const LIST_MS = 200
const COUNTS_MS = 50

const list = (kind: string, query: string): Ask => ({
  kind,
  method: 'GET',
  path: `/api/tasks?limit=${PAGE}${query}`,
})
const search = (kind: string, text: string): Ask => ({
  kind,
  method: 'POST',
  path: '/api/tasks/search',
  body: { text, limit: PAGE },
})

/** What people ask the list for; `n` makes each ask for something else. */
const listAsks = (n: number): readonly Ask[] => [
  list('自分ができる作業', '&view=can&sort=dueOn'),
  list('金額の多い順', '&view=all&sort=-yen'),
  list('業務フロー', `&flow=5-2-tokusoku&sort=dueOn&offset=${(n % 4) * PAGE}`),
  list('期限超過', '&urgency=overdue&sort=runNumber'),
  list('金額の幅', `&yenFrom=${100_000 + n * 500}&yenTo=${150_000 + n * 500}&sort=dueOn`),
  list('年度と納期限', `&fiscalYear=2026&levyDueOn=${SAMPLE_DAY}&sort=-count`),
  list('自分の作業', '&assignee=me&sort=dueOn'),
  list('処理番号', `&runNumber=R8-0${n % 10}-00&sort=dueOn`),
  search('被保険者番号', String(1 + n * 37).padStart(8, '0')),
  search('氏名カナ', `みほん${100 + n}`),
]

/** 作業一覧 with 100,000 open tasks: 50 people who all ask at once, again and again without a pause. */
export const taskList: BenchRow = {
  name: 'task-list',
  what: '作業一覧(未完了10万件、50人が同時)',
  goal: `一覧 p95 ${LIST_MS} ms 未満、件数 p95 ${COUNTS_MS} ms 未満`,
  async run({ folder, scale, log }) {
    const tasks = Math.ceil(TASKS * scale)
    const server = await startPostgres({ dataDir: join(folder, 'postgres') })
    try {
      await migrate(server.ownerUrl())
      await fillTaskOffice(server.ownerUrl(), { tasks, users: USERS, today: SAMPLE_DAY })
      const db = openDatabase(server.appUrl(), { max: 24 })
      const tokens = await tokensOf(db)
      const clockFile = join(folder, 'clock.json')
      startClockAt(clockFile, SAMPLE_DAY)
      const api = await startApi(server.appUrl(), join(folder, 'data'), clockFile)
      try {
        const users = (asks: (n: number) => readonly Ask[], rounds: number) =>
          tokens.map((token, n) => ({
            token,
            // everybody begins somewhere else
            asks: Array.from({ length: rounds }, () => asks(n)).flatMap((all) => [
              ...all.slice(n % all.length),
              ...all.slice(0, n % all.length),
            ]),
          }))
        const counts = (): readonly Ask[] => [{ kind: '件数', method: 'GET', path: '/api/tasks/counts' }]
        await askTogether(api.port, users(listAsks, 1)) // the first of everything is compiled and read from disk
        const lists = await askTogether(api.port, users(listAsks, ROUNDS))
        const counted = await askTogether(api.port, users(counts, ROUNDS * 10))
        const calm = await askTogether(
          api.port,
          users((n) => [...listAsks(n), ...counts()], 1),
          PAUSE_MS,
        )
        const bare = await bareSelects(db)
        for (const [kind, times] of lists) log(`${kind}: ${figures(times)}`)
        const all = [...lists.values()].flat()
        const countTimes = counted.get('件数') ?? []
        log(`件数: ${figures(countTimes)}`)
        log(`素の SELECT(同じ索引): ${figures(bare)}`)
        const calmCounts = calm.get('件数') ?? []
        const calmLists = [...calm].flatMap(([kind, times]) => (kind === '件数' ? [] : times))
        const [listP95, countP95] = [percentile(all, 0.95), percentile(countTimes, 0.95)]
        const ratio = (percentile(all, 0.5) / percentile(bare, 0.5)).toFixed(1)
        return {
          measured: `一覧 ${figures(all)}、件数 ${figures(countTimes)}、素の SELECT ${figures(bare)}(中央値の比 ${ratio})。50人が${PAUSE_MS / 1000}秒ごとに問い合わせるとき: 一覧 ${figures(calmLists)}、件数 ${figures(calmCounts)}`,
          isMet: listP95 < LIST_MS && countP95 < COUNTS_MS,
          conditions: `未完了 ${tasks} 件、${USERS}人が間をおかずに続けて問合せ、1頁 ${PAGE} 件、絞り込み・並べ替え・検索 ${listAsks(0).length}種、サーバー・DB・測る側が同じ機械`,
        }
      } finally {
        await api.stop()
        await db.close()
      }
    } finally {
      await server.stop()
    }
  },
}

const figures = (times: readonly number[]): string =>
  `p50 ${percentile(times, 0.5).toFixed(0)} / p95 ${percentile(times, 0.95).toFixed(0)} ms`

async function tokensOf(db: Database): Promise<string[]> {
  const tokens: string[] = []
  for (let n = 1; n <= USERS; n += 1) {
    const request = { login: `bench${n}`, ttlMs: 3_600_000, actor: SYSTEM }
    tokens.push((await issueToken({ db, clock: BENCH_CLOCK, machineNow: () => new Date() }, request)).token)
  }
  return tokens
}

/** The baseline: the rows of a page by the same index, by as many askers, with nothing around it. */
async function bareSelects(db: Database): Promise<number[]> {
  const times: number[] = []
  await Promise.all(
    Array.from({ length: USERS }, async () => {
      for (let round = 0; round < ROUNDS * 10; round += 1) {
        const startedAt = performance.now()
        await db.rows(`select * from task_list where is_open order by due_on, task_id limit ${PAGE + 1}`)
        times.push(performance.now() - startedAt)
      }
    }),
  )
  return times
}
