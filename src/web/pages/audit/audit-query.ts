import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { Reply } from '#api/contract.ts'
import { api } from '../../lib/api.ts'

export type AuditLine = Reply<'GET /api/audit'>['items'][number]

/** 条件 of the 監査 list in the address; whom a record is about is never in it. */
export interface AuditSearch {
  readonly from?: string
  readonly to?: string
  readonly actor?: string
  readonly category?: string
  readonly page?: number
}
export const AUDIT_PAGE = 100

export const CATEGORIES = {
  read: '閲覧',
  change: '変更',
  approve: '承認',
  refused: '拒否',
  disclose: '開示',
  output: '出力',
  receive: '受領',
  failed: '失敗',
  session: 'ログイン',
  system: 'システム',
} as const satisfies Record<AuditLine['category'], string>

export function readAuditSearch({ from, to, actor, category, page }: Record<string, unknown>): AuditSearch {
  const number = Number(page)
  return {
    ...(typeof from === 'string' ? { from } : {}),
    ...(typeof to === 'string' ? { to } : {}),
    ...(typeof actor === 'string' && actor !== '' ? { actor } : {}),
    ...(typeof category === 'string' && category !== '' ? { category } : {}),
    ...(Number.isInteger(number) && number > 1 ? { page: number } : {}),
  }
}

export const auditListQuery = ({ page = 1, ...filter }: AuditSearch, subject: string) =>
  queryOptions({
    queryKey: ['audit', 'list', filter, page, subject],
    queryFn: () => {
      const query = { ...filter, limit: AUDIT_PAGE, offset: (page - 1) * AUDIT_PAGE }
      return subject === ''
        ? api('GET /api/audit', { query })
        : api('POST /api/audit/search', { body: { ...query, subject } })
    },
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  })

export const auditStateQuery = queryOptions({
  queryKey: ['audit-state'],
  queryFn: () => api('GET /api/audit/state', {}),
  refetchInterval: 15_000,
})

export const auditOneQuery = (eventId: string) =>
  queryOptions({
    queryKey: ['audit', 'one', eventId],
    queryFn: () => api('GET /api/audit/:eventId', { params: { eventId } }),
    staleTime: Number.POSITIVE_INFINITY,
  })
