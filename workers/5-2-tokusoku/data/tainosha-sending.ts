import type { Tx } from '#db/database.ts'
import type { HumanContext } from '#runtime/human-context.ts'
import { effectiveRows } from '#runtime/worksheet/review.ts'

/** The file that waits to be sent, beside what its list says it must hold. */
export interface MadeFile {
  readonly version: number
  readonly lines: bigint
  readonly sumYen: bigint
  readonly listed: bigint
  readonly listedYen: bigint
  /** Lines that no file may hold: a key twice, a 被保険者番号 that is not eight digits, no 状態. */
  readonly badLines: bigint
}

/** The newest version with the count and sum of its list, read again (sheet 5.2 §6). */
export const readMadeFile = (tx: Tx, runId: string): Promise<MadeFile> =>
  tx.one<MadeFile>(
    `select f.version, f.line_count as lines, f.sum_yen as "sumYen", count(d.row_no) as listed,
       coalesce(sum(d.unpaid_yen), 0)::bigint as "listedYen",
       count(d.row_no) filter (where coalesce(d.status, '') = '' or s.insured_no !~ '^[0-9]{8}$')
         + count(r.instalment_id) - count(distinct r.instalment_id) as "badLines"
     from tainosha_files f left join (tainosha_rows d
       join worksheet_rows r on r.worksheet_id = d.worksheet_id and r.row_no = d.row_no
       join insured s on s.id = r.insured_id) on d.worksheet_id = f.worksheet_id and d.section = '送付'
     where f.run_id = $1 and f.state = 'made' group by f.id, f.version, f.line_count, f.sum_yen`,
    [runId],
  )

/** Persons that 006 decided to send but who are not in the file yet, or the reverse: they need the next version. */
export async function countNotYetInFile(tx: Tx, worksheetId: bigint): Promise<number> {
  const { count } = await tx.one<{ count: number }>(
    `select count(*)::int as count from (${effectiveRows}) r join tainosha_rows d on d.worksheet_id = $1 and d.row_no = r.row_no
     where (r.verdict = '対象') <> (d.section = '送付')`,
    [worksheetId],
  )
  return count
}

/** 送付の記録 once per version, or why it is made again. */
export async function recordSending(
  ctx: HumanContext,
  form: {
    readonly decision: string
    readonly sentOn?: string
    readonly sentBy?: string
    readonly receiptNo?: string
    readonly reason?: string
  },
): Promise<void> {
  if (form.decision === 'redo') {
    await ctx.tx.run(`update tainosha_files set redo_reason = $2 where run_id = $1 and state = 'made'`, [
      ctx.runId,
      form.reason ?? null,
    ])
    return
  }
  await ctx.tx.run(
    `update tainosha_files set state = 'sent', sent_on = $2, sent_by = $3, receipt_no = $4 where run_id = $1 and state = 'made'`,
    [ctx.runId, form.sentOn ?? null, form.sentBy ?? null, form.receiptNo ?? null],
  )
}
