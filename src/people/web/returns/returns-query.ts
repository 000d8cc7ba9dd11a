import { queryOptions } from '@tanstack/react-query'
import type { Reply } from '#api/contract.ts'
import { api } from '#web/lib/api.ts'

export type ReturnItem = Reply<'GET /api/returns'>['items'][number]
export type ReturnCase = Reply<'GET /api/returns/:returnId'>
type State = ReturnItem['state']

/** 条件 of the list in the address: states, codes and ids only. */
export interface ReturnSearch {
  readonly state?: 'all' | State
  readonly reason?: 'R1' | 'R2' | 'R3' | 'R4' | 'R5' | 'R9'
  readonly page?: number
}
const STATES: readonly string[] = ['all', '居所調査', '相続人調査', '再発送', '公示送達', '調査終了']
const REASONS: readonly string[] = ['R1', 'R2', 'R3', 'R4', 'R5', 'R9']

export function readReturnSearch({ state, reason, page }: Record<string, unknown>): ReturnSearch {
  const number = Number(page)
  return {
    ...(typeof state === 'string' && STATES.includes(state)
      ? { state: state as NonNullable<ReturnSearch['state']> }
      : {}),
    ...(typeof reason === 'string' && REASONS.includes(reason)
      ? { reason: reason as NonNullable<ReturnSearch['reason']> }
      : {}),
    ...(Number.isInteger(number) && number > 1 ? { page: number } : {}),
  }
}

export const RETURN_PAGE = 100

// not a topic of the live updates: every reading is an event of the journal, and a reading on its own would shut what was opened
export const returnListQuery = ({ page = 1, ...filter }: ReturnSearch) =>
  queryOptions({
    queryKey: ['return', 'list', filter, page],
    queryFn: () =>
      api('GET /api/returns', { query: { ...filter, limit: RETURN_PAGE, offset: (page - 1) * RETURN_PAGE } }),
    staleTime: 15_000,
  })

export const returnsOfRunQuery = (runId: string) =>
  queryOptions({
    queryKey: ['return', 'of-run', runId],
    queryFn: () => api('GET /api/returns', { query: { runId, state: 'all', limit: 200 } }),
    staleTime: 15_000,
  })

export const returnsOfPersonQuery = (insuredId: string) =>
  queryOptions({
    queryKey: ['return', 'of-person', insuredId],
    queryFn: () => api('GET /api/returns', { query: { insuredId, state: 'all', limit: 50 } }),
    staleTime: Number.POSITIVE_INFINITY, // a reading is an event
  })

export const returnKey = (returnId: string) => ['return', 'one', returnId] as const
export const returnQuery = (returnId: string) =>
  queryOptions({
    queryKey: returnKey(returnId),
    queryFn: () => api('GET /api/returns/:returnId', { params: { returnId } }),
    staleTime: Number.POSITIVE_INFINITY,
  })
