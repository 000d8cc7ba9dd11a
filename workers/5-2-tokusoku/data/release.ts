import type { Clock } from '#kernel/clock.ts'
import type { Tx } from '#db/database.ts'
import { effectiveRows } from '#runtime/worksheet/review.ts'

/** A movement on an instalment that would be released, recorded after the list was last refreshed (F52-09). */
export async function hasNewerMovement(tx: Tx, worksheetId: bigint): Promise<boolean> {
  const { hit } = await tx.one<{ hit: boolean }>(
    `with newer as (
       select debit_instalment_id, credit_instalment_id from movements
       where posting_number > (select posting_number from worksheets where id = $1)),
     moved as (select debit_instalment_id as id from newer union select credit_instalment_id from newer)
     select exists (select from (${effectiveRows}) r join moved on moved.id = r.instalment_id where r.verdict = '対象') as hit`,
    [worksheetId],
  )
  return hit
}

/** A letter of the run that is not on the list: 個別作成 was cut off before its list was built again. */
export async function hasUnlisted(tx: Tx, runId: string, worksheetId: bigint): Promise<boolean> {
  const { hit } = await tx.one<{ hit: boolean }>(
    `select exists (select from notices n where n.run_id = $1 and n.state = 'made' and not exists (
       select from notice_check_rows d where d.worksheet_id = $2 and d.notice_id = n.id)) as hit`,
    [runId, worksheetId],
  )
  return hit
}

/**
 * 印刷番号 of letters of which only a part would leave (F52-43), the first ones: a line is pulled, or has been taken to another
 * letter. Letters about one 期割 are never torn.
 */
export async function tornLetters(tx: Tx, runId: string, worksheetId: bigint): Promise<readonly number[]> {
  const rows = await tx.rows<{ printNo: number }>(
    `with several as (select distinct letter_id as id from notices where run_id = $2 and letter_id is not null)
     select max(n.print_no) filter (where n.state = 'made') as "printNo"
     from several join notices n on n.id = several.id or n.letter_id = several.id
     left join (select d.notice_id, r.verdict from (${effectiveRows}) r
                join notice_check_rows d on d.worksheet_id = $1 and d.row_no = r.row_no) listed on listed.notice_id = n.id
     group by several.id
     having bool_or(n.state = 'made' and listed.verdict = '対象')
       and not bool_and(n.state = 'made' and listed.verdict = '対象')
     order by 1 limit 5`,
    [worksheetId, runId],
  )
  return rows.map(({ printNo }) => printNo)
}

/** 発送可 and 引抜き, as the list stands. A pulled notice frees its natural key at once. */
export async function releaseNotices(tx: Tx, runId: string, worksheetId: bigint, clock: Clock): Promise<void> {
  await tx.run(
    `update notices n set state = case r.verdict when '対象' then 'released' else 'pulled' end,
       pull_reason = case r.verdict when '対象' then null else r.reason end,
       released_at = case r.verdict when '対象' then $3::timestamptz end
     from (${effectiveRows}) r join notice_check_rows d on d.worksheet_id = $1 and d.row_no = r.row_no
     where n.id = d.notice_id and n.run_id = $2 and n.state = 'made'`,
    [worksheetId, runId, clock.now()],
  )
}

/** 失効: the run's notices that have not been released; their natural keys become free. */
export const lapseNotices = (tx: Tx, runId: string): Promise<number> =>
  tx.run(`update notices set state = 'lapsed' where run_id = $1 and state = 'made'`, [runId])
