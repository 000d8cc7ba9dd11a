import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { pipeline } from 'node:stream/promises'
import { to as copyTo } from 'pg-copy-streams'
import { migrate } from '#db/migrate.ts'
import { openDatabase } from '#db/database.ts'
import { API_MEMORY } from '../launch/api-memory.ts'
import { startPostgres, type Postgres } from '../postgres.ts'
import { createDatabase } from '../roles.ts'
import type { CsvRead } from './csv-reader.ts'
import { withClient } from './office.ts'
import { fillReviewList, type ReviewList } from './review-list.ts'
import type { BenchRow } from './row.ts'
import { seconds } from './statistics.ts'

const SMALL = 100_000
const LARGE = 1_000_000
const MOST_MORE_MB = 100

/** In a process of its own: the memory of one list says nothing of the other. */
async function readCsv(server: Postgres, database: string, folder: string, { taskId }: ReviewList): Promise<CsvRead> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [...API_MEMORY.flags, join(import.meta.dirname, 'csv-reader.ts'), server.appUrl(database), folder, taskId],
    { env: { ...process.env, ...API_MEMORY.environment } },
  )
  return JSON.parse(stdout) as CsvRead // the reader's only line
}

/** The baseline: COPY of the same facts as CSV, thrown away. */
const bareCopy = (server: Postgres, database: string, { worksheetId }: ReviewList): Promise<number> =>
  withClient(server.ownerUrl(database), async (client) => {
    const startedAt = performance.now()
    const facts = `select r.row_no, r.verdict, r.reason, r.flags, s.insured_no, p.kana, p.name, i.fuka_year, i.tsuchisho_no, i.period, d.*
      from worksheet_rows r join delinquent_rows d using (worksheet_id, row_no) join instalments i on i.id = r.instalment_id
      join insured s on s.id = r.insured_id join person_versions p on p.person_id = s.person_id where r.worksheet_id = ${worksheetId}
      order by r.row_no`
    await pipeline(client.query(copyTo(`copy (${facts}) to stdout with (format csv)`)), async (pieces) => {
      for await (const piece of pieces) void piece
    })
    return (performance.now() - startedAt) / 1000
  })

/** A review list as CSV by the product's own route: the memory of a long one against that of a short one. */
export const csvOutput: BenchRow = {
  name: 'csv',
  what: '確認の一覧100万行のCSV',
  goal: `最大メモリが10万行のとき + ${MOST_MORE_MB} MB 以下`,
  async run({ folder, scale, log }) {
    const server = await startPostgres({ dataDir: join(folder, 'postgres') })
    try {
      await migrate(server.ownerUrl())
      await withClient(server.adminUrl('postgres'), (admin) => createDatabase(admin, 'large', 'koki'))
      const measure = async (database: string, size: number) => {
        const owner = openDatabase(server.ownerUrl(database))
        const rows = Math.ceil(size * scale)
        const list = await fillReviewList(owner, rows)
        await owner.close()
        const read = await readCsv(server, database, folder, list)
        log(`${rows} rows: ${read.lines} lines, ${seconds(read.seconds)}, most memory ${read.peakMb.toFixed(0)} MB`)
        return { ...read, copied: await bareCopy(server, database, list) }
      }
      const small = await measure('koki', SMALL)
      const large = await measure('large', LARGE)
      const more = large.peakMb - small.peakMb
      return {
        measured: `+${more.toFixed(0)} MB(10万行 ${small.peakMb.toFixed(0)} MB、100万行 ${large.peakMb.toFixed(0)} MB)、${seconds(large.seconds)}、素の COPY の${(large.seconds / large.copied).toFixed(1)}倍`,
        isMet: more <= MOST_MORE_MB,
        conditions: `${large.lines} 行 ${(large.bytes / 1e6).toFixed(0)} MB、抑止の人を除き、出力の記録を1万行ごとに書く。COPY ${seconds(large.copied)} は伏せ字・印・記録なし`,
      }
    } finally {
      await server.stop()
    }
  },
}
