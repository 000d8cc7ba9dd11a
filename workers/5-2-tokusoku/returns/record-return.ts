import { Fault } from '#kernel/faults.ts'
import type { Clock } from '#kernel/clock.ts'
import type { PlainDate } from '#kernel/plain-date.ts'
import type { Tx } from '#db/database.ts'
import type { ReturnCode } from '#rules/tokusoku/reasons.ts'
import type { ProtectionMeasure } from '#rules/tokusoku/protection.ts'
import { type ReturnState, stateOnReturn } from '#rules/tokusoku/returned-letter.ts'
import type { TaskUser } from '#runtime/human-context.ts'
import { letterOf } from '../data/letters.ts'
import { PERSON_CTES } from '../data/person-facts.ts'
import { writeStep } from './write-step.ts'

/** A letter that came back, as a person or the form of 007 tells it. */
export interface ReturnedLetter {
  readonly noticeId: string
  readonly returnedOn: PlainDate
  readonly reason: ReturnCode
  readonly note: string | null
}

interface Dispatched {
  /** The letter that the row stands on, by its first row. */
  readonly letterId: string
  readonly runId: string
  readonly insuredId: bigint
  readonly instalmentId: bigint
  readonly state: string
  readonly dispatchedOn: PlainDate | null
  readonly protections: readonly ProtectionMeasure[]
}

interface LastCase {
  readonly id: bigint
  readonly delivery: number
  readonly returnedOn: PlainDate
  readonly reason: string
  readonly state: ReturnState
  readonly actedOn: PlainDate
}

/**
 * 返戻の登録: opens a case for the sending that came back, one for all 期割 of the letter. The same once more is the same case. Throws F52-21 (not dispatched),
 * F52-22 (this sending's return is known otherwise), TASK-010 (a day before it was sent, or in the future).
 */
export async function recordReturn(
  tx: Tx,
  letter: ReturnedLetter,
  by: { readonly user: TaskUser; readonly clock: Clock },
): Promise<bigint> {
  const notice = await tx.maybe<Dispatched>(DISPATCHED, [letter.noticeId])
  if (notice?.state !== 'dispatched' || notice.dispatchedOn === null) throw new Fault('F52-21')
  await tx.run(`select pg_advisory_xact_lock(hashtextextended('returned letters', $1))`, [notice.insuredId])
  const { letterId } = notice
  const last = await tx.maybe<LastCase>(LAST_CASE, [letterId])
  if (last !== null && last.returnedOn === letter.returnedOn && last.reason === letter.reason) return last.id
  if (last !== null && last.state !== '再発送') throw new Fault('F52-22')
  const sentOn = last?.actedOn ?? notice.dispatchedOn
  if (letter.returnedOn < sentOn || letter.returnedOn > by.clock.today())
    throw new Fault('TASK-010', { reason: '戻った日', need: '送った日から本日までの日' })
  const { id } = await tx.one<{ id: bigint }>(
    `insert into returned_letters (paper, notice_id, insured_id, delivery, returned_on, reason, recorded_by, recorded_at)
     values ('督促状', $1, $2, $3, $4, $5, $6, $7) returning id`,
    [
      letterId,
      notice.insuredId,
      last === null ? 0 : last.delivery + 1,
      letter.returnedOn,
      letter.reason,
      by.user.userId,
      by.clock.now(),
    ],
  )
  await writeStep(
    tx,
    {
      kind: 'letter-returned',
      returnId: id,
      number: 1,
      from: null,
      to: stateOnReturn(letter.reason),
      actedOn: letter.returnedOn,
      reason: letter.reason,
      note: letter.note,
      dates: null,
    },
    { ...notice, noticeId: letterId },
    by,
  )
  return id
}

const DISPATCHED = `
with ${PERSON_CTES.trim()}
select ${letterOf('n')} as "letterId", n.run_id as "runId", n.insured_id as "insuredId", n.instalment_id as "instalmentId", n.state,
  n.dispatched_on as "dispatchedOn", coalesce(guarded.list, '[]') as protections
from notices n join insured s on s.id = n.insured_id left join guarded on guarded.person_id = s.person_id where n.id = $1`

const LAST_CASE = `
select c.id, c.delivery, c.returned_on as "returnedOn", c.reason, last.state, last.acted_on as "actedOn"
from returned_letters c
join lateral (select * from returned_letter_steps x where x.returned_letter_id = c.id order by number desc limit 1) last on true
where c.notice_id = $1 order by c.delivery desc limit 1`
