import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { Reply } from '#api/contract.ts'
import { api } from '../../lib/api.ts'
import { request } from '../../lib/request.ts'

type Status = 'received' | 'reading' | 'accepted' | 'refused'
/** 条件 of the ファイル list in the address. */
export interface FileSearch {
  readonly direction?: 'in' | 'out'
  readonly status?: Status
  readonly kind?: string
  readonly page?: number
}
const STATUSES: readonly string[] = ['received', 'reading', 'accepted', 'refused']

export function readFileSearch({ direction, status, kind, page }: Record<string, unknown>): FileSearch {
  const number = Number(page)
  return {
    ...(direction === 'in' || direction === 'out' ? { direction } : {}),
    ...(typeof status === 'string' && STATUSES.includes(status) ? { status: status as Status } : {}), // just looked up
    ...(typeof kind === 'string' ? { kind } : {}),
    ...(Number.isInteger(number) && number > 1 ? { page: number } : {}),
  }
}

export const FILE_PAGE = 100

export const fileListQuery = ({ page = 1, ...filter }: FileSearch) =>
  queryOptions({
    queryKey: ['file', 'list', filter, page],
    queryFn: () => api('GET /api/files', { query: { ...filter, limit: FILE_PAGE, offset: (page - 1) * FILE_PAGE } }),
    refetchInterval: 10_000,
  })

export const kindsQuery = queryOptions({
  queryKey: ['file-kinds'],
  queryFn: () => api('GET /api/files/kinds', {}),
  staleTime: Number.POSITIVE_INFINITY,
})

export const fileQuery = (fileId: string) =>
  queryOptions({
    queryKey: ['file', 'one', fileId],
    queryFn: () => api('GET /api/files/:fileId', { params: { fileId } }),
    refetchInterval: ({ state }) =>
      state.data?.status === 'received' || state.data?.status === 'reading' ? 1500 : 15_000,
  })

export const fileErrorsQuery = (fileId: string, page: number) =>
  queryOptions({
    queryKey: ['file', 'one', fileId, 'errors', page],
    queryFn: () =>
      api('GET /api/files/:fileId/errors', {
        params: { fileId },
        query: { limit: FILE_PAGE, offset: (page - 1) * FILE_PAGE },
      }),
  })

/** ファイルを受け入れる: `kind` first, then the bytes; pressed twice, sent once. */
export function useUpload(onDone: (fileId: string) => void) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ kind, file, key }: { kind: string; file: File; key: string }) => {
      const form = new FormData()
      form.append('kind', kind)
      form.append('file', file, file.name)
      return request<Reply<'POST /api/files'>>('POST', '/api/files', { body: form, idempotencyKey: key })
    },
    onSuccess: async ({ fileId }) => {
      await client.invalidateQueries({ queryKey: ['file'] })
      onDone(fileId)
    },
  })
}
