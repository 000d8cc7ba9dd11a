import { protectedOn } from '#access/protected-on.ts'
import type { Sql } from '#db/database.ts'
import { prepared } from '#db/prepared.ts'
import type { WorksheetKind } from './kind.ts'
import { effectiveVerdict, someRows } from './sheet-sql.ts'

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
  /** Another person of this list has the same name, 異体字 folded. */
  readonly hasNamesake: boolean
  readonly cells: Readonly<Record<string, unknown>>
}

/** Rows of a list by their numbers, in the order asked for. `today` decides who is under 抑止 now. */
export async function readRows(
  sql: Sql,
  kind: WorksheetKind,
  request: { readonly worksheetId: bigint; readonly rowNos: readonly number[]; readonly today: string },
): Promise<ReadRow[]> {
  const { worksheetId, rowNos, today } = request
  if (rowNos.length === 0) return []
  const raw = await sql.rows<RawRow>(
    prepared(`select r.row_no, r.insured_id, s.insured_no, r.instalment_id, i.fuka_year, i.chotei_year, i.tsuchisho_no, i.period,
       i.method, r.yen, r.verdict as base_verdict, ${effectiveVerdict} as verdict, r.reason, m.reason as mark_reason,
       r.other_reasons, r.flags, ms.name as marked_by, coalesce(m.is_carried_over, false) as is_carried_over,
       memo.note, m.follow_up_on, coalesce(p.name, '') as person_name, coalesce(p.kana, '') as person_kana,
       ${protectedOn('s.person_id', '$3')} as is_protected,
       exists (select from person_versions o join insured os on os.person_id = o.person_id
         join worksheet_rows x on x.insured_id = os.id and x.worksheet_id = r.worksheet_id
         where o.name_folded = p.name_folded and o.superseded_at is null and o.valid_to is null
           and o.person_id <> p.person_id) as has_namesake,
       ${kind.columns.map((column) => `${column.sql} as "cell_${column.name}"`).join(', ')}
     from ${someRows(kind)} where r.worksheet_id = $1 and r.row_no = any($2::int[])`),
    [worksheetId, rowNos, today],
  )
  const byNo = new Map(raw.map((row) => [row.row_no, row]))
  return rowNos.flatMap((rowNo) => byNo.get(rowNo) ?? []).map(toRow)
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
  readonly has_namesake: boolean
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
    hasNamesake: raw.has_namesake,
    cells,
  }
}
