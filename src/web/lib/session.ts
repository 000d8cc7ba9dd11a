import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Reply, RouteKey } from '#api/contract.ts'
import { addressOf, api } from './api.ts'
import { Problem } from './problem.ts'
import { rememberCsrf } from './request.ts'

export type Me = Reply<'GET /api/me'>

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: async () => {
    const me = await api('GET /api/me', {})
    rememberCsrf(me.csrf)
    return me
  },
  staleTime: Number.POSITIVE_INFINITY,
  retry: false,
})

export const statusQuery = queryOptions({
  queryKey: ['status'],
  queryFn: () => api('GET /api/status', {}),
  refetchInterval: 15_000,
})

/** 新しいお知らせの件数 in the head of every screen. */
export const unreadQuery = queryOptions({
  queryKey: ['notification', 'unread'],
  queryFn: () => api('GET /api/notifications/unread', {}),
  refetchInterval: 60_000,
})

/** Who sits here. Only below the shell, which shows nothing before somebody is logged in. */
export function useMe(): Me {
  const { data } = useQuery(meQuery)
  if (!data) throw new Error('nobody is logged in')
  return data
}

/** May this person call the route? What is not in their rights is not shown. */
export const mayCall = (me: Me, route: RouteKey): boolean => me.rights.includes(route)

/** Where the login begins; `back` is the path to come back to, never a person. */
export const loginAddress = (back: string, as?: string): string =>
  addressOf('GET /api/login', {}, { return: back.startsWith('/') && !back.startsWith('//') ? back : '/', as })

/** Ends the session and forgets everything this page knows: nothing stays behind on a shared machine. */
export function useLeave(): () => Promise<void> {
  const client = useQueryClient()
  return async () => {
    client.clear()
    await api('POST /api/logout', {}).catch((error: unknown) => {
      // a session that has ended already is what is wanted
      if (!(error instanceof Problem) || (error.status !== 401 && error.status !== 403)) throw error
    })
    rememberCsrf('')
  }
}
