import { useEffect } from 'react'
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Reply } from '#api/contract.ts'
import { api } from '#web/lib/api.ts'

export type Presence = Reply<'PUT /api/tasks/:taskId/presence'>

/** This page of the browser; another tab is another page. */
export const pageId = crypto.randomUUID()
const EVERY_MS = 15_000

const presenceQuery = (taskId: string) =>
  queryOptions({
    queryKey: ['task', 'presence', taskId],
    queryFn: () => api('PUT /api/tasks/:taskId/presence', { params: { taskId }, body: { page: pageId } }),
    refetchInterval: EVERY_MS,
    refetchIntervalInBackground: true,
  })

/** いま開いている人: says that this page has the task open, and hears who else has. Leaving says so too. */
export function usePresence(taskId: string): Presence | undefined {
  const client = useQueryClient()
  const { data } = useQuery(presenceQuery(taskId))
  useEffect(
    () => () => {
      client.removeQueries({ queryKey: ['task', 'presence', taskId] })
      void api('PUT /api/tasks/:taskId/presence', {
        params: { taskId },
        body: { page: pageId, isLeaving: true },
      }).catch(() => undefined) // nobody is logged in any more, or the line is gone: the page is forgotten by itself
    },
    [client, taskId],
  )
  return data
}
