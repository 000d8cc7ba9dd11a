import { Type } from 'typebox'
import {
  closedObject,
  CountNumber,
  IdText,
  Instant,
  nullable,
  oneOf,
  paging,
  Uuid,
  type RouteTable,
} from '#access/route-schema.ts'

/** 種類 of お知らせ as the list groups them: 処理が終わった, 期限が近い, 差戻し・確認の依頼, コメント, 引継ぎ・代理. */
export const NOTIFICATION_GROUPS = ['run', 'deadline', 'decision', 'comment', 'handover'] as const

/** One お知らせ, in words. */
export const Notification = closedObject({
  notificationId: IdText,
  group: oneOf(NOTIFICATION_GROUPS),
  /** Which icon and tone it has. */
  kind: Type.String(),
  title: Type.String(),
  text: Type.String(),
  at: Instant,
  isNew: Type.Boolean(),
  taskId: nullable(Uuid),
  runId: nullable(Uuid),
  /** 「002 を開く」「一覧で見る」「経過を見る」 */
  action: Type.String(),
})

export const notificationRoutes = {
  'GET /api/notifications': {
    summary: 'お知らせ',
    query: closedObject({
      group: Type.Optional(oneOf(NOTIFICATION_GROUPS)),
      limit: paging.limit,
      cursor: paging.cursor,
    }),
    reply: closedObject({
      items: Type.Array(Notification),
      total: CountNumber,
      unread: CountNumber,
      groups: Type.Array(closedObject({ group: oneOf(NOTIFICATION_GROUPS), count: CountNumber })),
      nextCursor: nullable(Type.String()),
      at: Instant,
    }),
  },
  'GET /api/notifications/unread': { summary: '新しいお知らせの件数', reply: closedObject({ unread: CountNumber }) },
  'POST /api/notifications/read': {
    summary: '読んだことにする',
    /** Without ids: all. */
    body: closedObject({ notificationIds: Type.Optional(Type.Array(IdText, { maxItems: 500 })) }),
    reply: closedObject({ unread: CountNumber }),
  },
} as const satisfies RouteTable
