import type { Sql, Tx } from '#db/database.ts'
import type { WorksheetFilter } from './facets.ts'
import type { WorksheetKind } from './kind.ts'
import { packWorksheet } from './pack.ts'
import { loadOrder, loadPack, type Pack } from './pack-cache.ts'
import { pinsOf, type Pin } from './pins.ts'
import { countPeople, isIn, rowsAt, shownBy, without, type People, type Shown } from './places.ts'
import { readRows, type ReadRow } from './read-rows.ts'
import { rowFacts } from './sheet-sql.ts'
import { standingOf, type Standing } from './standing.ts'

export interface WorksheetSort {
  readonly column: string
  readonly descending: boolean
}

export interface WorksheetTotals {
  readonly count: number
  readonly people: People
  readonly byVerdict: readonly { readonly verdict: string; readonly count: number; readonly yen: bigint }[]
  /** Sums of the totalled columns over what the filter shows. */
  readonly sums: Readonly<Record<string, bigint>>
}

export interface WorksheetPage {
  readonly rows: readonly ReadRow[]
  /** Of what the filter shows. */
  readonly totals: WorksheetTotals
  /** Of the whole list. */
  readonly overall: WorksheetTotals
  /** Rows of the whole list that wait for a decision with a proposal of the system. */
  readonly proposedCount: number
  /** What a decision refers to: content and marks of the whole list, not of the filter. */
  readonly hash: string
  /** 先頭に留めた行 of the whole list. */
  readonly pins: readonly Pin[]
  /** Rows of the whole list. */
  readonly count: number
  readonly version: number
  readonly kind: string
}

/** A finished list, opened for one question: how it stands in this transaction. */
export interface OpenSheet {
  readonly worksheetId: bigint
  readonly kind: WorksheetKind
  readonly count: number
  readonly version: number
  readonly counts: Readonly<Record<string, number>>
  readonly pack: Pack
  readonly standing: Standing
}

/** Opens a list. One that was never looked at is packed first. */
export async function openSheet(tx: Tx, kind: WorksheetKind, worksheetId: bigint): Promise<OpenSheet> {
  const sheet = await tx.one<{ row_count: bigint; version: number; counts: Record<string, number>; key: string }>(
    `select row_count, version, counts, step_run_id || '/' || id as key from worksheets where id = $1`,
    [worksheetId],
  )
  let pack = await loadPack(tx, worksheetId, sheet.key)
  if (pack === null) {
    await packWorksheet(tx, kind, worksheetId)
    pack = await loadPack(tx, worksheetId, sheet.key)
  }
  if (pack === null) throw new Error(`list ${worksheetId} has no pack`)
  const standing = await standingOf(tx, kind, worksheetId, pack)
  const { version, counts } = sheet
  return { worksheetId, kind, count: Number(sheet.row_count), version, counts, pack, standing }
}

/** What a filter shows of a list. */
export const showRows = async (
  sql: Sql,
  { worksheetId, standing }: OpenSheet,
  filter: WorksheetFilter,
): Promise<Shown> => shownBy(standing, filter, await rowsNamed(sql, worksheetId, filter))

/** Row numbers of what is shown, in an order. Throws RangeError for a column that cannot be sorted. */
export async function placesOf(
  sql: Sql,
  { worksheetId, kind, pack, standing }: OpenSheet,
  shown: Shown,
  request: {
    readonly sort: WorksheetSort | null
    readonly limit: number
    readonly offset: number
    /** Rows shown in all. */
    readonly count: number
  },
): Promise<Int32Array> {
  const { sort, limit, offset, count } = request
  if (sort !== null && !kind.columns.some(({ name, isSortable }) => name === sort.column && isSortable))
    throw new RangeError(`not a sortable column of ${kind.kind}: ${sort.column}`)
  if (limit === 0) return new Int32Array(0)
  const order = await loadOrder(sql, worksheetId, pack, sort?.column ?? '')
  return rowsAt(standing, shown, order, { descending: sort?.descending ?? false, limit, offset, count })
}

/**
 * A page of a review list with totals that follow the filter: some milliseconds of arithmetic over the packed list, then the
 * rows of the page from the tables. `today` decides who is under 抑止 now.
 */
export async function readWorksheet(
  tx: Tx,
  kind: WorksheetKind,
  request: {
    readonly worksheetId: bigint
    readonly filter: WorksheetFilter
    readonly sort: WorksheetSort | null
    readonly limit: number
    readonly offset: number
    readonly today: string
  },
): Promise<WorksheetPage> {
  const { worksheetId, filter, today } = request
  const sheet = await openSheet(tx, kind, worksheetId)
  const everything = shownBy(sheet.standing, {}, null)
  const isWhole = Object.values(filter).every((part) => part === undefined)
  const shown = isWhole ? everything : await showRows(tx, sheet, filter)
  const overall = await totalsOf(tx, sheet, everything)
  const totals = isWhole ? overall : await totalsOf(tx, sheet, shown)
  const pins = await pinsOf(tx, worksheetId)
  const rowNos = await pinnedFirst(tx, sheet, shown, { ...request, count: totals.count }, pins)
  return {
    rows: await readRows(tx, kind, { worksheetId, rowNos, today }),
    pins,
    totals,
    overall,
    proposedCount: proposedIn(sheet.standing),
    hash: sheet.standing.hash,
    count: sheet.count,
    version: sheet.version,
    kind: kind.kind,
  }
}

/** What 提案をすべて受ける accepts; a row without reason waits for somebody to look at it. */
const proposedIn = ({ buckets }: Standing): number =>
  buckets
    .filter(({ verdict, reason }) => verdict === '要確認' && reason !== null)
    .reduce((sum, { count }) => sum + count, 0)

