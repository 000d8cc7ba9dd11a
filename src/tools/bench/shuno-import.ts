import { createReadStream, createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import { cloneTo, openOffice, takeIn, withClient } from './office.ts'
import type { BenchRow } from './row.ts'
import { median, seconds } from './statistics.ts'

const LINES = 1_000_000
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

const fingerprint = (url: string): Promise<string> =>
  withClient(url, async (client) => (await client.query<{ it: string }>(FINGERPRINT)).rows[0]?.it ?? '')

/** The rows that the product wrote, as COPY text. */
const takeOut = (url: string, folder: string): Promise<void> =>
  withClient(url, async (client) => {
    const receipts = `from postings p where p.kind = '収納' order by p.number`
    const rows = `select ${POSTINGS.replace('cause_decision', `'bench'`)} ${receipts}`
    await pipeline(client.query(copyTo(`copy (${rows}) to stdout`)), createWriteStream(join(folder, 'postings')))
    const moves = `select ${MOVEMENTS} from movements where posting_number in (select p.number ${receipts}) order by id`
    await pipeline(client.query(copyTo(`copy (${moves}) to stdout`)), createWriteStream(join(folder, 'movements')))
  })

/** The baseline: COPY of the finished rows into the same tables with their keys, in one transaction. */
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

/** 収納 file → ledger, checked line by line with balances, against a bare COPY of the rows that come out. */
export const shunoImport: BenchRow = {
  name: 'shuno-import',
  what: '収納ファイル100万行の取込み',
  goal: '同じ行を同じ表へ COPY する時間の3倍以下',
  async run({ folder, scale, log }) {
    const office = await openOffice(folder, Math.ceil((LINES * scale) / LINES_A_PERSON))
    const { server } = office
    try {
      await takeIn(office, 'koki', ['atena', 'hihokensha', 'kiwari'])
      const times: { product: number[]; copy: number[] } = { product: [], copy: [] }
      for (let round = 1; round <= ROUNDS; round += 1) {
        await cloneTo(office, 'product')
        times.product.push(await takeIn(office, 'product', ['shuno']))
        if (round === 1) await takeOut(server.ownerUrl('product'), folder)
        await cloneTo(office, 'copy')
        times.copy.push(await bareCopy(server.ownerUrl('copy'), folder))
        const ours = await fingerprint(server.ownerUrl('product'))
        const theirs = await fingerprint(server.ownerUrl('copy'))
        if (ours !== theirs) throw new Error(`the two roads do not agree: ${ours} / ${theirs}`)
        log(`round ${round}: intake ${seconds(times.product.at(-1) ?? 0)}, COPY ${seconds(times.copy.at(-1) ?? 0)}`)
      }
      const [intake, copy] = [median(times.product), median(times.copy)]
      const peak = (process.resourceUsage().maxRSS / 1024).toFixed(0)
      return {
        measured: `取込み ${seconds(intake)}、COPY ${seconds(copy)}、${(intake / copy).toFixed(2)}倍`,
        isMet: intake <= 3 * copy,
        conditions: `${office.counts['shuno']} 行、${ROUNDS}回の中央値、行の指紋は一致、最大メモリ ${peak} MB`,
      }
    } finally {
      await server.stop()
    }
  },
}
