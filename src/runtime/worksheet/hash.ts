import { createHash } from 'node:crypto'
import type { Sql } from '#db/database.ts'

/**
 * Fingerprint of a list with everything persons marked on it. Equal lists with equal marks give equal hashes in any
 * database: no ids and no times go in.
 */
export async function worksheetHash(sql: Sql, worksheetId: bigint): Promise<string> {
  const { hash, marks } = await sql.one<{ hash: string; marks: string | null }>(
    `select w.hash, (select string_agg(concat_ws('|', k.row_no, k.action, k.reason, k.note, k.follow_up_on), E'\\n' order by k.id)
                     from worksheet_marks k where k.worksheet_id = w.id) as marks
     from worksheets w where w.id = $1 and w.state = 'ready'`,
    [worksheetId],
  )
  return createHash('sha256')
    .update(`${hash}\n${marks ?? ''}`)
    .digest('hex')
}
