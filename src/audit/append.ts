import { createHash } from 'node:crypto'
import type { Tx } from '#db/database.ts'
import { canonicalJson } from './canonical-json.ts'
import type { AuditEvent } from './events.ts'

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** The text that is hashed and sealed: everything the event says, once. */
export const eventText = (event: AuditEvent): string =>
  canonicalJson({
    at: event.at,
    kind: event.kind,
    actor: { userId: event.actor.userId, name: event.actor.name, terminal: event.actor.terminal },
    runId: event.runId ?? null,
    stepRunId: event.stepRunId ?? null,
    taskId: event.taskId ?? null,
    subjects: event.subjects ?? [],
    payload: event.payload,
  })

/**
 * 記録を書く: one event, in the transaction of the change it tells of. Returns its id. The sealer chains it within a
 * second after the commit; until then nothing of it is locked.
 */
export async function appendEvent(tx: Tx, event: AuditEvent): Promise<bigint> {
  const text = eventText(event)
  const subjects = event.subjects ?? []
  const only = subjects.length === 1 ? subjects[0] : undefined
  const { id } = await tx.one<{ id: bigint }>(
    `with event as (
       insert into audit_events (at, kind, actor_user_id, actor, terminal, run_id, step_run_id, task_id, subject_kind,
         subject_id, payload, hash)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) returning id
     ), waiting as (insert into audit_unsealed (event_id) select id from event)
     select id from event`,
    [
      event.at,
      event.kind,
      event.actor.userId,
      event.actor.name,
      event.actor.terminal,
      event.runId ?? null,
      event.stepRunId ?? null,
      event.taskId ?? null,
      only?.kind ?? null,
      only?.id ?? null,
      text,
      sha256(text),
    ],
  )
  if (subjects.length > 0)
    await tx.run(
      `insert into audit_event_subjects (event_id, kind, subject_id)
       select $1, kind, subject_id from unnest($2::text[], $3::text[]) as s (kind, subject_id) on conflict do nothing`,
      [id, subjects.map(({ kind }) => kind), subjects.map(({ id: subjectId }) => subjectId)],
    )
  return id
}
