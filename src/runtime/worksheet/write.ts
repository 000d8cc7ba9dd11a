import { createHash } from 'node:crypto'
import type { CopyValue } from '#db/copy-text.ts'
import type { Tx } from '#db/database.ts'
import type { Counts, Staged, StepContext } from '../step.ts'
import { failpoint } from '../failpoints.ts'
import type { WorksheetKind } from './kind.ts'

/** One row of a list: the generic part, then the values of the kind's detail table in its order. */
export interface WorksheetRow {
  readonly instalmentId: bigint
  readonly insuredId: bigint
  readonly yen: bigint
  readonly verdict: string
  readonly reason: string | null
  readonly otherReasons: readonly string[]
  readonly flags: readonly string[]
  readonly detail: readonly CopyValue[]
}

/** A list that is written but not yet visible. */
export interface StagedWorksheet {
  readonly worksheetId: bigint
  readonly rowCount: number
  readonly counts: Counts
  /** Makes it visible as the next 版; returns that number. */
  finish(tx: Tx): Promise<number>
}

const ROW_COLUMNS = 'worksheet_id, row_no, instalment_id, insured_id, yen, verdict, reason, other_reasons, flags'.split(
  ', ',
)

/**
 * Stages a review list page by page. `rows` come in the order of the row numbers. A former attempt's rows are deleted
 * first; rows of a list that was never finished are invisible, because only `finish` makes it 'ready'.
 */
export async function stageWorksheet(
  kind: WorksheetKind,
  rows: AsyncIterable<readonly WorksheetRow[]>,
  ctx: StepContext,
): Promise<StagedWorksheet> {
  const worksheetId = await openWorksheet(kind, ctx)
  const hash = createHash('sha256')
  const counts: Record<string, number> = {}
  let rowCount = 0
  let writing: Promise<void> = Promise.resolve()
  let sumYen = 0n
  for await (const page of rows) {
    const first = rowCount + 1
    for (const row of page) {
      rowCount++
      sumYen += row.yen
      counts[row.verdict] = (counts[row.verdict] ?? 0) + 1
      hash.update(hashLine(kind, rowCount, row))
    }
    await writing // one page is on its way while the next is judged
    writing = writePage(kind, worksheetId, first, page, ctx)
    writing.catch(() => undefined) // awaited with the next page
    await ctx.progress('一覧を作る', rowCount)
  }
  await writing
  const digest = hash.digest('hex')
  return {
    worksheetId,
    rowCount,
    counts,
    async finish(tx) {
      const { version } = await tx.one<{ version: number }>(
        `update worksheets w set state = 'ready', hash = $2, row_count = $3, counts = $4, built_at = $5, sum_yen = $6,
           version = 1 + coalesce((select max(version) from worksheets o
             where o.run_id = w.run_id and o.kind = w.kind and o.state = 'ready'), 0)
         where id = $1 and state = 'building' returning version`,
        [worksheetId, digest, rowCount, JSON.stringify(counts), ctx.clock.now(), sumYen],
      )
      return version
    },
  }
}

/** Keeps what a screen says above a list beside its counts by 判定. */
export const keepCounts = (tx: Tx, worksheetId: bigint, counts: Counts): Promise<unknown> =>
  tx.run(`update worksheets set counts = counts || $2::jsonb where id = $1`, [worksheetId, JSON.stringify(counts)])

async function openWorksheet(kind: WorksheetKind, ctx: StepContext): Promise<bigint> {
  return ctx.db.tx(async (tx) => {
    const old = await tx.rows<{ id: bigint }>(
      `select id from worksheets where step_run_id = $1 and kind = $2 and state = 'building' and attempt < $3`,
      [ctx.stepRunId, kind.kind, ctx.attempt],
    )
    for (const { id } of old) {
      await tx.run(`delete from worksheet_rows where worksheet_id = $1`, [id])
      await tx.run(`delete from worksheets where id = $1`, [id])
    }
    const { id } = await tx.one<{ id: bigint }>(
      `insert into worksheets (run_id, step_run_id, attempt, kind, version, state, posting_number)
       values ($1, $2, $3, $4, 0, 'building', $5) returning id`,
      [ctx.runId, ctx.stepRunId, ctx.attempt, kind.kind, ctx.postingNumber],
    )
    return id
  })
}

/**
 * A staged page need not be on disk when it is committed: the final transaction, written after it, takes it along, and a
 * list that has none is begun anew. Two thousand waits for the disk less, which others would wait for too.
 */
const STAGED = 'set local synchronous_commit = off'

async function writePage(
  kind: WorksheetKind,
  worksheetId: bigint,
  first: number,
  page: readonly WorksheetRow[],
  ctx: StepContext,
): Promise<void> {
  await ctx.db.tx(async (tx) => {
    await tx.copyIn(
      'worksheet_rows',
      ROW_COLUMNS,
      page.map((row, n) => genericValues(worksheetId, first + n, row)),
    )
    await tx.copyIn(
      kind.detailTable,
      ['worksheet_id', 'row_no', ...kind.detailColumns],
      page.map((row, n) => [worksheetId, first + n, ...row.detail]),
    )
  }, STAGED)
  failpoint('mid-copy', ctx.stepId)
}

const genericValues = (worksheetId: bigint, rowNo: number, row: WorksheetRow): readonly CopyValue[] => [
  worksheetId,
  rowNo,
  row.instalmentId,
  row.insuredId,
  row.yen,
  row.verdict,
  row.reason,
  row.otherReasons,
  row.flags,
]

/** Facts only: ids that differ between two equal runs stay out. */
function hashLine(kind: WorksheetKind, rowNo: number, row: WorksheetRow): string {
  const facts = row.detail.filter((_, n) => !kind.unhashed?.includes(kind.detailColumns[n] ?? ''))
  return `${JSON.stringify([
    rowNo,
    String(row.instalmentId),
    String(row.yen),
    row.verdict,
    row.reason,
    row.otherReasons,
    row.flags,
    facts.map(String),
  ])}\n`
}

/** A batch step whose whole result is one list: its counts by verdict, and `version`. */
export async function stageOnlyWorksheet(
  kind: WorksheetKind,
  rows: AsyncIterable<readonly WorksheetRow[]>,
  ctx: StepContext,
  also: (tx: Tx, worksheetId: bigint, version: number) => Promise<Counts> = async () => ({}),
): Promise<Staged> {
  const staged = await stageWorksheet(kind, rows, ctx)
  return {
    async finish(tx) {
      const version = await staged.finish(tx)
      return { ...staged.counts, rows: staged.rowCount, version, ...(await also(tx, staged.worksheetId, version)) }
    },
  }
}
