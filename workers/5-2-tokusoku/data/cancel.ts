import { Fault } from '#kernel/faults.ts'
import type { Tx } from '#db/database.ts'

/** 中止: only before 004's release. Notices become 取消, natural keys free. Throws F52-12 afterwards. */
export async function cancelTokusoku(tx: Tx, runId: string): Promise<void> {
  const { isReleased } = await tx.one<{ isReleased: boolean }>(
    `select exists (select from tasks where run_id = $1 and step_id = '5-2-tokusoku/004-check-notices'
                    and state in ('completing', 'completed'))
       and exists (select from notices where run_id = $1 and state in ('released', 'dispatched')) as "isReleased"`,
    [runId],
  )
  if (isReleased) throw new Fault('F52-12')
  await tx.run(`update notices set state = 'cancelled' where run_id = $1 and state in ('staged', 'made')`, [runId])
}
