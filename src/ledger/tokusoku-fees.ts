import type { Clock } from '#kernel/clock.ts'
import { fiscalYearOf, type PlainDate } from '#kernel/plain-date.ts'
import type { Yen } from '#kernel/yen.ts'
import type { Tx } from '#db/database.ts'
import { chargeMovement } from './accounts.ts'
import { postInTx } from './post.ts'

/** 督促手数料 of one dunned instalment. */
export interface TokusokuFee {
  readonly instalmentId: bigint
  readonly yen: Yen
}

/**
 * 督促手数料の調定 (V1 T), written by 5.2 007 on the day of issue: one posting an instalment, caused by the run.
 * Fees of 0 are left out. Returns the posting number by instalment.
 */
export async function postTokusokuFees(
  tx: Tx,
  clock: Clock,
  run: { readonly runId: string; readonly issuedOn: PlainDate; readonly actorUserId: bigint | null },
  fees: readonly TokusokuFee[],
): Promise<ReadonlyMap<bigint, bigint>> {
  const due = fees.filter((fee) => fee.yen > 0n)
  const numbers = await postInTx(
    tx,
    clock,
    due.map((fee) => ({
      kind: '督促手数料',
      cause: { kind: 'run', runId: run.runId },
      actorUserId: run.actorUserId,
      bookedOn: run.issuedOn,
      fiscalYear: fiscalYearOf(run.issuedOn),
      movements: [chargeMovement(fee.instalmentId, 'T', fee.yen)],
    })),
  )
  return new Map(due.map((fee, index) => [fee.instalmentId, numbers[index] ?? 0n]))
}
