import type { Clock } from '#kernel/clock.ts'
import type { Tx } from '#db/database.ts'
import { notifyChange } from '#db/notify-change.ts'

/** お知らせの種類. What a kind says in words is in the task list's `notification-text.ts`. */
export type NotificationKind =
  | 'assigned'
  | 'taken-away'
  | 'ready'
  | 'released'
  | 'returned'
  | 'comment'
  | 'attachment'
  | 'run-finished'
  | 'step-failed'
  | 'deadline'

export interface Notification {
  readonly kind: NotificationKind
  readonly taskId?: string | null
  readonly runId?: string | null
  /** Who did it; null for the system. Nobody is told of what they did themselves. */
  readonly by: bigint | null
  /** Ids, codes and counts; never a name, a number of a person or an address. */
  readonly payload: Readonly<Record<string, string | number | boolean | null>>
  /** What is told once only: the same key again is no second お知らせ. */
  readonly dedupeKey?: string
}

/** お知らせ: told in the transaction of what they tell of, read on the person's own list. Answers how many were written. */
export async function notifyUsers(
  tx: Tx,
  clock: Clock,
  users: readonly (bigint | null)[],
  { kind, taskId = null, runId = null, by, payload, dedupeKey }: Notification,
): Promise<number> {
  const told = [...new Set(users)].filter((user): user is bigint => user !== null && user !== by)
  if (told.length === 0) return 0
  const written = await tx.rows<{ userId: bigint }>(
    `insert into notifications (user_id, kind, task_id, run_id, by_user_id, payload, dedupe_key, at)
     select u.id, $2, $3, $4, $5, $6, $7, $8 from users u where u.id = any($1::bigint[]) and u.disabled_at is null
     on conflict (user_id, dedupe_key) do nothing returning user_id as "userId"`,
    [told, kind, taskId, runId, by, JSON.stringify(payload), dedupeKey ?? null, clock.now()],
  )
  for (const { userId } of written) await notifyChange(tx, { kind: 'notification', userId: `${userId}` })
  return written.length
}
