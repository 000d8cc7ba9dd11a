import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { Reply } from '#api/contract.ts'
import { api } from '#web/lib/api.ts'

export type Instance = Reply<'GET /api/instances'>['items'][number]
export type InstanceDetail = Reply<'GET /api/instances/:key'>
export type TimelineLine = Reply<'GET /api/instances/:key/timeline'>['items'][number]

/** 条件 of the 実行状況 list in the address. */
export interface InstanceSearch {
  readonly state?: Instance['state']
  readonly page?: number
}
export const INSTANCE_STATES: Readonly<Record<Instance['state'], string>> = {
  running: '動いています',
  stopped: '止まっています',
  completed: '済',
  terminated: '中止',
}
export function readInstanceSearch({ state, page }: Record<string, unknown>): InstanceSearch {
  const number = Number(page)
  return {
    ...(typeof state === 'string' && state in INSTANCE_STATES ? { state: state as Instance['state'] } : {}), // just looked up
    ...(Number.isInteger(number) && number > 1 ? { page: number } : {}),
  }
}

export const INSTANCE_PAGE = 100

export const instanceListQuery = ({ page = 1, ...filter }: InstanceSearch) =>
  queryOptions({
    queryKey: ['instance', 'list', filter, page],
    queryFn: () =>
      api('GET /api/instances', { query: { ...filter, limit: INSTANCE_PAGE, offset: (page - 1) * INSTANCE_PAGE } }),
    refetchInterval: 15_000,
  })

/** A key may be used again in another epoch; left out: the newest. */
export interface EpochSearch {
  readonly epoch?: number
}
export const readEpochSearch = ({ epoch }: Record<string, unknown>): EpochSearch =>
  Number.isInteger(Number(epoch)) && Number(epoch) > 0 ? { epoch: Number(epoch) } : {}

export const instanceQuery = (key: string, of: EpochSearch) =>
  queryOptions({
    queryKey: ['instance', 'one', key, of],
    queryFn: () => api('GET /api/instances/:key', { params: { key }, query: of }),
    refetchInterval: 10_000,
  })

/** Which lines of 経過; without a group all. */
export type TimelineGroup = keyof Reply<'GET /api/instances/:key/timeline'>['counts']
export const TIMELINE_PAGE = 200

export const timelineQuery = (key: string, of: EpochSearch, group: TimelineGroup | null, page: number) =>
  queryOptions({
    queryKey: ['instance', 'one', key, of, 'timeline', group, page],
    queryFn: () =>
      api('GET /api/instances/:key/timeline', {
        params: { key },
        query: { ...of, ...(group ? { group } : {}), limit: TIMELINE_PAGE, offset: (page - 1) * TIMELINE_PAGE },
      }),
    refetchInterval: 10_000,
    placeholderData: keepPreviousData,
  })
