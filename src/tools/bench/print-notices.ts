import { createHash } from 'node:crypto'
import type { Database } from '#db/database.ts'
import { plainDateOf } from '#kernel/plain-date.ts'
import { completeTask, proposeTask, releaseTask } from '#runtime/decide-task.ts'
import type { TaskUser } from '#runtime/human-context.ts'
import { claimTask, markRows } from '#runtime/human.ts'
import { worksheetHash } from '#runtime/worksheet/hash.ts'
import { noticeRenderer } from '#notices/render.ts'
import { readNoticeSettings } from '#notices/read-settings.ts'
import { sealAssets } from '#notices/seal.ts'
import { readStoredView } from '#notices/stored-view.ts'
import { clerksOf } from '#tests/support/clerks.ts'
import { writeSampleSettings } from '../sample/settings.ts'
import { BENCH_CLOCK, cloneTo, openOffice, takeIn, type BenchOffice } from './office.ts'
import type { BenchRow } from './row.ts'
import { median, seconds } from './statistics.ts'
import { place, withOffice } from './steps.ts'
import { thinReceipts } from './thin-receipts.ts'

/** The smallest sample that has every case of the story; its 取残し are what makes the letters many. */
const INSURED = 720
const ROUNDS = 3
const IN_WORK = 2
const FOLLOW_UP = plainDateOf('2026-12-15')
const S = (name: string): string => `5-2-tokusoku/${name}`
const KINDS = ['atena', 'hihokensha', 'soufusaki', 'yokushi', 'kiwari', 'shuno', 'yuyo', 'tokusoku']

interface StoredFile {
  readonly sha256: string
  readonly views: readonly string[]
}

/** The letters of each print file of a run, and what its bytes were. */
const storedFiles = async (db: Database, runId: string): Promise<StoredFile[]> =>
  (
    await db.rows<{ sha256: string; views: string[] }>(
      `select f.sha256, array_agg(n.view order by p.position) as views
       from print_files f join print_file_notices p on p.print_file_id = f.id join notices n on n.id = p.notice_id
       where f.run_id = $1 and f.state = 'current' group by f.number, f.sha256 order by f.number`,
      [runId],
    )
  ).map((file) => ({ sha256: file.sha256, views: file.views }))

/** The bare loop: the same views, templates and children, and nothing else. Returns seconds and the hashes. */
async function bareLoop(db: Database, files: readonly StoredFile[]) {
  const { seals } = await readNoticeSettings(db)
  const jobs = files.map(({ views }) => views.map(readStoredView))
  const names = jobs.flat().map(({ issuer }) => issuer.seal)
  const assets = sealAssets(names, seals) ?? []
  const startedAt = performance.now()
  const waiting: Promise<Buffer>[] = []
  for (const views of jobs) {
    await waiting.at(-IN_WORK)
    waiting.push(noticeRenderer().render({ kind: 'tokusoku', views, assets }))
  }
  const pdfs = await Promise.all(waiting)
  const took = (performance.now() - startedAt) / 1000
  return { took, hashes: pdfs.map((pdf) => createHash('sha256').update(pdf).digest('hex')) }
}

/** Until 002 is decided: whoever is 要確認 waits. Returns the run. */
async function approvedList(office: BenchOffice, includeCarriedOver: boolean): Promise<string> {
  return withOffice(office, 'koki', async ({ db, bench }) => {
    await db.tx((tx) => writeSampleSettings(tx, BENCH_CLOCK))
    const clerks = await clerksOf({ db, ...place(office) }, bench)
    const { runId } = await bench.start(clerks.tantou, { includeCarriedOver })
    await bench.run(runId, S('001-identify-delinquents'))
    const taskId = await bench.open(runId, S('002-confirm-delinquents'))
    await claimTask(bench.deps, { taskId, user: clerks.tantou })
    const rows = (await clerks.rows(taskId)).filter(({ verdict }) => verdict === '要確認').map(({ rowNo }) => rowNo)
    const mark = { action: 'exclude', reason: 'T10', note: null, followUpOn: FOLLOW_UP } as const
    if (rows.length > 0) await markRows(bench.deps, { taskId, user: clerks.tantou, target: { rows }, mark })
    const body = { ...(await clerks.seen(taskId)), decision: 'ok' }
    await completeTask(bench.deps, { taskId, user: clerks.tantou, body })
    return runId
  })
}

