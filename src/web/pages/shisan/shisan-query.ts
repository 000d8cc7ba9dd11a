import { queryOptions } from '@tanstack/react-query'
import type { Body, Reply } from '#api/contract.ts'
import { api } from '../../lib/api.ts'

export type ShisanInfo = Reply<'GET /api/shisan'>['items'][number]
export type ShisanResult = Reply<`POST /api/shisan/${ShisanInfo['name']}`>

/** The definitions are part of the program: they do not change while a page is open. */
export const shisanQuery = queryOptions({
  queryKey: ['shisan'],
  queryFn: () => api('GET /api/shisan', {}),
  staleTime: Number.POSITIVE_INFINITY,
})

export const calculate = (
  name: ShisanInfo['name'],
  body: Body<`POST /api/shisan/${ShisanInfo['name']}`>,
): Promise<ShisanResult> => api(`POST /api/shisan/${name}`, { body })
