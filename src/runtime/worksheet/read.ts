import type { Sql, SqlValue } from '#db/database.ts'
import type { WorksheetColumn, WorksheetKind } from './kind.ts'
import { lastMarks } from './last-marks.ts'
import { worksheetHash } from './hash.ts'

/** Filter of a review list. All given parts must hold. `text` (名前・番号) is personal: it arrives by POST only. */
export interface WorksheetFilter {
  readonly verdict?: readonly string[]
  readonly reason?: readonly string[]
  readonly flag?: readonly string[]
  readonly change?: readonly string[]
  readonly dueOn?: readonly string[]
  readonly rowNo?: readonly number[]
  /** Already folded by the caller for kana; digits match the start of 被保険者番号. */
  readonly text?: string
}
export interface WorksheetSort {
  readonly column: string
  readonly descending: boolean
}

/** A row as every list shows it; `cells` holds the kind's own columns by name. */
export interface ReadRow {
  readonly rowNo: number
  readonly insuredId: bigint
  readonly insuredNo: string
  readonly instalmentId: bigint
  readonly fukaYear: number
  readonly choteiYear: number
  readonly tsuchishoNo: string
  readonly period: string
  readonly method: string
  readonly yen: bigint
  /** Verdict of the step, and what persons made of it. */
  readonly baseVerdict: string
  readonly verdict: string
  readonly reason: string | null
  readonly markReason: string | null
  readonly otherReasons: readonly string[]
  readonly flags: readonly string[]
  readonly markedBy: string | null
  readonly isCarriedOver: boolean
  readonly note: string | null
  readonly followUpOn: string | null
  readonly personName: string
  readonly personKana: string
  readonly isProtected: boolean
  readonly cells: Readonly<Record<string, unknown>>
}

export interface WorksheetTotals {
  readonly count: number
  readonly people: number
  readonly byVerdict: readonly { readonly verdict: string; readonly count: number; readonly yen: bigint }[]
  /** Sums of the totalled columns over what the filter shows. */
  readonly sums: Readonly<Record<string, bigint>>
}

export interface WorksheetPage {
  readonly rows: readonly ReadRow[]
  readonly totals: WorksheetTotals
  /** What a decision refers to: content and marks of the whole list, not of the filter. */
  readonly hash: string
  /** Rows of the whole list. */
  readonly count: number
  readonly version: number
  readonly kind: string
}

export const effectiveVerdict = `case m.action when 'exclude' then '除外' when 'pull' then '除外'
  when 'include' then '対象' when 'unpull' then '対象' else r.verdict end`

/** FROM of a list with the standard aliases; $1 is the worksheet. */
export const worksheetFrom = (kind: WorksheetKind): string => `
  worksheet_rows r
  join ${kind.detailTable} d on d.worksheet_id = r.worksheet_id and d.row_no = r.row_no
  join instalments i on i.id = r.instalment_id
  join insured s on s.id = r.insured_id
  left join person_versions p on p.person_id = s.person_id and p.superseded_at is null and p.valid_to is null
  left join (${lastMarks('$1')}) m on m.row_no = r.row_no
  left join users mu on mu.id = m.user_id
  left join staff ms on ms.id = mu.staff_id
  left join lateral (select note from worksheet_marks n where n.worksheet_id = r.worksheet_id and n.row_no = r.row_no
                     and n.note is not null order by n.id desc limit 1) memo on true
  ${kind.joins}`

interface Where {
  readonly sql: string
  readonly params: readonly SqlValue[]
}

/** WHERE of a filter; parameters start at $2. */
export function whereOf(filter: WorksheetFilter): Where {
  const parts = ['r.worksheet_id = $1']
  const params: SqlValue[] = []
  const add = (sql: (place: string) => string, value: SqlValue): void => {
    params.push(value)
    parts.push(sql(`$${params.length + 1}`))
  }
  if (filter.verdict) add((p) => `${effectiveVerdict} = any(${p}::text[])`, filter.verdict)
  if (filter.reason) add((p) => `coalesce(m.reason, r.reason) = any(${p}::text[])`, filter.reason)
  if (filter.flag) add((p) => `r.flags && ${p}::text[]`, filter.flag)
  if (filter.change) add((p) => `d.change = any(${p}::text[])`, filter.change)
  if (filter.dueOn) add((p) => `i.due_on = any(${p}::date[])`, filter.dueOn)
  if (filter.rowNo) add((p) => `r.row_no = any(${p}::int[])`, filter.rowNo)
  if (filter.text)
    add(
      (p) => `(s.insured_no like ${p} || '%' or p.kana_folded like ${p} || '%' or p.name_folded like ${p} || '%')`,
      filter.text,
    )
  return { sql: parts.join(' and '), params }
}

const orderOf = (kind: WorksheetKind, sort: WorksheetSort | null): string => {
  if (sort === null) return `${kind.defaultOrder}, r.row_no`
  const column = kind.columns.find(({ name, isSortable }) => name === sort.column && isSortable)
  if (!column) throw new RangeError(`not a sortable column of ${kind.kind}: ${sort.column}`)
  return `${column.sql} ${sort.descending ? 'desc' : 'asc'} nulls last, r.row_no`
}

