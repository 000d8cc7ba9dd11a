import type { Sql } from '#db/database.ts'
import type { Bucket } from './facets.ts'

/** Row numbers in an order; the last `empty` of them have no value there. */
export interface Order {
  readonly rows: Int32Array
  readonly empty: number
}

/** A finished list as a person's question needs it. Its content never changes, so a copy in memory is never stale. */
export interface Pack {
  /** Bucket and person of row n at n − 1. */
  readonly bucketOf: Int32Array
  readonly personOf: Int32Array
  readonly lastPerson: number
  readonly buckets: readonly Bucket[]
  readonly orders: Map<string, Order>
  readonly bytes: number
}

/** Lists kept in this process: the least recently used ones go first. About 30 lists of 100,000 rows. */
const MOST_BYTES = 128 * 1024 * 1024
const packs = new Map<string, Pack>()

/**
 * The packs of a list. `key` names the list beyond this database (step run and id): two databases may count alike.
 * Null when the list has not been packed.
 */
export async function loadPack(sql: Sql, worksheetId: bigint, key: string): Promise<Pack | null> {
  const known = packs.get(key)
  if (known) {
    packs.delete(key)
    packs.set(key, known)
    return known
  }
  const bucketOf = await readNumbers(sql, worksheetId, 'bucket')
  const personOf = await readNumbers(sql, worksheetId, 'person')
  if (bucketOf === null || personOf === null) return null
  const pack: Pack = {
    bucketOf,
    personOf,
    lastPerson: personOf.reduce((most, person) => Math.max(most, person), 0),
    buckets: await readBuckets(sql, worksheetId),
    orders: new Map(),
    // two columns, a copy of one for the marks, and as many orders as people use at a time
    bytes: bucketOf.byteLength * 8,
  }
  packs.set(key, pack)
  forget()
  return pack
}

/** Row numbers in the order of a column; `''` is the list's own order. Throws when the list was not packed. */
export async function loadOrder(sql: Sql, worksheetId: bigint, pack: Pack, column: string): Promise<Order> {
  const known = pack.orders.get(column)
  if (known) return known
  const name = `order:${column}`
  const rows = await readNumbers(sql, worksheetId, name)
  if (rows === null) throw new Error(`list ${worksheetId} is not packed by ${name}`)
  const { empty } = await sql.one<{ empty: number }>(
    `select empty_count as empty from worksheet_packs where worksheet_id = $1 and name = $2`,
    [worksheetId, name],
  )
  const order = { rows, empty }
  if (pack.orders.size >= MOST_ORDERS) for (const first of pack.orders.keys()) if (pack.orders.delete(first)) break
  pack.orders.set(column, order)
  return order
}

const MOST_ORDERS = 5

function forget(): void {
  let bytes = 0
  for (const pack of packs.values()) bytes += pack.bytes
  for (const [key, pack] of packs) {
    if (bytes <= MOST_BYTES || packs.size === 1) return
    packs.delete(key)
    bytes -= pack.bytes
  }
}

/** Bytes fetched at a time: a pack crosses as text of twice its length, and shall not stand in memory as a whole. */
const SLICE = 256 * 1024

/** Network order → numbers of this machine; null when there is no such pack. */
async function readNumbers(sql: Sql, worksheetId: bigint, name: string): Promise<Int32Array | null> {
  const head = await sql.maybe<{ length: number }>(
    `select length(bytes) as length from worksheet_packs where worksheet_id = $1 and name = $2`,
    [worksheetId, name],
  )
  if (head === null) return null
  const numbers = new Int32Array(head.length / 4)
  for (let from = 0; from < head.length; from += SLICE) {
    const { bytes } = await sql.one<{ bytes: Buffer }>(
      `select substring(bytes from $3::int for ${SLICE}) as bytes from worksheet_packs where worksheet_id = $1 and name = $2`,
      [worksheetId, name, from + 1],
    )
    for (let n = 0; n < bytes.length / 4; n += 1) numbers[from / 4 + n] = bytes.readInt32BE(n * 4)
  }
  return numbers
}

async function readBuckets(sql: Sql, worksheetId: bigint): Promise<Bucket[]> {
  const rows = await sql.rows<{
    verdict: string
    reason: string | null
    flags: string[]
    change: string | null
    due_on: string | null
    row_count: number
    sum_yen: bigint
    sums: Record<string, string>
  }>(`select * from worksheet_buckets where worksheet_id = $1 order by bucket`, [worksheetId])
  return rows.map((row) => ({
    verdict: row.verdict,
    reason: row.reason,
    flags: row.flags,
    change: row.change,
    dueOn: row.due_on,
    count: row.row_count,
    yen: row.sum_yen,
    sums: Object.fromEntries(Object.entries(row.sums).map(([name, yen]) => [name, BigInt(yen)])),
  }))
}
