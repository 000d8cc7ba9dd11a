// npm run bench -- LINES: a 収納 file through the intake against a bare COPY of the same rows into the same tables.
import { mkdtempSync, rmSync, chmodSync, createReadStream, createWriteStream } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import { plainDateOf } from '#kernel/plain-date.ts'
import { migrate } from '#db/migrate.ts'
import { openDatabase } from '#db/database.ts'
import { openOfficeIntake } from '#intake/office-intake.ts'
import { loadProfiles } from '#intake/profiles.ts'
import { startPostgres, type Postgres } from './postgres.ts'
import { createDatabase } from './roles.ts'
import { SAMPLE_DAY, SAMPLE_SEED } from './sample/first-sample.ts'
import { importPath } from './sample/load-sample.ts'
import { makeSample } from './sample/make-sample.ts'

const ROUNDS = 3
/** Receipts that one person of the sample has, on average. */
const LINES_A_PERSON = 8.6
const POSTINGS = 'number, kind, cause_line, cause_decision, booked_on, fiscal_year, posted_at'
const MOVEMENTS = `posting_number, component, credit_account, credit_instalment_id, debit_account, debit_instalment_id, yen,
  received_on, collected_on`
/** What both roads must end with, whatever the order of writing. */
const FINGERPRINT = `select count(*)::text || ' ' || sum(hashtextextended(concat_ws('|', p.number, p.cause_line, p.booked_on,
    p.fiscal_year, m.component, m.debit_account, m.debit_instalment_id, m.yen, m.received_on), 0))::text as it
  from postings p join movements m on m.posting_number = p.number where p.kind = '収納'`

const clock = { now: () => `${SAMPLE_DAY}T00:00:00.000Z`, today: () => plainDateOf(SAMPLE_DAY) }
const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

const fingerprint = (url: string): Promise<string> =>
  withClient(url, async (client) => (await client.query<{ it: string }>(FINGERPRINT)).rows[0]?.it ?? '')

/** A copy of the database with everything but the receipts. */
const cloneTo = (server: Postgres, name: string): Promise<void> =>
  withClient(server.adminUrl('postgres'), async (admin) => {
    await admin.query(`drop database if exists ${name} with (force)`)
    await createDatabase(admin, name, 'koki')
  })

/** Takes files in as koki_app does. Returns the seconds. */
async function takeIn(server: Postgres, database: string, folder: string, kinds: readonly string[]): Promise<number> {
  const db = openDatabase(server.appUrl(database))
  const { intake } = openOfficeIntake({ db, clock, dataFolder: join(folder, 'data'), log: console.error })
  const startedAt = performance.now()
  for (const kind of kinds) {
    const file = await importPath({ db }, intake, kind, join(folder, 'files', `${kind}.csv`))
    if (file.status !== 'accepted') throw new Error(`${kind}: ${file.refusalMessage ?? ''}`)
  }
  const seconds = (performance.now() - startedAt) / 1000
  await db.close()
  return seconds
}

/** The rows that the product wrote, as COPY text. */
const takeOut = (url: string, folder: string): Promise<void> =>
  withClient(url, async (client) => {
    const receipts = `from postings p where p.kind = '収納' order by p.number`
    const rows = `select ${POSTINGS.replace('cause_decision', `'bench'`)} ${receipts}`
    await pipeline(client.query(copyTo(`copy (${rows}) to stdout`)), createWriteStream(join(folder, 'postings')))
    const moves = `select ${MOVEMENTS} from movements where posting_number in (select p.number ${receipts}) order by id`
    await pipeline(client.query(copyTo(`copy (${moves}) to stdout`)), createWriteStream(join(folder, 'movements')))
  })

/** The baseline: COPY of the finished rows, in one transaction. */
const bareCopy = (url: string, folder: string): Promise<number> =>
  withClient(url, async (client) => {
    const startedAt = performance.now()
    await client.query('begin')
    for (const [table, columns] of [
      ['postings', POSTINGS],
      ['movements', MOVEMENTS],
    ] as const)
      await pipeline(
        createReadStream(join(folder, table)),
        client.query(copyFrom(`copy ${table} (${columns}) from stdin`)),
      )
    await client.query('commit')
    return (performance.now() - startedAt) / 1000
  })

async function measure(server: Postgres, folder: string, lines: number): Promise<void> {
  const request = { insured: Math.ceil(lines / LINES_A_PERSON), seed: SAMPLE_SEED, today: SAMPLE_DAY }
  const counts = await makeSample(join(folder, 'files'), request, loadProfiles())
  await migrate(server.ownerUrl())
  await takeIn(server, 'koki', folder, ['atena', 'hihokensha', 'kiwari'])
  const seconds: { product: number[]; copy: number[] } = { product: [], copy: [] }
  for (let round = 1; round <= ROUNDS; round += 1) {
    await cloneTo(server, 'product')
    seconds.product.push(await takeIn(server, 'product', folder, ['shuno']))
    if (round === 1) await takeOut(server.ownerUrl('product'), folder)
    await cloneTo(server, 'copy')
    seconds.copy.push(await bareCopy(server.ownerUrl('copy'), folder))
    const [ours, theirs] = [await fingerprint(server.ownerUrl('product')), await fingerprint(server.ownerUrl('copy'))]
    if (ours !== theirs) throw new Error(`the two roads do not agree: ${ours} / ${theirs}`)
    console.log(
      `round ${round}: intake ${seconds.product.at(-1)?.toFixed(1)} s, COPY ${seconds.copy.at(-1)?.toFixed(1)} s`,
    )
  }
  const [intake, copy] = [median(seconds.product), median(seconds.copy)]
  const peak = (process.resourceUsage().maxRSS / 1024).toFixed(0)
  console.log(
    `${counts['shuno']} lines, medians of ${ROUNDS}: intake ${intake.toFixed(1)} s, COPY ${copy.toFixed(1)} s, ratio ${(intake / copy).toFixed(2)}; most memory ${peak} MB; server settings as shipped`,
  )
}

const folder = mkdtempSync(join(tmpdir(), 'koki-bench-'))
chmodSync(folder, 0o755) // the server's account must get in
const server = await startPostgres({ dataDir: join(folder, 'postgres') })
try {
  await measure(server, folder, Number(process.argv[2] ?? 100_000))
} finally {
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
}