const cellSql = (columns: readonly WorksheetColumn[]): string =>
  columns.map(({ name, sql }) => `${sql} as "cell_${name}"`).join(', ')

/**
 * A page of a review list with totals that follow the filter. `today` decides who is under 抑止 now.
 * Throws RangeError for a column that cannot be sorted.
 */
export async function readWorksheet(
  sql: Sql,
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
  const where = whereOf(request.filter)
  const params = [request.worksheetId, ...where.params]
  const next = params.length
  const rows = await sql.rows<RawRow>(
    `select r.row_no, r.insured_id, s.insured_no, r.instalment_id, i.fuka_year, i.chotei_year, i.tsuchisho_no, i.period,
       i.method, r.yen, r.verdict as base_verdict, ${effectiveVerdict} as verdict, r.reason, m.reason as mark_reason,
       r.other_reasons, r.flags, ms.name as marked_by, coalesce(m.is_carried_over, false) as is_carried_over,
       memo.note, m.follow_up_on, coalesce(p.name, '') as person_name, coalesce(p.kana, '') as person_kana,
       exists (select from protections x where x.person_id = s.person_id and x.superseded_at is null
               and x.starts_on <= $${next + 3} and (x.released_on is null or x.released_on > $${next + 3})) as is_protected,
       ${cellSql(kind.columns)}
     from ${worksheetFrom(kind)} where ${where.sql}
     order by ${orderOf(kind, request.sort)} limit $${next + 1} offset $${next + 2}`,
    [...params, request.limit, request.offset, request.today],
  )
  const totals = await readTotals(sql, kind, where, params)
  const sheet = await sql.one<{ row_count: bigint; version: number }>(
    `select row_count, version from worksheets where id = $1`,
    [request.worksheetId],
  )
  return {
    rows: rows.map(toRow),
    totals,
    hash: await worksheetHash(sql, request.worksheetId),
    count: Number(sheet.row_count),
    version: sheet.version,
    kind: kind.kind,
  }
}

async function readTotals(
  sql: Sql,
  kind: WorksheetKind,
  where: Where,
  params: readonly SqlValue[],
): Promise<WorksheetTotals> {
  const totalled = kind.columns.filter(({ isTotalled }) => isTotalled)
  const groups = await sql.rows<Record<string, unknown>>(
    `select ${effectiveVerdict} as verdict, count(*)::int as count, coalesce(sum(r.yen), 0)::bigint as yen
       ${totalled.map(({ name, sql: column }) => `, coalesce(sum(${column}), 0)::bigint as "sum_${name}"`).join('')}
     from ${worksheetFrom(kind)} where ${where.sql} group by 1 order by 1`,
    params,
  )
  const { people } = await sql.one<{ people: number }>(
    `select count(distinct r.insured_id)::int as people from ${worksheetFrom(kind)} where ${where.sql}`,
    params,
  )
  const sums: Record<string, bigint> = {}
  for (const { name } of totalled)
    sums[name] = groups.reduce((sum, group) => sum + (group[`sum_${name}`] as bigint), 0n)
  return {
    count: groups.reduce((sum, group) => sum + (group['count'] as number), 0),
    people,
    byVerdict: groups.map((g) => ({
      verdict: g['verdict'] as string,
      count: g['count'] as number,
      yen: g['yen'] as bigint,
    })),
    sums,
  }
}

interface RawRow {
  readonly row_no: number
  readonly insured_id: bigint
  readonly insured_no: string
  readonly instalment_id: bigint
  readonly fuka_year: number
  readonly chotei_year: number
  readonly tsuchisho_no: string
  readonly period: string
  readonly method: string
  readonly yen: bigint
  readonly base_verdict: string
  readonly verdict: string
  readonly reason: string | null
  readonly mark_reason: string | null
  readonly other_reasons: readonly string[]
  readonly flags: readonly string[]
  readonly marked_by: string | null
  readonly is_carried_over: boolean
  readonly note: string | null
  readonly follow_up_on: string | null
  readonly person_name: string
  readonly person_kana: string
  readonly is_protected: boolean
  readonly [cell: `cell_${string}`]: unknown
}

function toRow(raw: RawRow): ReadRow {
  const cells: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(raw)) if (name.startsWith('cell_')) cells[name.slice(5)] = value
  return {
    rowNo: raw.row_no,
    insuredId: raw.insured_id,
    insuredNo: raw.insured_no,
    instalmentId: raw.instalment_id,
    fukaYear: raw.fuka_year,
    choteiYear: raw.chotei_year,
    tsuchishoNo: raw.tsuchisho_no,
    period: raw.period,
    method: raw.method,
    yen: raw.yen,
    baseVerdict: raw.base_verdict,
    verdict: raw.verdict,
    reason: raw.reason,
    markReason: raw.mark_reason,
    otherReasons: raw.other_reasons,
    flags: raw.flags,
    markedBy: raw.marked_by,
    isCarriedOver: raw.is_carried_over,
    note: raw.note,
    followUpOn: raw.follow_up_on,
    personName: raw.person_name,
    personKana: raw.person_kana,
    isProtected: raw.is_protected,
    cells,
  }
}
