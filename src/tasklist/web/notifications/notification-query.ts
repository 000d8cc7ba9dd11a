import { queryOptions } from '@tanstack/react-query'
import type { Query, Reply } from '#api/contract.ts'
import { api } from '#web/lib/api.ts'

export type Notice = Reply<'GET /api/notifications'>['items'][number]
export type Group = NonNullable<NonNullable<Query<'GET /api/notifications'>>['group']>

export const GROUPS: Readonly<Record<Group, string>> = {
  run: '処理が進んだ・終わった',
  deadline: '期限が近い',
  decision: '差戻し・確認',
  comment: 'コメント',
  handover: '引継ぎ・代理',
}

export interface NotificationSearch {
  readonly group?: Group
}
export const readNotificationSearch = (search: Record<string, unknown>): NotificationSearch =>
  typeof search['group'] === 'string' && search['group'] in GROUPS ? { group: search['group'] as Group } : {} // just checked

export const notificationsQuery = ({ group }: NotificationSearch) =>
  queryOptions({
    queryKey: ['notification', 'list', group ?? ''],
    queryFn: () => api('GET /api/notifications', { query: { limit: 100, ...(group ? { group } : {}) } }),
    refetchInterval: 30_000,
  })