/** 003, the release, E2. Returns the seconds of the two steps. */
async function makeAndPrint(office: BenchOffice, runId: string): Promise<{ making: number; printing: number }> {
  return withOffice(office, 'product', async ({ db, bench }) => {
    const making = await timed(() => bench.run(runId, S('003-make-tokusoku-notices')))
    const users = await db.rows<TaskUser>(
      `select id as "userId", staff_id as "staffId", login, login as name, array['kakaricho'] as roles, 'bench' as terminal
       from users where login like 'kakaricho%' order by login`,
    )
    const taskId = await bench.open(runId, S('004-check-notices'))
    const [first, second] = users
    if (!first || !second) throw new Error('two persons are needed')
    await claimTask(bench.deps, { taskId, user: first })
    const { id } = await db.one<{ id: bigint }>(`select worksheet_id as id from tasks where id = $1`, [taskId])
    const { count } = await db.one<{ count: bigint }>(`select row_count as count from worksheets where id = $1`, [id])
    const body = { decision: 'ok', hash: await worksheetHash(db, id), count: Number(count) }
    await proposeTask(bench.deps, { taskId, user: first, body })
    await releaseTask(bench.deps, { taskId, user: second, body })
    return { making, printing: await timed(() => bench.run(runId, S('e2-dispatch-notices'))) }
  })
}

/** 003 and E2 (read the cases, addressee, glyphs, views, keys, store; check again, render, store) against rendering alone. */
export const printNotices: BenchRow = {
  name: 'print-notices',
  what: '督促状の作成(003)と印刷ファイル(E2)、2,000通以上',
  goal: '組版だけの速さの0.9倍以上',
  async run({ folder, scale, log }) {
    const office = await openOffice(folder, INSURED)
    try {
      await thinReceipts(folder)
      await takeIn(office, 'koki', KINDS)
      const runId = await approvedList(office, scale === 1)
      const times: { product: number[]; bare: number[] } = { product: [], bare: [] }
      let files: readonly StoredFile[] = []
      for (let round = 1; round <= ROUNDS; round += 1) {
        await cloneTo(office, 'product')
        const { making, printing } = await makeAndPrint(office, runId)
        times.product.push(making + printing)
        const bare = await withOffice(office, 'product', async ({ db }) => {
          files = await storedFiles(db, runId)
          return bareLoop(db, files)
        })
        if (bare.hashes.join() !== files.map(({ sha256 }) => sha256).join()) throw new Error('the bytes do not agree')
        times.bare.push(bare.took)
        log(`round ${round}: 003 ${seconds(making)}, E2 ${seconds(printing)}, bare ${seconds(bare.took)}`)
      }
      const letters = files.reduce((sum, { views }) => sum + views.length, 0)
      const [ours, bare] = [median(times.product), median(times.bare)]
      return {
        measured: `${seconds(ours)}、組版だけ ${seconds(bare)}、速さ ${(bare / ours).toFixed(2)}倍(毎秒 ${(letters / ours).toFixed(0)} 通)`,
        isMet: bare / ours >= 0.9,
        conditions: `${letters} 通、すべて別の内容、${files.length} ファイル、子プロセス ${IN_WORK}、${ROUNDS}回の中央値、PDF のハッシュは一致`,
      }
    } finally {
      await noticeRenderer().close()
      await office.server.stop()
    }
  },
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return (performance.now() - startedAt) / 1000
}
