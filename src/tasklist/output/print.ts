import type { Static } from 'typebox'
import { Fault } from '#kernel/faults.ts'
import type { Tx } from '#db/database.ts'
import { municipalityName } from '#notices/read-settings.ts'
import type { FlowDefinition } from '#runtime/flow.ts'
import type { WorksheetFilter } from '#runtime/worksheet/facets.ts'
import type { WorksheetKind } from '#runtime/worksheet/kind.ts'
import type { WorksheetSort } from '#runtime/worksheet/read.ts'
import { readRows } from '#runtime/worksheet/read-rows.ts'
import { rowView, totalsView } from '../queries/worksheet-view.ts'
import type { PrintList } from '../worksheet.schema.ts'
import { outputRows } from './rows.ts'

/** About 190 sheets of A4: more is no paper that anybody reads. */
const MOST = 5_000

type Page = Omit<Static<typeof PrintList>, 'printedBy' | 'printedAt' | 'terminal'>

/** 印刷用の一覧, without people under 抑止. Throws TASK-030 when it is too long for paper. */
export async function printList(
  tx: Tx,
  sheet: {
    readonly flow: FlowDefinition
    readonly kind: WorksheetKind
    readonly worksheetId: bigint
    readonly runId: string
  },
  asked: {
    readonly worksheetId: bigint
    readonly filter: WorksheetFilter
    readonly sort: WorksheetSort | null
    readonly today: string
  },
): Promise<{ readonly page: Page; readonly insuredIds: readonly number[] }> {
  const { flow, kind, worksheetId } = sheet
  const { rowNos, omitted, totals, version, insuredIds } = await outputRows(tx, kind, asked)
  if (rowNos.length > MOST) throw new Fault('TASK-030', { most: MOST, count: rowNos.length })
  const rows = await readRows(tx, kind, { worksheetId, rowNos: [...rowNos], today: asked.today })
  const run = await tx.one<{ number: string; title: string; as_of: string | null }>(
    `select number, title, variables ->> 'asOf' as as_of from runs where id = $1`,
    [sheet.runId],
  )
  return {
    insuredIds: insuredIds(0, rowNos.length),
    page: {
      municipality: await municipalityName(tx),
      runNumber: run.number,
      runTitle: run.title,
      asOf: run.as_of,
      version,
      rows: rows.map((row) => rowView(flow, kind, row)),
      totals: totalsView(await totals()),
      omitted,
    },
  }
}
