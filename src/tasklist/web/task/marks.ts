import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Body } from '#api/contract.ts'
import { api } from '#web/lib/api.ts'
import type { Selection } from '#web/ui/grid/selection.ts'
import { changing } from '../acts.ts'
import type { Sheet, SheetRow } from './sheet-query.ts'

type Marks = Body<'POST /api/tasks/:taskId/marks'>
export type MarkAction = Marks['action']

export interface MarkRequest {
  readonly action: MarkAction
  readonly reason?: string | undefined
  readonly note?: string | undefined
  readonly followUpOn?: string | null
  readonly target: Marks['rows']
  /** 版 of the list that the rows were seen in. */
  readonly version: number | undefined
}

/** Which rows a selection means: their numbers, or the filter together with the fingerprint of what was on screen. */
export function targetOf(selection: Selection, focused: SheetRow | undefined, sheet: Sheet): Marks['rows'] | null {
  if (selection.kind === 'all') return sheet.first ? { filter: sheet.bodyFilter, hash: sheet.first.hash } : null
  if (selection.keys.size > 0) return [...selection.keys].map(Number).toSorted((a, b) => a - b)
  return focused ? [focused.rowNo] : null
}

/** Writes marks; the list and its sums are read again. */
export function useMarks(taskId: string, onDone: () => void) {
  const client = useQueryClient()
  return useMutation({
    ...changing(taskId),
    mutationFn: ({ action, reason, note, followUpOn, target, version }: MarkRequest) =>
      api('POST /api/tasks/:taskId/marks', {
        params: { taskId },
        idempotencyKey: crypto.randomUUID(),
        body: {
          rows: target,
          action,
          ...(version === undefined ? {} : { version }),
          ...(reason ? { reason } : {}),
          ...(note ? { note } : {}),
          ...(followUpOn ? { followUpOn } : {}),
        },
      }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['task'] })
      onDone()
    },
  })
}

/** 提案をすべて受ける */
export function useAcceptProposals(taskId: string) {
  const client = useQueryClient()
  return useMutation({
    ...changing(taskId),
    mutationFn: () =>
      api('POST /api/tasks/:taskId/proposals/accept', { params: { taskId }, idempotencyKey: crypto.randomUUID() }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['task'] }),
  })
}

/** 最新の収納を反映 */
export function useRefresh(taskId: string) {
  const client = useQueryClient()
  return useMutation({
    ...changing(taskId),
    mutationFn: () =>
      api('POST /api/tasks/:taskId/refresh', { params: { taskId }, idempotencyKey: crypto.randomUUID() }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['task'] }),
  })
}
