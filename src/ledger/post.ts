import type { Clock } from '#kernel/clock.ts'
import type { Tx } from '#db/database.ts'
import type { CopyValue } from '#db/copy-text.ts'
import type { Cause, NewPosting } from './accounts.ts'
import { addToBalances } from './balances.ts'
import { takeNumbers } from './counter.ts'

const POSTING = `number kind cause_file_id cause_line cause_run_id cause_decision actor_user_id booked_on fiscal_year
  reverses posted_at`.split(/\s+/)
const MOVEMENT = `posting_number component credit_account credit_instalment_id debit_account debit_instalment_id yen
  received_on collected_on person_id`.split(/\s+/)

/**
 * 仕訳: writes postings with their movements and brings the balances up to date, all in the caller's transaction.
 * Numbers are gapless, in the order given. Returns them. The only other writers are the set-based loaders beside this file.
 */
export async function postInTx(tx: Tx, clock: Clock, postings: readonly NewPosting[]): Promise<readonly bigint[]> {
  if (postings.length === 0) return []
  const first = await takeNumbers(tx, postings.length)
  const numbers = postings.map((_, index) => first + BigInt(index))
  const at = clock.now()
  await tx.copyIn(
    'postings',
    POSTING,
    postings.map((posting, index) => postingRow(posting, numbers[index] ?? 0n, at)),
  )
  await tx.copyIn(
    'movements',
    MOVEMENT,
    postings.flatMap((posting, index) => movementRows(posting, numbers[index] ?? 0n)),
  )
  await addToBalances(tx, first, first + BigInt(postings.length) - 1n)
  return numbers
}

function causeColumns(cause: Cause): readonly [CopyValue, CopyValue, CopyValue, CopyValue, CopyValue] {
  switch (cause.kind) {
    case 'file':
      return [cause.fileId, cause.line, null, null, null]
    case 'run':
      return [null, null, cause.runId, null, null]
    case 'decision':
      return [null, null, null, cause.decision, null]
    case 'reversal':
      return [null, null, null, cause.decision, cause.reverses]
    default:
      return cause satisfies never
  }
}

function postingRow(posting: NewPosting, number: bigint, at: string): readonly CopyValue[] {
  const [fileId, line, runId, decision, reverses] = causeColumns(posting.cause)
  return [
    number,
    posting.kind,
    fileId,
    line,
    runId,
    decision,
    posting.actorUserId,
    posting.bookedOn,
    posting.fiscalYear,
    reverses,
    at,
  ]
}

const movementRows = (posting: NewPosting, number: bigint): readonly (readonly CopyValue[])[] =>
  posting.movements.map((one) => [
    number,
    one.component,
    one.credit.account,
    one.credit.instalmentId,
    one.debit.account,
    one.debit.instalmentId,
    one.yen,
    one.receivedOn ?? null,
    one.collectedOn ?? null,
    one.personId ?? null,
  ])
