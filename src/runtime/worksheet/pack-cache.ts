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
  const stored = await sql.rows<{ name: string; bytes: Buffer }>(
    `select name, bytes from worksheet_packs where worksheet_id = $1 and name in ('bucket', 'person')`,
    [worksheetId],
  )
  const of = (name: string): Int32Array | undefined => numbersOf(stored.find((one) => one.name === name)?.bytes)
  const [bucketOf, personOf] = [of('bucket'), of('person')]
  if (!bucketOf || !personOf) return null
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
  const stored = await sql.one<{ bytes: Buffer; empty_count: number }>(
    `select bytes, empty_count from worksheet_packs where worksheet_id = $1 and name = $2`,
    [worksheetId, `order:${column}`],
  )
  const order = { rows: numbersOf(stored.bytes) ?? new Int32Array(0), empty: stored.empty_count }
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

/** Network order → numbers of this machine. */
function numbersOf(bytes: Buffer | undefined): Int32Array | undefined {
  if (bytes === undefined) return undefined
  const numbers = new Int32Array(bytes.length / 4)
  for (let n = 0; n < numbers.length; n += 1) numbers[n] = bytes.readInt32BE(n * 4)
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
