import { protectedOn } from '#access/protected-on.ts'
import type { Tx } from '#db/database.ts'
import type { WorksheetFilter } from '#runtime/worksheet/facets.ts'
import {
  openSheet,
  placesOf,
  showRows,
  totalsOf,
  type WorksheetSort,
  type WorksheetTotals,
} from '#runtime/worksheet/read.ts'
import type { WorksheetKind } from '#runtime/worksheet/kind.ts'
import { countRows, without } from '#runtime/worksheet/places.ts'

/** What leaves the house: the rows of a filter in their order, without people under 抑止. */
export interface OutputRows {
  readonly rowNos: Int32Array
  /** 支援措置により除いた件数. */
  readonly omitted: number
  /** Of the rows that leave, summed one by one when it is asked for: a long list needs none. */
  totals(): Promise<WorksheetTotals>
  readonly version: number
  /** Persons of the rows at [from, until). */
  insuredIds(from: number, until: number): readonly number[]
}

/** Rows of a list for CSV or paper. `today` decides who is under 抑止. */
export async function outputRows(
  tx: Tx,
  kind: WorksheetKind,
  request: {
    readonly worksheetId: bigint
    readonly filter: WorksheetFilter
    readonly sort: WorksheetSort | null
    readonly today: string
  },
): Promise<OutputRows> {
  const { worksheetId, filter, sort, today } = request
  const sheet = await openSheet(tx, kind, worksheetId)
  const asked = await showRows(tx, sheet, filter)
  const guarded = await tx.rows<{ row_no: number }>(
    `select r.row_no from insured s join worksheet_rows r on r.insured_id = s.id and r.worksheet_id = $1
     where s.person_id in (select person_id from protections where superseded_at is null) and ${protectedOn('s.person_id', '$2')}`,
    [worksheetId, today],
  )
  const shown = without(
    sheet.standing,
    asked,
    guarded.map((row) => row.row_no),
  )
  const count = countRows(sheet.standing, shown)
  const rowNos = await placesOf(tx, sheet, shown, { sort, offset: 0, limit: count, count })
  const { personOf } = sheet.pack
  return {
    rowNos,
    omitted: countRows(sheet.standing, asked) - count,
    totals: () => totalsOf(tx, sheet, shown),
    version: sheet.version,
    insuredIds: (from, until) => [
      ...new Set(Array.from(rowNos.subarray(from, until), (row) => personOf[row - 1] ?? 0)),
    ],
  }
}
