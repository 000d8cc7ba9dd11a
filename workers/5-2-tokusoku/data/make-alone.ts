import { Fault } from '#kernel/faults.ts'
import type { Tx } from '#db/database.ts'
import type { TokusokuOptions } from '#rules/tokusoku/options.ts'
import type { HumanContext } from '#runtime/human-context.ts'
import type { MadeAlone } from '#runtime/step.ts'
import { effectiveRowsOf } from '#runtime/worksheet/review.ts'
import { letterCases, letterOf } from './letters.ts'
import { type NoticeCase, noticeCases } from './load-notice-cases.ts'
import { makeLetters, type NoticeVerdict } from './make-notice.ts'
import { NOTICE_COLUMNS, noticeRows, RESERVED } from './stage-notices.ts'
import { keptDates } from './run-params.ts'
import { stillUnprintable } from './unprintable.ts'
import { tokusokuWords } from './words.ts'

interface Wanted {
  readonly rowNo: number
  /** The row of the list that 002 approved. */
  readonly listRow: number
  readonly stepRunId: string
  readonly attempt: number
  /** The row of `notices` that the new letter takes the place of: its letter was pulled for another line's sake (P10). */
  readonly formerId: string | null
}

/**
 * 個別作成 (004): makes the letters of 発行不能 rows after repair, and of rows whose letter was pulled for another line's sake
 * (P10), as 003 would now, without a new version of the others. The natural key is reserved, the letters are numbered again
 * in print order. Rows that still cannot be made come back with their reason. Throws F52-40 for any other row, F52-41 when
 * none can be made.
 */
export async function makeAlone(rowNos: readonly number[], ctx: HumanContext): Promise<MadeAlone> {
  const { tx, runId } = ctx
  const wanted = await readWanted(ctx, rowNos)
  const byListRow = new Map(wanted.map((one) => [one.listRow, one]))
  const of = (kase: NoticeCase): Wanted => {
    const found = byListRow.get(kase.rowNo)
    if (found === undefined) throw new Error(`row ${kase.rowNo} was not asked for`)
    return found
  }
  const dates = keptDates(ctx.variables)
  const options = ctx.options as TokusokuOptions // pinned by this flow
  const still: MadeAlone['still'][number][] = []
  const made: MadeAlone['made'][number][] = []
  await tx.run(`select pg_advisory_xact_lock(hashtext('notices natural key'))`)
  for await (const page of letterCases(noticeCases(tx, runId, dates, [...byListRow.keys()]), options.noticeUnit))
    for (const cases of page) {
      const free: NoticeCase[] = []
      for (const kase of cases)
        if (await isReserved(tx, kase.instalmentId, of(kase).formerId))
          still.push({ rowNo: of(kase).rowNo, reason: 'A02' })
        else free.push(kase)
      for (const verdict of makeLetters(free, dates, options))
        if (verdict.kind === 'unprintable') still.push({ rowNo: of(verdict.kase).rowNo, reason: verdict.reason })
        else made.push(...(await keepLetter(ctx, verdict, of)))
    }
  if (made.length === 0)
    throw new Fault('F52-41', {
      reason: [...new Set(still.map(({ reason }) => inWords(reason)))].toSorted().join('、'),
    })
  await number(tx, runId)
  return { made, still }
}

/** Writes the letter; what its lines stood on before lapses. */
async function keepLetter(
  { tx, runId, variables, clock }: HumanContext,
  letter: Extract<NoticeVerdict, { kind: 'notice' }>,
  of: (kase: NoticeCase) => Wanted,
): Promise<MadeAlone['made']> {
  const lines = letter.lines.map(({ kase }) => of(kase))
  const { stepRunId, attempt } = of(letter.lines[0].kase)
  await tx.run(`update notices set state = 'lapsed' where id = any($1::uuid[]) and state = 'made'`, [
    lines.flatMap(({ formerId }) => formerId ?? []),
  ])
  const at = { runId, stepRunId, attempt, clock }
  const rows = noticeRows(letter, keptDates(variables), at, (kase) => of(kase).formerId)
  await tx.copyIn('notices', NOTICE_COLUMNS, rows)
  return lines.map(({ rowNo }) => ({ rowNo }))
}

const inWords = (code: string): string => `${code} ${tokusokuWords.reasons[code] ?? ''}`.trim()

/** The asked rows with all that are pulled for the same reason with the same letter: they go on one sheet again. */
async function readWanted({ tx, runId, worksheetId }: HumanContext, rowNos: readonly number[]): Promise<Wanted[]> {
  const wanted = await tx.rows<Wanted>(
    `with drawn_in as (
       select r.row_no, n.row_no as list_row, n.step_run_id, s.attempt, n.id, ${letterOf('n')} as letter
       from (${effectiveRowsOf('$2')}) r join notice_check_rows d on d.worksheet_id = $2 and d.row_no = r.row_no
       join notices n on n.id = d.notice_id and n.state = 'made' join step_runs s on s.id = n.step_run_id
       where d.proposal = 'P10' and r.verdict = '除外' and r.reason = 'P10')
     select r.row_no as "rowNo", u.row_no as "listRow", u.step_run_id as "stepRunId", s.attempt, null::uuid as "formerId"
     from worksheet_rows r join (${stillUnprintable('$1')}) u on u.instalment_id = r.instalment_id
     join step_runs s on s.id = u.step_run_id
     where r.worksheet_id = $2 and r.row_no = any($3::int[]) and u.reason <> 'A02'
     union all
     select row_no, list_row, step_run_id, attempt, id from drawn_in
     where letter in (select letter from drawn_in where row_no = any($3::int[]))
     order by 1`,
    [runId, worksheetId, rowNos],
  )
  const found = new Set(wanted.map(({ rowNo }) => rowNo))
  if (rowNos.some((rowNo) => !found.has(rowNo))) throw new Fault('F52-40')
  return wanted
}

const isReserved = async (tx: Tx, instalmentId: bigint, formerId: string | null): Promise<boolean> =>
  (await tx.maybe(
    `select 1 from (${RESERVED}) r where r.instalment_id = $1 and ($2::uuid is null or r.notice_id is distinct from $2) limit 1`,
    [instalmentId, formerId],
  )) !== null

/** 印刷番号 of the whole version anew, and the counts that the run shows. What is left of a letter keeps a number of its own. */
async function number(tx: Tx, runId: string): Promise<void> {
  await tx.run(
    `update notices set state = 'made', version = (select (variables->>'noticeVersion')::int from runs where id = $1)
     where run_id = $1 and state = 'staged' and print_no is null`,
    [runId],
  )
  await tx.run(
    `update notices n set print_no = o.print_no
     from (select letter, row_number() over (order by first_key collate "C", letter) as print_no from (
             select ${letterOf('n')} as letter, min(sort_key collate "C") as first_key from notices n
             where run_id = $1 and state = 'made' group by 1) letters) o
     where n.run_id = $1 and n.state = 'made' and ${letterOf('n')} = o.letter`,
    [runId],
  )
  await tx.run(
    `update runs set variables = variables || jsonb_build_object(
       'noticeCount', (select count(distinct ${letterOf('n')}) from notices n where run_id = $1 and state = 'made'),
       'unprintableCount', (select count(*) from (${stillUnprintable('$1')}) u where u.reason <> 'A02'))
     where id = $1`,
    [runId],
  )
}