/** Rows that are pinned stand on top, as far as the filter shows them; the others follow in their order. */
async function pinnedFirst(
  sql: Sql,
  sheet: OpenSheet,
  shown: Shown,
  request: Parameters<typeof placesOf>[3],
  pins: readonly Pin[],
): Promise<number[]> {
  const top = pins.map(({ rowNo }) => rowNo).filter((row) => isIn(shown, sheet.standing.bucketOf, row - 1))
  if (top.length === 0) return [...(await placesOf(sql, sheet, shown, request))]
  const { offset, limit, count } = request
  const first = top.slice(offset, offset + limit)
  const others = await placesOf(sql, sheet, without(sheet.standing, shown, top), {
    ...request,
    offset: Math.max(0, offset - top.length),
    limit: limit - first.length,
    count: count - top.length,
  })
  return [...first, ...others]
}

/** 件数・人数・合計 of what is shown. */
export async function totalsOf(sql: Sql, sheet: OpenSheet, shown: Shown): Promise<WorksheetTotals> {
  const { kind, pack, standing } = sheet
  const totalled = kind.columns.filter(({ isTotalled }) => isTotalled).map(({ name }) => name)
  const groups = shown.rows === null ? groupBuckets(standing, shown) : await groupRows(sql, sheet, shown)
  const byVerdict = [...groups.values()]
    .filter(({ count }) => count > 0)
    .toSorted((a, b) => (a.verdict < b.verdict ? -1 : 1))
  const sums: Record<string, bigint> = {}
  for (const name of totalled) sums[name] = byVerdict.reduce((sum, group) => sum + (group.sums[name] ?? 0n), 0n)
  return {
    count: byVerdict.reduce((sum, { count }) => sum + count, 0),
    people: peopleOf(pack, standing, shown),
    byVerdict: byVerdict.map(({ verdict, count, yen }) => ({ verdict, count, yen })),
    sums,
  }
}

/** The same filter is asked again for every page one scrolls to. What names rows or a person is not kept. */
function peopleOf(pack: Pack, standing: Standing, shown: Shown): People {
  if (shown.rows !== null) return countPeople(pack, standing, shown)
  const key = shown.buckets.join('')
  const known = standing.people.get(key) ?? countPeople(pack, standing, shown)
  if (standing.people.size < MOST_FILTERS) standing.people.set(key, known)
  return known
}

const MOST_FILTERS = 200

interface Group {
  readonly verdict: string
  count: number
  yen: bigint
  readonly sums: Record<string, bigint>
}

function groupBuckets({ buckets }: Standing, shown: Shown): Map<string, Group> {
  const groups = new Map<string, Group>()
  buckets.forEach(({ verdict, count, yen, sums }, index) => {
    if (shown.buckets[index] !== 1) return
    const group = groups.get(verdict) ?? { verdict, count: 0, yen: 0n, sums: {} }
    group.count += count
    group.yen += yen
    for (const [name, sum] of Object.entries(sums)) group.sums[name] = (group.sums[name] ?? 0n) + sum
    groups.set(verdict, group)
  })
  return groups
}

/** A text or named rows cut across the buckets: their sums come from the tables. */
async function groupRows(
  sql: Sql,
  { worksheetId, kind, standing }: OpenSheet,
  shown: Shown,
): Promise<Map<string, Group>> {
  const rows: number[] = []
  shown.rows?.forEach((isNamed, at) => {
    if (isNamed === 1 && shown.buckets[standing.bucketOf[at] ?? 0] === 1) rows.push(at + 1)
  })
  const verdicts = rows.map((row) => standing.buckets[standing.bucketOf[row - 1] ?? 0]?.verdict ?? '')
  const totalled = kind.columns.filter(({ isTotalled }) => isTotalled)
  const found = await sql.rows<{ verdict: string; count: number; yen: bigint; [sum: `sum_${string}`]: bigint }>(
    `select x.verdict, count(*)::int as count, coalesce(sum(r.yen), 0)::bigint as yen
       ${totalled.map(({ name, sql: column }) => `, coalesce(sum(${column}), 0)::bigint as "sum_${name}"`).join('')}
     from ${rowFacts(kind)} join unnest($2::int[], $3::text[]) as x (row_no, verdict) on x.row_no = r.row_no
     where r.worksheet_id = $1 group by 1`,
    [worksheetId, rows, verdicts],
  )
  return new Map(
    found.map((row) => [
      row.verdict,
      { ...row, sums: Object.fromEntries(totalled.map(({ name }) => [name, row[`sum_${name}`] ?? 0n])) },
    ]),
  )
}

/** Rows that a text (the beginning of 被保険者番号, 氏名カナ or 氏名) or row numbers name; null when the filter has neither. */
async function rowsNamed(
  sql: Sql,
  worksheetId: bigint,
  { text, rowNo }: WorksheetFilter,
): Promise<readonly number[] | null> {
  if (text === undefined) return rowNo ?? null
  const found = await sql.rows<{ row_no: number }>(
    `with who as (
       select id from insured where insured_no like $2
       union select n.id from insured n join person_versions v on v.person_id = n.person_id
         and v.superseded_at is null and v.valid_to is null where v.kana_folded like $2
       union select n.id from insured n join person_versions v on v.person_id = n.person_id
         and v.superseded_at is null and v.valid_to is null where v.name_folded like $2)
     select r.row_no from who join worksheet_rows r on r.insured_id = who.id and r.worksheet_id = $1`,
    [worksheetId, `${text}%`],
  )
  const wanted = rowNo === undefined ? null : new Set(rowNo)
  return found.map((row) => row.row_no).filter((row) => wanted?.has(row) ?? true)
}
