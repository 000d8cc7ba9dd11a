import { Fault } from '#kernel/faults.ts'
import type { Tx } from '#db/database.ts'

/** 中止: only before 004's release, also when all of it was pulled since. Notices become 取消, natural keys free. Throws F52-12 afterwards. */
export async function cancelTokusoku(tx: Tx, runId: string): Promise<void> {
  const { isReleased } = await tx.one<{ isReleased: boolean }>(
    `select exists (select from worksheet_reviews v join worksheets w on w.id = v.worksheet_id
                    where w.run_id = $1 and w.kind = 'notice-check' and v.decision = 'ok') as "isReleased"`,
    [runId],
  )
  if (isReleased) throw new Fault('F52-12')
  await tx.run(`update notices set state = 'cancelled' where run_id = $1 and state in ('staged', 'made')`, [runId])
}
