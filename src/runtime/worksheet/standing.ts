import type { Sql } from '#db/database.ts'
import type { Bucket } from './facets.ts'
import type { WorksheetKind } from './kind.ts'
import type { Pack } from './pack-cache.ts'
import { worksheetHash } from './hash.ts'
import type { People } from './places.ts'
import { effectiveVerdict, rowFacts } from './sheet-sql.ts'

/** A list with the marks on it: which bucket each row is in now. Never changed; a further mark makes a new one. */
export interface Standing {
  /** Marks that were taken in: their number and the last one's id. */
  readonly marks: number
  readonly through: bigint
  readonly bucketOf: Int32Array
  readonly buckets: readonly Bucket[]
  /** What a decision refers to. */
  readonly hash: string
  /** 人数 by filter, as far as they were asked for. */
  readonly people: Map<string, People>
}

interface MarkedRow {
  readonly row_no: number
  readonly verdict: string
  readonly reason: string | null
  readonly yen: bigint
  readonly [sum: `sum_${string}`]: bigint
}

const standings = new WeakMap<Pack, Standing>()

/**
 * How a list stands in this transaction. Marks are only ever added, so what is known is carried on by the marks that came
 * since; if their number says that this transaction sees others than we took in, it is made from the list again.
 */
export async function standingOf(sql: Sql, kind: WorksheetKind, worksheetId: bigint, pack: Pack): Promise<Standing> {
  const seen = await sql.one<{ marks: number; through: bigint }>(
    `select count(*)::int as marks, coalesce(max(id), 0) as through from worksheet_marks where worksheet_id = $1`,
    [worksheetId],
  )
  const known = standings.get(pack)
  if (known?.through === seen.through && known.marks === seen.marks) return known
  const carried = known && known.through <= seen.through && (await addedSince(sql, worksheetId, known))
  const isNext = known !== undefined && carried === seen.marks - known.marks
  const base = isNext ? known : { bucketOf: pack.bucketOf, buckets: pack.buckets, through: 0n }
  const rows = await markedSince(sql, kind, worksheetId, base.through)
  const standing = {
    ...seen,
    ...moved(kind, pack, base, rows),
    hash: await worksheetHash(sql, worksheetId),
    people: new Map(),
  }
  standings.set(pack, standing)
  return standing
}

const addedSince = async (sql: Sql, worksheetId: bigint, { through }: Standing): Promise<number> =>
  (
    await sql.one<{ count: number }>(
      `select count(*)::int as count from worksheet_marks where worksheet_id = $1 and id > $2`,
      [worksheetId, through],
    )
  ).count

/** Rows that were marked since, as they stand now. */
const markedSince = (sql: Sql, kind: WorksheetKind, worksheetId: bigint, through: bigint): Promise<MarkedRow[]> =>
  sql.rows<MarkedRow>(
    `select r.row_no, ${effectiveVerdict} as verdict, coalesce(m.reason, r.reason) as reason, r.yen
       ${kind.columns.map(({ name, sql: column, isTotalled }) => (isTotalled ? `, coalesce(${column}, 0)::bigint as "sum_${name}"` : '')).join('')}
     from ${rowFacts(kind)} where r.worksheet_id = $1 and r.row_no in (
       select k.row_no from worksheet_marks k where k.worksheet_id = $1 and k.id > $2 and k.action <> 'note')`,
    [worksheetId, through],
  )

/** Moves each marked row from its bucket to the one of its verdict and reason. */
function moved(
  kind: WorksheetKind,
  pack: Pack,
  base: Pick<Standing, 'bucketOf' | 'buckets'>,
  rows: readonly MarkedRow[],
): Pick<Standing, 'bucketOf' | 'buckets'> {
  const bucketOf = base.bucketOf.slice()
  const buckets = base.buckets.map(editable)
  const totalled = kind.columns.filter(({ isTotalled }) => isTotalled)
  const known = new Map<string, number>()
  buckets.forEach((bucket, index) => known.set(keyOf(bucket), index))
  for (const row of rows) {
    const at = row.row_no - 1
    const [from, first] = [buckets[bucketOf[at] ?? -1], pack.buckets[pack.bucketOf[at] ?? -1]]
    if (!from || !first) throw new Error(`row ${row.row_no} is not in the pack of its list`)
    const facets = { ...first, verdict: row.verdict, reason: row.reason }
    const to = known.get(keyOf(facets)) ?? buckets.push(editable({ ...facets, count: 0, yen: 0n, sums: {} })) - 1
    known.set(keyOf(facets), to)
    bucketOf[at] = to
    for (const [bucket, sign] of [
      [from, -1],
      [buckets[to], 1],
    ] as const) {
      if (!bucket) continue
      bucket.count += sign
      bucket.yen += BigInt(sign) * row.yen
      for (const { name } of totalled)
        bucket.sums[name] = (bucket.sums[name] ?? 0n) + BigInt(sign) * (row[`sum_${name}`] ?? 0n)
    }
  }
  return { bucketOf, buckets }
}

type Editable = Omit<Bucket, 'count' | 'yen' | 'sums'> & { count: number; yen: bigint; sums: Record<string, bigint> }
const editable = (bucket: Bucket): Editable => ({ ...bucket, sums: { ...bucket.sums } })

const keyOf = ({ verdict, reason, flags, change, dueOn }: Omit<Bucket, 'count' | 'yen' | 'sums'>): string =>
  JSON.stringify([verdict, reason, flags, change, dueOn])
