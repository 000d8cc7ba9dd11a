import { protectedOn } from '#access/protected-on.ts'
import type { PlainDate } from '#kernel/plain-date.ts'
import type { Tx } from '#db/database.ts'
import type { WorksheetFilter } from './facets.ts'
import type { WorksheetColumn, WorksheetKind } from './kind.ts'
import { rowsShown } from './places.ts'
import { openSheet, showRows } from './read.ts'
import { effectiveVerdict, wholeSheet } from './sheet-sql.ts'

/** 件数・人数 and the sums of the totalled columns of rows that share a value. */
export interface BreakdownLine {
  /** The value; for 判定×理由 the 判定. */
  readonly value: string
  /** 判定×理由 only: the reason's code; empty without a reason. */
  readonly reason: string | null
  readonly count: number
  readonly people: number
  readonly sums: Readonly<Record<string, bigint>>
}

/** 内訳: one table of totals. */
export interface Breakdown {
  readonly name: string
  readonly label: string
  readonly lines: readonly BreakdownLine[]
}

/** Rows of persons under 抑止 share one line where the value is masked: a total of one row would tell it. */
const GUARDED = '(支援措置により伏せています)'

/** The totals of what a filter shows: 判定×理由, then each 内訳 that the list declares. */
export async function breakdownsOf(
  tx: Tx,
  kind: WorksheetKind,
  request: { readonly worksheetId: bigint; readonly filter: WorksheetFilter; readonly today: PlainDate },
): Promise<readonly Breakdown[]> {
  const { worksheetId, filter, today } = request
  const isWhole = Object.values(filter).every((part) => part === undefined)
  const sheet = await openSheet(tx, kind, worksheetId)
  const rows = isWhole ? null : rowsShown(sheet.standing, await showRows(tx, sheet, filter))
  const told: Breakdown[] = [
    {
      name: 'reason',
      label: '判定と理由',
      lines: await linesOf(tx, kind, { value: effectiveVerdict, reason: `coalesce(m.reason, r.reason)` }, [
        worksheetId,
        rows,
        today,
      ]),
    },
  ]
  for (const { column: name, whenEmpty = '(なし)' } of kind.breakdowns ?? []) {
    const column = kind.columns.find((one) => one.name === name)
    if (column === undefined) throw new RangeError(`no column ${name} in ${kind.kind}`)
    const value = `coalesce(nullif(${valueOf(column)}, ''), '${whenEmpty}')`
    told.push({
      name,
      label: column.label,
      lines: await linesOf(tx, kind, { value, reason: 'null::text' }, [worksheetId, rows, today]),
    })
  }
  return told
}

const valueOf = ({ sql, isGuarded }: WorksheetColumn): string =>
  isGuarded === true
    ? `case when ${protectedOn('s.person_id', '$3')} then '${GUARDED}' else (${sql})::text end`
    : `(${sql})::text`

async function linesOf(
  tx: Tx,
  kind: WorksheetKind,
  by: { readonly value: string; readonly reason: string },
  params: readonly [worksheetId: bigint, rows: readonly number[] | null, today: PlainDate],
): Promise<BreakdownLine[]> {
  const totalled = kind.columns.filter(({ isTotalled }) => isTotalled)
  const rows = await tx.rows<{
    value: string
    reason: string | null
    count: number
    people: number
    [sum: `sum_${string}`]: bigint
  }>(
    `select ${by.value} as value, ${by.reason} as reason, count(*)::int as count, count(distinct r.insured_id)::int as people
       ${totalled.map(({ name, sql }) => `, coalesce(sum(${sql}), 0)::bigint as "sum_${name}"`).join('')}
     from ${wholeSheet(kind)}
     where r.worksheet_id = $1 and ($2::int[] is null or r.row_no = any($2)) and $3::date is not null
     group by 1, 2 order by 1, 2 nulls first`,
    params,
  )
  return rows.map(({ value, reason, count, people, ...rest }) => ({
    value,
    reason,
    count,
    people,
    sums: Object.fromEntries(totalled.map(({ name }) => [name, rest[`sum_${name}`] ?? 0n])),
  }))
}
