import type { Register } from '#access/route.ts'
import { notifyChange } from '#db/notify-change.ts'
import type { RuntimeDeps } from '#runtime/deps.ts'
import { groupOf, inWords } from './notification-text.ts'
import { NOTIFICATION_GROUPS, type notificationRoutes as table } from './notifications.schema.ts'
import { markRead, notificationCounts, notificationsOf, unreadCount } from './queries/notifications.ts'
import type { NotificationKind } from '#runtime/notify-users.ts'

/** お知らせ: everybody's own list. What is read is known on the server, on every machine. */
export function notificationRoutes(route: Register<typeof table>, deps: RuntimeDeps): void {
  route('GET /api/notifications', async ({ db, user, query }) => {
    const { limit = 50, ...asked } = query
    const counts = await notificationCounts(db, user.userId)
    const { items, nextCursor } = await notificationsOf(db, user.userId, { limit, ...asked })
    return {
      items: items.map(inWords),
      total: counts.reduce((sum, { count }) => sum + count, 0),
      unread: counts.reduce((sum, { unread }) => sum + unread, 0),
      groups: NOTIFICATION_GROUPS.map((group) => ({
        group,
        count: counts.reduce(
          (sum, { kind, count }) => (groupOf(kind as NotificationKind) === group ? sum + count : sum), // written by notifyUsers
          0,
        ),
      })),
      nextCursor,
      at: deps.clock.now(),
    }
  })
  route('GET /api/notifications/unread', async ({ db, user }) => ({ unread: await unreadCount(db, user.userId) }))
  route('POST /api/notifications/read', async ({ db, user, body }) => {
    const read = await markRead(db, user.userId, body.notificationIds ?? null, deps.clock.now())
    if (read > 0) await notifyChange(db, { kind: 'notification', userId: `${user.userId}` })
    return { unread: await unreadCount(db, user.userId) }
  })
}
