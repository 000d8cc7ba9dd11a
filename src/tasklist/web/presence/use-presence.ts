import { useEffect } from 'react'
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Reply } from '#api/contract.ts'
import { api } from '#web/lib/api.ts'

export type Presence = Reply<'PUT /api/tasks/:taskId/presence'>

/** This page of the browser; another tab is another page. */
export const pageId = crypto.randomUUID()
/** How often it has spoken of itself: its words may arrive in another order. */
let said = 0
const EVERY_MS = 15_000
/** Kept out by another page of one's own: after F5 that is the page before, whose leaving may be on its way still. */
const SOON_MS = 2_000

const presenceQuery = (taskId: string) =>
  queryOptions({
    queryKey: ['task', 'presence', taskId],
    queryFn: () =>
      api('PUT /api/tasks/:taskId/presence', { params: { taskId }, body: { page: pageId, said: (said += 1) } }),
    refetchInterval: ({ state: { data } }) =>
      data && !data.isEditor && data.others.some(({ isMe, isEditor }) => isMe && isEditor) ? SOON_MS : EVERY_MS,
    refetchIntervalInBackground: true,
  })

/** いま開いている人: says that this page has the task open, and hears who else has. Leaving says so too. */
export function usePresence(taskId: string): Presence | undefined {
  const client = useQueryClient()
  const { data } = useQuery(presenceQuery(taskId))
  useEffect(() => {
    const leave = () => sayLeaving(taskId)
    // read again (F5) or closed: nothing is unmounted, and the page after it must not find itself kept out
    window.addEventListener('pagehide', leave)
    return () => {
      window.removeEventListener('pagehide', leave)
      client.removeQueries({ queryKey: ['task', 'presence', taskId] })
      leave()
    }
  }, [client, taskId])
  return data
}

/** Leaves the task; it is sent even when the page ends with it. */
const sayLeaving = (taskId: string): void =>
  void api('PUT /api/tasks/:taskId/presence', {
    params: { taskId },
    body: { page: pageId, said: (said += 1), isLeaving: true },
    isLast: true,
  }).catch(() => undefined) // nobody is logged in any more, or the line is gone: the page is forgotten by itself
