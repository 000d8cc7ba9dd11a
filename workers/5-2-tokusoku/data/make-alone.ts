import { Fault } from '#kernel/faults.ts'
import type { Tx } from '#db/database.ts'
import type { TokusokuOptions } from '#rules/tokusoku/options.ts'
import type { HumanContext } from '#runtime/human-context.ts'
import type { MadeAlone } from '#runtime/step.ts'
import { noticeCases } from './load-notice-cases.ts'
import { makeNotice, type NoticeVerdict } from './make-notice.ts'
import { NOTICE_COLUMNS, noticeValues, RESERVED } from './stage-notices.ts'
import { keptDates } from './run-params.ts'
import { stillUnprintable } from './unprintable.ts'
import { tokusokuWords } from './words.ts'

interface Wanted {
  readonly rowNo: number
  /** The row of the list that 002 approved. */
  readonly listRow: number
  readonly stepRunId: string
  readonly attempt: number
}

/**
 * 個別作成 after repair (004): makes the letters of 発行不能 rows as 003 would now, without a new version of the others. The
 * natural key is reserved, the letters are numbered again in print order. Rows that still cannot be made come back with
 * their reason. Throws F52-40 for a row that is not 発行不能, F52-41 when none can be made.
 */
export async function makeAlone(rowNos: readonly number[], ctx: HumanContext): Promise<MadeAlone> {
  const { tx, runId } = ctx
  const wanted = await readWanted(ctx, rowNos)
  const byListRow = new Map(wanted.map((one) => [one.listRow, one]))
  const verdicts: NoticeVerdict[] = []
  const dates = keptDates(ctx.variables)
  for await (const page of noticeCases(tx, runId, dates, [...byListRow.keys()]))
    verdicts.push(...page.map((kase) => makeNotice(kase, dates, ctx.options as TokusokuOptions))) // pinned by this flow
  const still: MadeAlone['still'][number][] = []
  const made: MadeAlone['made'][number][] = []
  await tx.run(`select pg_advisory_xact_lock(hashtext('notices natural key'))`)
  for (const verdict of verdicts) {
    const of = byListRow.get(verdict.kase.rowNo)
    if (of === undefined) throw new Error(`row ${verdict.kase.rowNo} was not asked for`)
    if (verdict.kind === 'unprintable') still.push({ rowNo: of.rowNo, reason: verdict.reason })
    else if (await isReserved(tx, verdict.kase.instalmentId)) still.push({ rowNo: of.rowNo, reason: 'A02' })
    else {
      await tx.copyIn('notices', NOTICE_COLUMNS, [
        noticeValues(verdict, dates, { runId, stepRunId: of.stepRunId, attempt: of.attempt, clock: ctx.clock }),
      ])
      made.push({ rowNo: of.rowNo })
    }
  }
  if (made.length === 0)
    throw new Fault('F52-41', {
      reason: [...new Set(still.map(({ reason }) => inWords(reason)))].toSorted().join('、'),
    })
  await number(tx, runId)
  return { made, still }
}

const inWords = (code: string): string => `${code} ${tokusokuWords.reasons[code] ?? ''}`.trim()

async function readWanted({ tx, runId, worksheetId }: HumanContext, rowNos: readonly number[]): Promise<Wanted[]> {
  const wanted = await tx.rows<Wanted>(
    `select r.row_no as "rowNo", u.row_no as "listRow", u.step_run_id as "stepRunId", s.attempt
     from worksheet_rows r join (${stillUnprintable('$1')}) u on u.instalment_id = r.instalment_id
     join step_runs s on s.id = u.step_run_id
     where r.worksheet_id = $2 and r.row_no = any($3::int[]) and u.reason <> 'A02' order by r.row_no`,
    [runId, worksheetId, rowNos],
  )
  if (wanted.length !== new Set(rowNos).size) throw new Fault('F52-40')
  return wanted
}

const isReserved = async (tx: Tx, instalmentId: bigint): Promise<boolean> =>
  (await tx.maybe(`select 1 from (${RESERVED}) r where r.instalment_id = $1 limit 1`, [instalmentId])) !== null

/** 印刷番号 of the whole version anew, and the counts that the run shows. */
async function number(tx: Tx, runId: string): Promise<void> {
  await tx.run(
    `update notices set state = 'made', version = (select (variables->>'noticeVersion')::int from runs where id = $1)
     where run_id = $1 and state = 'staged' and print_no is null`,
    [runId],
  )
  await tx.run(
    `update notices n set print_no = o.print_no
     from (select id, row_number() over (order by sort_key collate "C", id) as print_no from notices
           where run_id = $1 and state = 'made') o where n.id = o.id`,
    [runId],
  )
  await tx.run(
    `update runs set variables = variables || jsonb_build_object(
       'noticeCount', (select count(*) from notices where run_id = $1 and state = 'made'),
       'unprintableCount', (select count(*) from (${stillUnprintable('$1')}) u where u.reason <> 'A02'))
     where id = $1`,
    [runId],
  )
}
