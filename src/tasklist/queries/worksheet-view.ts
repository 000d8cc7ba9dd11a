import type { Static } from 'typebox'
import { yenToJson } from '#kernel/yen.ts'
import type { Tx } from '#db/database.ts'
import type { FlowDefinition } from '#runtime/flow.ts'
import type { WorksheetKind } from '#runtime/worksheet/kind.ts'
import type { WorksheetFilter } from '#runtime/worksheet/facets.ts'
import type { Breakdown } from '#runtime/worksheet/breakdown.ts'
import { readWorksheet, type WorksheetSort, type WorksheetTotals } from '#runtime/worksheet/read.ts'
import type { ReadRow } from '#runtime/worksheet/read-rows.ts'
import type {
  BreakdownTable,
  WorksheetPage,
  WorksheetRow,
  WorksheetTotals as TotalsSchema,
} from '../worksheet.schema.ts'

type Row = Static<typeof WorksheetRow>
type Page = Static<typeof WorksheetPage>

export interface SheetRequest {
  readonly worksheetId: bigint
  readonly filter: WorksheetFilter
  readonly sort: WorksheetSort | null
  readonly limit: number
  readonly offset: number
  readonly today: string
}

/** A page of a review list as it may leave the server, with the persons on it for the read event. */
export async function worksheetPage(
  tx: Tx,
  flow: FlowDefinition,
  kind: WorksheetKind,
  request: SheetRequest,
): Promise<{ readonly page: Page; readonly insuredIds: readonly bigint[] }> {
  const read = await readWorksheet(tx, kind, request)
  const end = request.offset + read.rows.length
  return {
    insuredIds: [...new Set(read.rows.map(({ insuredId }) => insuredId))],
    page: {
      rows: read.rows.map((row) => rowView(flow, kind, row)),
      pins: [...read.pins],
      totals: totalsView(read.totals),
      overall: totalsView(read.overall),
      proposedCount: read.proposedCount,
      hash: read.hash,
      count: read.count,
      version: read.version,
      nextCursor: end < read.totals.count ? String(end) : null,
    },
  }
}

export const totalsView = (totals: WorksheetTotals): Static<typeof TotalsSchema> => ({
  count: totals.count,
  people: totals.people.all,
  targetPeople: totals.people.target,
  reviewPeople: totals.people.review,
  byVerdict: totals.byVerdict.map(({ verdict, count, yen }) => ({ verdict, count, yen: yenToJson(yen) })),
  sums: Object.fromEntries(Object.entries(totals.sums).map(([name, yen]) => [name, yenToJson(yen)])),
})

/** 内訳 as JSON, reasons in words. */
export const breakdownView = (flow: FlowDefinition, tables: readonly Breakdown[]): Static<typeof BreakdownTable>[] =>
  tables.map(({ name, label, lines }) => ({
    name,
    label,
    lines: lines.map(({ value, reason, count, people, sums }) => ({
      value,
      reason,
      label: reason === null ? value : `${value} ${reason} ${flow.words?.reasons[reason] ?? ''}`.trim(),
      count,
      people,
      sums: Object.fromEntries(Object.entries(sums).map(([column, yen]) => [column, yenToJson(yen)])),
    })),
  }))

/** 伏せ字: kana, memo, guarded cells and guarded flags of a protected person are not in the row at all. */
export function rowView(flow: FlowDefinition, kind: WorksheetKind, row: ReadRow): Row {
  const guarded = row.isProtected
    ? kind.columns.filter(({ isGuarded }) => isGuarded === true).map(({ name }) => name)
    : []
  const cells: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(row.cells)) cells[name] = guarded.includes(name) ? null : cellValue(value)
  const yen = (name: string): number => (typeof cells[name] === 'number' ? cells[name] : 0)
  return {
    rowNo: row.rowNo,
    insuredId: `${row.insuredId}`,
    insuredNo: row.insuredNo,
    personName: row.personName,
    personKana: row.isProtected ? null : row.personKana,
    isProtected: row.isProtected,
    hasNamesake: row.hasNamesake,
    key: {
      fukaYear: row.fukaYear,
      choteiYear: row.choteiYear,
      tsuchishoNo: row.tsuchishoNo,
      period: row.period,
      method: row.method,
    },
    verdict: row.verdict,
    baseVerdict: row.baseVerdict,
    reason: row.reason,
    markReason: row.markReason,
    otherReasons: [...row.otherReasons],
    flags: row.isProtected ? row.flags.filter((flag) => !flow.words?.guardedFlags.includes(flag)) : [...row.flags],
    unpaidYen: yen('unpaidYen'),
    feeYen: yen('feeYen'),
    entaikinYen: yen('entaikinYen'),
    ...noticeParts(cells),
    markedBy: row.markedBy,
    isCarriedOver: row.isCarriedOver,
    note: row.isProtected ? null : row.note,
    followUpOn: row.followUpOn,
    masked: row.isProtected ? ['personKana', 'note', ...guarded] : [],
    cells,
  }
}

/** 004 shows the notice beside the row. */
function noticeParts(
  cells: Readonly<Record<string, unknown>>,
): Pick<Row, 'noticeId' | 'proposal' | 'printedYen' | 'currentYen'> {
  if (!('noticeId' in cells)) return {}
  const text = (name: string): string | null => (typeof cells[name] === 'string' ? cells[name] : null)
  const yen = (name: string): number => (typeof cells[name] === 'number' ? cells[name] : 0)
  return {
    noticeId: text('noticeId'),
    proposal: text('proposal'),
    printedYen: yen('printedYen'),
    currentYen: yen('currentYen'),
  }
}

/** int8 becomes a JSON integer; dates and texts stay. */
const cellValue = (value: unknown): unknown => (typeof value === 'bigint' ? yenToJson(value) : value)
