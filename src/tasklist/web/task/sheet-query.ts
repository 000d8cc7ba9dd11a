import { useCallback, useMemo, useState } from 'react'
import { keepPreviousData, queryOptions, useQueries, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Reply } from '#api/contract.ts'
import { api } from '#web/lib/api.ts'

export type SheetPage = Reply<'GET /api/tasks/:taskId/worksheet'>
export type SheetRow = SheetPage['rows'][number]
export type SheetTotals = SheetPage['totals']

/** The closed filter language; stands in the address as JSON. */
export type SheetFilter = Readonly<Record<string, readonly string[]>>

export interface SheetView {
  readonly taskId: string
  readonly filter: SheetFilter
  /** Column name, 「-」 in front for descending; undefined: the list's own order. */
  readonly sort: string | undefined
  /** A number or a name: sent by POST, kept in memory. */
  readonly text: string
}

/** 条件 of a review list in the address. */
export interface SheetSearch {
  readonly filter?: SheetFilter
  readonly sort?: string
}

/** Reads the address; what is no filter is left out (the server refuses unknown words anyway). */
export function readSheetSearch(search: Record<string, unknown>): SheetSearch {
  const { filter, sort } = search
  return {
    ...(typeof filter === 'object' && filter !== null && Object.values(filter).every(Array.isArray)
      ? { filter: filter as SheetFilter } // every value was just seen to be a list
      : {}),
    ...(typeof sort === 'string' ? { sort } : {}),
  }
}

/** The text of a search in a list, for the print page: in memory only, which the lock empties. */
export const sheetTextKey = (taskId: string) => ['sheet-text', taskId] as const

/** The newest 収納 file that was taken in. */
export const lastReceiptsQuery = queryOptions({
  queryKey: ['file', 'list', 'last receipts'],
  queryFn: () => api('GET /api/files', { query: { direction: 'in', kind: 'shuno', status: 'accepted', limit: 1 } }),
})

const PAGE = 200
const keyOf = ({ taskId, filter, sort, text }: SheetView) =>
  ['task', 'sheet', taskId, filter, sort ?? '', text] as const

function pageQuery(view: SheetView, page: number) {
  const { taskId, filter, sort, text } = view
  const query = { ...(sort ? { sort } : {}), limit: PAGE, offset: page * PAGE }
  return queryOptions({
    queryKey: [...keyOf(view), page],
    queryFn: ({ signal }) =>
      text === ''
        ? api('GET /api/tasks/:taskId/worksheet', {
            params: { taskId },
            query: { ...query, ...(Object.keys(filter).length > 0 ? { filter: JSON.stringify(filter) } : {}) },
            signal,
          })
        : api('POST /api/tasks/:taskId/worksheet/search', {
            params: { taskId },
            body: { ...query, filter: { ...mutable(filter), text } },
            signal,
          }),
    staleTime: 60_000,
  })
}

/** The schema's arrays are not readonly; a copy is. */
const mutable = (filter: SheetFilter): Record<string, string[]> =>
  Object.fromEntries(Object.entries(filter).map(([name, values]) => [name, [...values]]))

export interface Sheet {
  readonly first: SheetPage | undefined
  readonly error: unknown
  readonly updatedAt: number
  /** 版 of the rows on the screen; of the oldest, while a list made anew is still coming in page by page. */
  readonly version: number | undefined
  rowAt(index: number): SheetRow | undefined
  onRange(first: number, last: number): void
  /** All rows that have been loaded, for the sums of a selection. */
  loaded(): readonly SheetRow[]
  readonly bodyFilter: Record<string, string[] | string>
}

/** A review list by server paging: the pages that are looked at, and the first one for sums, count and fingerprint. */
export function useSheet(view: SheetView): Sheet {
  const client = useQueryClient()
  const [range, setRange] = useState<readonly [number, number]>([0, 0])
  const head = useQuery({ ...pageQuery(view, 0), placeholderData: keepPreviousData })
  const count = head.data?.totals.count ?? 0
  const from = Math.floor(range[0] / PAGE)
  const until = Math.floor(Math.min(range[1], Math.max(0, count - 1)) / PAGE)
  const wanted = useMemo(
    () => Array.from({ length: Math.max(0, until - from + 1) }, (_, index) => from + index),
    [from, until],
  )
  const pages = useQueries({ queries: wanted.map((page) => pageQuery(view, page)) })
  const key = keyOf(view)
  return {
    first: head.data,
    error: head.error ?? pages.find(({ error }) => error)?.error ?? null,
    updatedAt: head.dataUpdatedAt,
    version: oldest([head.data, ...pages.map(({ data }) => data)]),
    rowAt: (index) => {
      const at = Math.floor(index / PAGE)
      const page =
        pages[wanted.indexOf(at)]?.data ?? (at === 0 ? head.data : client.getQueryData<SheetPage>([...key, at]))
      return page?.rows[index - at * PAGE]
    },
    onRange: useCallback((first, last) => setRange([first, last]), []),
    loaded: () =>
      client
        .getQueriesData<SheetPage>({ queryKey: ['task', 'sheet', view.taskId] })
        .flatMap(([, page]) => page?.rows ?? []),
    bodyFilter: { ...mutable(view.filter), ...(view.text === '' ? {} : { text: view.text }) },
  }
}

function oldest(pages: readonly (SheetPage | undefined)[]): number | undefined {
  const versions = pages.flatMap((page) => (page === undefined ? [] : [page.version]))
  return versions.length === 0 ? undefined : Math.min(...versions)
}
