import { queryOptions } from '@tanstack/react-query'
import type { Reply } from '#api/contract.ts'
import { api } from '#web/lib/api.ts'
import { askedOnce } from '#web/lib/asked-once.ts'

export type Run = Reply<'GET /api/runs'>['items'][number]
export type RunDetail = Reply<'GET /api/runs/:runId'>
export type Flow = Reply<'GET /api/flows'>['items'][number]

/** 条件 of the 処理 list in the address. */
export interface RunSearch {
  readonly state?: 'running' | 'finished' | 'cancelled'
  readonly flow?: string
  readonly page?: number
}
export function readRunSearch({ state, flow, page }: Record<string, unknown>): RunSearch {
  const number = Number(page)
  return {
    ...(state === 'running' || state === 'finished' || state === 'cancelled' ? { state } : {}),
    ...(typeof flow === 'string' ? { flow } : {}),
    ...(Number.isInteger(number) && number > 1 ? { page: number } : {}),
  }
}

export const RUN_PAGE = 100

export const runListQuery = ({ page = 1, ...filter }: RunSearch) =>
  queryOptions({
    queryKey: ['run', 'list', filter, page],
    queryFn: () => api('GET /api/runs', { query: { ...filter, limit: RUN_PAGE, offset: (page - 1) * RUN_PAGE } }),
    refetchInterval: 15_000,
  })

export const flowsQuery = queryOptions({
  queryKey: ['flows'],
  queryFn: () => api('GET /api/flows', {}),
  staleTime: Number.POSITIVE_INFINITY,
})

/** While steps run by themselves the page follows closely; live updates do the rest. */
export const runQuery = (runId: string) =>
  queryOptions({
    queryKey: ['run', 'one', runId],
    queryFn: () => api('GET /api/runs/:runId', { params: { runId } }),
    refetchInterval: ({ state }) => (state.data?.progress ? 2000 : 10_000),
  })

/** The letter of a run whose printed 発行番号 ends in `rowNo`, null when there is none in this state; a null number asks nothing. */
export const letterQuery = (runId: string, rowNo: number | null, state: 'released' | 'dispatched') =>
  queryOptions({
    queryKey: ['letter', runId, state, rowNo],
    queryFn: async () => {
      const query = { state, rowNo: rowNo ?? 1, limit: 1 }
      return (await api('GET /api/runs/:runId/notices', { params: { runId }, query })).items[0] ?? null
    },
    enabled: rowNo !== null,
    ...askedOnce,
  })

/** The letter of a run that is still to be sent, by its id; null asks nothing. */
export const heldLetterQuery = (runId: string, noticeId: string | null) =>
  queryOptions({
    queryKey: ['letter', runId, noticeId],
    queryFn: async () => {
      const query = { state: 'released', noticeId: noticeId ?? '', limit: 1 } as const
      return (await api('GET /api/runs/:runId/notices', { params: { runId }, query })).items[0] ?? null
    },
    enabled: noticeId !== null,
    ...askedOnce,
  })

/** 検算 is an act with its own record: never made again behind the person's back. */
export const balanceQuery = (runId: string) =>
  queryOptions({
    queryKey: ['run-balance', runId],
    queryFn: () => api('GET /api/runs/:runId/check', { params: { runId } }),
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  })
