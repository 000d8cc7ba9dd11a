import type { Clock } from '#kernel/clock.ts'
import type { PlainDate } from '#kernel/plain-date.ts'
import { appendEvent } from '#audit/append.ts'
import type { EventKind } from '#audit/events.ts'
import type { Tx } from '#db/database.ts'
import { notifyChange } from '#db/notify-change.ts'
import { isProtectedWithin, type ProtectionMeasure } from '#rules/tokusoku/protection.ts'
import type { ReturnState, ServedDates } from '#rules/tokusoku/returned-letter.ts'
import { actorOf } from '#runtime/actor.ts'
import type { TaskUser } from '#runtime/human-context.ts'

type ReturnEventKind = Extract<EventKind, `letter-${string}` | `return-${string}`>

/** The next step of a case. */
export interface CaseStep {
  readonly kind: ReturnEventKind
  readonly returnId: bigint
  readonly number: number
  readonly from: ReturnState | null
  readonly to: ReturnState
  readonly actedOn: PlainDate
  readonly reason: string | null
  readonly note: string | null
  readonly dates: ServedDates | null
}

interface Letter {
  readonly noticeId: string | null
  readonly runId: string | null
  readonly insuredId: bigint
  readonly instalmentId: bigint
  readonly protections: readonly ProtectionMeasure[]
}

/**
 * 状態の記録: the step, the 督促履歴's 差押え可能日 (none while the letter has not been served), and the event, in one transaction.
 * A note never enters the journal: it may hold an address.
 */
export async function writeStep(
  tx: Tx,
  step: CaseStep,
  letter: Letter,
  by: { readonly user: TaskUser; readonly clock: Clock },
): Promise<void> {
  const { user, clock } = by
  const { dates } = step
  await tx.run(
    `insert into returned_letter_steps (returned_letter_id, number, state, acted_on, reason, note, designated_on, served_on,
       seizable_from, recorded_by, recorded_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      step.returnId,
      step.number,
      step.to,
      step.actedOn,
      step.reason,
      step.note,
      dates?.designatedOn ?? null,
      dates?.servedOn ?? null,
      dates?.seizableFrom ?? null,
      user.userId,
      clock.now(),
    ],
  )
  await tx.run(
    `update tokusoku_history set seizable_from = $3 where cancelled_on is null
       and (notice_id = $1 or ($1 is null and instalment_id = $2))`,
    [letter.noticeId, letter.instalmentId, dates?.seizableFrom ?? null],
  )
  const today = clock.today()
  const isProtected = letter.protections.some((one) => isProtectedWithin(one, today, today))
  await appendEvent(tx, {
    at: clock.now(),
    kind: step.kind,
    actor: actorOf(user),
    runId: letter.runId,
    subjects: [
      { kind: 'insured', id: `${letter.insuredId}` },
      ...(letter.noticeId === null ? [] : [{ kind: 'notice' as const, id: letter.noticeId }]),
    ],
    payload: {
      returnId: `${step.returnId}`,
      reason: isProtected ? null : step.reason,
      from: step.from,
      to: step.to,
      seizableFrom: dates?.seizableFrom ?? null,
      on: isProtected ? null : step.actedOn,
    },
  })
  if (letter.runId !== null) await notifyChange(tx, { kind: 'run', runId: letter.runId })
}
