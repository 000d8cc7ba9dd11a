import type { Database } from '#db/database.ts'
import { noticeGlyphs } from '#notices/glyphs.ts'
import { aUser } from '#tests/support/step-bench.ts'
import { IDENTIFY_IN_SQL } from './identify-sql.ts'
import { BENCH_CLOCK, cloneTo, openOffice, takeIn, withClient, type BenchOffice } from './office.ts'
import type { BenchRow } from './row.ts'
import { median, seconds } from './statistics.ts'
import { withOffice } from './steps.ts'
import { thinReceipts } from './thin-receipts.ts'

const ROWS = 1_000_000
const ROUNDS = 3
/** Unpaid instalments that one person of the sample has when most receipts are left out. */
const ROWS_A_PERSON = 6.6
const STEP = '5-2-tokusoku/001-identify-delinquents'
const KINDS = ['atena', 'hihokensha', 'soufusaki', 'yokushi', 'kiwari', 'shuno', 'yuyo', 'tokusoku']

/** What both roads must have written, row by row. */
const FINGERPRINT = `select count(*)::text || ' ' || sum(hashtextextended((r.*)::text || (d.*)::text, 0))::text as it
  from (select row_no, instalment_id, insured_id, yen, verdict, reason, other_reasons, flags from worksheet_rows) r
  join (select row_no, due_on, charged_yen, received_yen, unpaid_yen, fee_yen, entaikin_yen, limit_on, prescribes_on,
    days_late, overpaid_yen, addressee_kind, payment_method, change, previous_unpaid_yen from delinquent_rows) d using (row_no)`

const product = (office: BenchOffice, name: string): Promise<number> =>
  withOffice(office, name, async ({ db, bench }) => {
    const { runId } = await bench.start(await aUser({ db, clock: BENCH_CLOCK }, 'bench', ['tantou']), {})
    const startedAt = performance.now()
    await bench.run(runId, STEP)
    return (performance.now() - startedAt) / 1000
  })

/** One insert-select by the run's own dates, as the rows of an open list. */
const inSql = (office: BenchOffice, name: string): Promise<number> =>
  withOffice(office, name, async ({ db, bench }) => {
    const { runId } = await bench.start(await aUser({ db, clock: BENCH_CLOCK }, 'bench', ['tantou']), {})
    const { variables } = await db.one<{ variables: Readonly<Record<string, string>> }>(
      `select variables from runs where id = $1`,
      [runId],
    )
    const { dueOn = '', asOf = '', issueOn = '' } = variables
    const missing = await charactersWithoutGlyph(db)
    const startedAt = performance.now()
    await db.tx(async (tx) => {
      await tx.run(
        `insert into step_runs (id, run_id, step_id, round, epoch, element_instance_key, job_key, state, input, created_at)
         values ($1, $1, $2, 1, 1, 1, 1, 'open', '{}', now())`,
        [runId, STEP],
      )
      const { id } = await tx.one<{ id: bigint }>(
        `insert into worksheets (run_id, step_run_id, attempt, kind, version, state, posting_number)
         values ($1, $1, 1, 'delinquents', 0, 'building', 0) returning id`,
        [runId],
      )
      await tx.run(IDENTIFY_IN_SQL, [dueOn, asOf, issueOn, runId, id, missing])
      await tx.run(`update worksheets set state = 'ready', version = 1, hash = '', built_at = now() where id = $1`, [
        id,
      ])
    })
    return (performance.now() - startedAt) / 1000
  })

/** A pattern of what the fonts cannot draw among the names and addresses there are; never matches when all can. */
async function charactersWithoutGlyph(db: Database): Promise<string> {
  const rows = await db.rows<{ text: string }>(
    `select distinct c as text from person_versions, regexp_split_to_table(concat(name, address, address_detail), '') c`,
  )
  const missing = noticeGlyphs().missing(rows.map(({ text }) => text))
  return missing.length === 0 ? '(?!)' : missing.join('|')
}

/** 滞納者把握 with every join, rule and the review list, against one statement in SQL that writes equal rows. */
export const identifyDelinquents: BenchRow = {
  name: 'identify-delinquents',
  what: '001 滞納者把握、未納の期割100万件',
  goal: '同じ行を書く SQL 1文の1.5倍以下',
  async run({ folder, scale, log }) {
    const office = await openOffice(folder, Math.ceil((ROWS * scale) / ROWS_A_PERSON))
    const { server } = office
    try {
      await thinReceipts(folder)
      await takeIn(office, 'koki', KINDS)
      const times: { product: number[]; sql: number[] } = { product: [], sql: [] }
      let found = ''
      for (let round = 1; round <= ROUNDS; round += 1) {
        await cloneTo(office, 'product')
        times.product.push(await product(office, 'product'))
        await cloneTo(office, 'sql')
        times.sql.push(await inSql(office, 'sql'))
        const [ours, theirs] = await Promise.all(['product', 'sql'].map((name) => fingerprint(server.ownerUrl(name))))
        if (ours !== theirs) throw new Error(`the two roads do not agree: ${ours} / ${theirs}`)
        found = ours?.split(' ')[0] ?? ''
        log(`round ${round}: 001 ${seconds(times.product.at(-1) ?? 0)}, SQL ${seconds(times.sql.at(-1) ?? 0)}`)
      }
      const [ours, theirs] = [median(times.product), median(times.sql)]
      const peak = (process.resourceUsage().maxRSS / 1024).toFixed(0)
      return {
        measured: `001 ${seconds(ours)}、SQL ${seconds(theirs)}、${(ours / theirs).toFixed(2)}倍`,
        isMet: ours <= 1.5 * theirs,
        conditions: `一覧 ${found} 行、期割 ${office.counts['kiwari']} 件、${ROUNDS}回の中央値、行の指紋は一致、最大メモリ ${peak} MB`,
      }
    } finally {
      await server.stop()
    }
  },
}

const fingerprint = (url: string): Promise<string> =>
  withClient(url, async (client) => (await client.query<{ it: string }>(FINGERPRINT)).rows[0]?.it ?? '')
