import type { Static } from 'typebox'
import type { Sql } from '#db/database.ts'
import type { FlowDefinition } from '#runtime/flow.ts'
import { worksheetHash } from '#runtime/worksheet/hash.ts'
import type { WorksheetKind } from '#runtime/worksheet/kind.ts'
import { lastMarks } from '#runtime/worksheet/last-marks.ts'
import { effectiveVerdict } from '#runtime/worksheet/read.ts'
import type { worksheetInfo } from '../worksheet.schema.ts'

type Info = Static<typeof worksheetInfo>
type Chip = Info['chips'][number]

/** What the grid needs to know of a list before its rows: columns, words, filters with their 件数. */
export async function sheetInfo(
  sql: Sql,
  flow: FlowDefinition,
  kind: WorksheetKind,
  worksheetId: bigint,
): Promise<Info> {
  const sheet = await sql.one<{ version: number; row_count: bigint; counts: Record<string, number> }>(
    `select version, row_count, counts from worksheets where id = $1`,
    [worksheetId],
  )
  const coded = (words: Readonly<Record<string, string>> = {}): Info['reasons'] =>
    Object.entries(words).map(([code, label]) => ({ code, label }))
  return {
    worksheetId: `${worksheetId}`,
    kind: kind.kind,
    version: sheet.version,
    columns: kind.columns.map(({ name, label, type, isSortable, isTotalled }) => ({
      name,
      label,
      type,
      isSortable,
      isTotalled,
    })),
    chips: await chipsOf(sql, flow, kind, worksheetId),
    reasons: coded(flow.words?.reasons),
    flags: coded(flow.words?.flags),
    counted: sheet.counts,
    count: Number(sheet.row_count),
    hash: await worksheetHash(sql, worksheetId),
  }
}

/** Rows with the last mark of each: all that a chip counts. The aliases are those of `effectiveVerdict`. */
const MARKED_ROWS = `worksheet_rows r left join (${lastMarks('$1')}) m on m.row_no = r.row_no`

const VERDICT_ORDER = ['要確認', '対象', '除外']
const rank = (verdict: string): number => (VERDICT_ORDER.includes(verdict) ? VERDICT_ORDER.indexOf(verdict) : 9)

/** すべて, each 判定, each reason of 要確認 and 除外, what differs from the version before, each 注意. */
async function chipsOf(sql: Sql, flow: FlowDefinition, kind: WorksheetKind, worksheetId: bigint): Promise<Chip[]> {
  const hasChange = kind.detailColumns.includes('change')
  const group = async (expression: string, also = ''): Promise<{ value: string; count: number }[]> =>
    sql.rows(
      `select ${expression} as value, count(*)::int as count from ${MARKED_ROWS} ${also}
       where r.worksheet_id = $1 and ${expression} is not null group by 1 order by 2 desc, 1`,
      [worksheetId],
    )
  const verdicts = (await group(effectiveVerdict)).toSorted((a, b) => rank(a.value) - rank(b.value))
  const reasons = await group('coalesce(m.reason, r.reason)')
  const flags = await group('flag.value', 'cross join lateral unnest(r.flags) as flag(value)')
  const changes = hasChange
    ? (
        await group('d.change', `join ${kind.detailTable} d on d.worksheet_id = r.worksheet_id and d.row_no = r.row_no`)
      ).filter(({ value }) => value !== '初版' && value !== '同じ')
    : []
  const changed = changes.reduce((sum, { count }) => sum + count, 0)
  const all = verdicts.reduce((sum, { count }) => sum + count, 0)
  const word = (words: Readonly<Record<string, string>> | undefined, code: string): string => words?.[code] ?? code
  return [
    { label: 'すべて', count: all, filter: {} },
    ...verdicts.map(({ value, count }) => ({ label: value, count, filter: { verdict: [value] } })),
    ...(changed > 0
      ? [{ label: '前の版から変わった', count: changed, filter: { change: changes.map(({ value }) => value) } }]
      : []),
    ...reasons.map(({ value, count }) => ({
      label: word(flow.words?.reasons, value),
      count,
      filter: { reason: [value] },
    })),
    ...flags.map(({ value, count }) => ({ label: word(flow.words?.flags, value), count, filter: { flag: [value] } })),
  ]
}
