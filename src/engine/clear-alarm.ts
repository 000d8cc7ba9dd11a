import { appendEvent } from '#audit/append.ts'
import type { Actor } from '#audit/events.ts'
import type { Clock } from '#kernel/clock.ts'
import { Fault } from '#kernel/faults.ts'
import type { Database } from '#db/database.ts'
import { alarmWords } from './alarm-words.ts'
import { clearAlarms, type AlarmKind } from './alarms.ts'

/**
 * 警報を消す: somebody has looked and says why. A cleared quarantine gives its record up. Faults: OPS-001 it is gone,
 * OPS-002 only its cause clears it.
 */
export async function clearAlarm(
  { db, clock }: { readonly db: Database; readonly clock: Clock },
  { alarmId, reason, actor }: { readonly alarmId: bigint; readonly reason: string; readonly actor: Actor },
): Promise<void> {
  await db.tx(async (tx) => {
    const alarm = await tx.maybe<{ kind: AlarmKind; detail: string }>(
      `select kind, detail from engine_alarms where id = $1 and cleared_at is null for update`,
      [alarmId],
    )
    if (alarm === null) throw new Fault('OPS-001')
    const { kind, detail } = alarm
    if (alarmWords(kind).clearedBy === 'cause') throw new Fault('OPS-002')
    if (kind === 'quarantine')
      await tx.run(
        `update engine_quarantine set resolved_at = $1
          where epoch || '/' || partition || '/' || position || ' ' || projector = $2 and resolved_at is null`,
        [clock.now(), detail],
      )
    await clearAlarms(tx, clock, kind, detail)
    await appendEvent(tx, { at: clock.now(), kind: 'alarm-cleared', actor, payload: { alarm: kind, detail, reason } })
  })
}
