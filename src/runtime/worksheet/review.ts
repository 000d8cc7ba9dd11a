import { Fault } from '#kernel/faults.ts'
import type { Clock } from '#kernel/clock.ts'
import type { Tx } from '#db/database.ts'
import { lastMarks } from './last-marks.ts'
import { effectiveVerdict } from './sheet-sql.ts'
import { worksheetHash } from './hash.ts'

/** Rows of a list by what persons made of them, as of now. */
export interface Tally {
  readonly rows: number
  readonly target: number
  readonly excluded: number
  readonly review: number
  readonly targetYen: bigint
}

/** SELECT of a list's rows with their effective verdict and reason. `list` is SQL for its id. */
export const effectiveRowsOf = (list: string): string => `select r.row_no, r.instalment_id, r.insured_id, r.yen,
    ${effectiveVerdict} as verdict, coalesce(m.reason, r.reason) as reason
  from worksheet_rows r
  left join (${lastMarks(list)}) m on m.row_no = r.row_no
  where r.worksheet_id = ${list}`

/** The same; $1 is the worksheet. */
export const effectiveRows = effectiveRowsOf('$1')

/** Counts a list by effective verdict. */
export async function tallyOf(tx: Pick<Tx, 'one'>, worksheetId: bigint): Promise<Tally> {
  return tx.one<Tally>(
    `select count(*)::int as rows, (count(*) filter (where verdict = '対象'))::int as target,
       (count(*) filter (where verdict = '除外'))::int as excluded, (count(*) filter (where verdict = '要確認'))::int as review,
       coalesce(sum(yen) filter (where verdict = '対象'), 0)::bigint as "targetYen" from (${effectiveRows}) rows`,
    [worksheetId],
  )
}

/** Throws TASK-005 unless the list is still what the person saw. */
export async function checkSeen(
  tx: Tx,
  worksheetId: bigint,
  seen: { readonly hash: string; readonly count: number },
): Promise<void> {
  const { row_count: count } = await tx.one<{ row_count: bigint }>(`select row_count from worksheets where id = $1`, [
    worksheetId,
  ])
  if (seen.hash !== (await worksheetHash(tx, worksheetId)) || BigInt(seen.count) !== count) throw new Fault('TASK-005')
}

/** Freezes what was decided on a list: count, sum, hash and last mark. The next step reads the rows of this review. */
export async function freezeReview(
  tx: Tx,
  review: {
    readonly worksheetId: bigint
    readonly taskId: string
    readonly stepRunId: string
    readonly decision: string
    readonly proposedBy: bigint | null
    readonly decidedBy: bigint
  },
  clock: Clock,
): Promise<void> {
  const tally = await tallyOf(tx, review.worksheetId)
  await tx.run(
    `insert into worksheet_reviews (worksheet_id, task_id, step_run_id, decision, row_count, target_count, sum_yen, hash,
       last_mark_id, proposed_by, decided_by, decided_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, (select max(id) from worksheet_marks where worksheet_id = $1), $9, $10, $11)`,
    [
      review.worksheetId,
      review.taskId,
      review.stepRunId,
      review.decision,
      tally.rows,
      tally.target,
      tally.targetYen,
      await worksheetHash(tx, review.worksheetId),
      review.proposedBy,
      review.decidedBy,
      clock.now(),
    ],
  )
}

/** The list of a kind that a person approved last in this run. Throws when there is none. */
export async function approvedList(sql: Pick<Tx, 'one'>, runId: string, kind: string): Promise<bigint> {
  const { id } = await sql.one<{ id: bigint }>(
    `select w.id from worksheets w join worksheet_reviews v on v.worksheet_id = w.id and v.decision = 'ok'
     where w.run_id = $1 and w.kind = $2 and w.state = 'ready' order by w.version desc, v.id desc limit 1`,
    [runId, kind],
  )
  return id
}
