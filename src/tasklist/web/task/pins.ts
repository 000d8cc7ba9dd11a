import { useEffect, useRef } from 'react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '#web/lib/api.ts'
import { changing } from '../acts.ts'

/** 先頭に留める: on, off, seen. The list is read again. */
export function usePins(taskId: string) {
  const client = useQueryClient()
  return useMutation({
    ...changing(taskId),
    mutationFn: (body: { rowNo: number; pin: 'on' | 'off' | 'seen' }) =>
      api('POST /api/tasks/:taskId/pins', { params: { taskId }, body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['task', 'sheet', taskId] }),
  })
}

/** Running through a list with ↓ is not looking: a row is seen when one stays on it. */
const SETTLE_MS = 400

/** Tells once when a pinned row's 明細 has been on screen for a moment. */
export function useSeen(rowNo: number | null, onSeen: (rowNo: number) => void): void {
  const latest = useRef(onSeen)
  latest.current = onSeen
  useEffect(() => {
    if (rowNo === null) return
    const timer = setTimeout(() => latest.current(rowNo), SETTLE_MS)
    return () => clearTimeout(timer)
  }, [rowNo])
}
