import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Reply } from '#api/contract.ts'
import { addressOf, api } from '#web/lib/api.ts'
import { request } from '#web/lib/request.ts'
import { changing } from '../acts.ts'

type AttachmentPage = Reply<'GET /api/tasks/:taskId/attachments'>
export type AttachmentItem = AttachmentPage['items'][number]
/** Whose attachments: a task's, or all of a run. */
export type AttachmentsOf = { readonly taskId: string } | { readonly runId: string }

export const ATTACHMENT_PAGE = 20
const KEY = 'attachment'

/**
 * 添付 page by page. Every reading is recorded, so it is read when the screen opens and when `stamp` moves (the newest act on
 * attachments that the history knows), never behind one's back.
 */
export function useAttachments(of: AttachmentsOf, page: number, stamp: string) {
  const query = { limit: ATTACHMENT_PAGE, offset: (page - 1) * ATTACHMENT_PAGE }
  return useQuery({
    queryKey: [KEY, of, page, stamp],
    queryFn: (): Promise<AttachmentPage> =>
      'taskId' in of
        ? api('GET /api/tasks/:taskId/attachments', { params: of, query })
        : api('GET /api/runs/:runId/attachments', { params: of, query }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    placeholderData: keepPreviousData,
  })
}

/** What was changed is read again: the list, and the task with its history. */
function useAgain() {
  const client = useQueryClient()
  return () =>
    Promise.all([
      client.invalidateQueries({ queryKey: [KEY] }),
      client.invalidateQueries({ queryKey: ['task', 'one'] }),
    ])
}

interface NewFile {
  readonly file: File
  /** Row whose person it is about, and the 版 of the list it was seen in. */
  readonly row: { readonly rowNo: number; readonly version: number } | null
  readonly key: string
}

/** 添付する: the name travels as a field, for the part's own name is rewritten on the way. */
export function useAttach(taskId: string, onDone: () => void) {
  const again = useAgain()
  return useMutation({
    ...changing(taskId),
    mutationFn: ({ file, row, key }: NewFile) => {
      const form = new FormData()
      form.append('name', file.name)
      if (row !== null) {
        form.append('rowNo', String(row.rowNo))
        form.append('version', String(row.version))
      }
      form.append('file', file)
      return request<AttachmentItem>('POST', addressOf('POST /api/tasks/:taskId/attachments', { taskId }), {
        body: form,
        idempotencyKey: key,
      })
    },
    onSuccess: async () => {
      onDone()
      await again()
    },
  })
}

export function useWithdraw({ taskId, attachmentId }: AttachmentItem, onDone: () => void) {
  const again = useAgain()
  return useMutation({
    mutationFn: ({ reason, key }: { readonly reason: string; readonly key: string }) =>
      api('POST /api/tasks/:taskId/attachments/:attachmentId/withdraw', {
        params: { taskId, attachmentId },
        body: { reason },
        idempotencyKey: key,
      }),
    onSuccess: async () => {
      await again()
      onDone()
    },
  })
}
