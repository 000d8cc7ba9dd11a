import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { Query } from '#api/contract.ts'
import { api } from '#web/lib/api.ts'

type Filter = NonNullable<Query<'GET /api/tasks'>>
export type View = NonNullable<Filter['view']>
export type Urgency = NonNullable<Filter['urgency']>
export type Sort = NonNullable<Filter['sort']>

/** 条件 of the 作業一覧: all of it stands in the address, so a list can be sent to a colleague. */
export interface ListSearch {
  readonly view?: View
  readonly urgency?: Urgency
  readonly flow?: string
  readonly assignee?: string
  readonly sort?: Sort
  readonly page?: number
}

export const PAGE = 100
export const VIEWS: Readonly<Record<View, string>> = {
  mine: '自分の作業',
  can: '自分ができる作業',
  all: '係の作業',
  second: '二人目の確認',
  proposed: '自分が出した確認待ち',
}
export const URGENCIES: Readonly<Record<Exclude<Urgency, 'none'>, string>> = {
  overdue: '期限超過',
  today: '本日期限',
  soon: '3開庁日以内',
  later: 'それより先',
}
export const SORTS = {
  dueOn: '期限の近い順',
  runNumber: '処理番号の順',
  step: '工程の順',
  '-count': '件数の多い順',
  '-yen': '金額の多い順',
  '-createdAt': '新しい順',
} as const satisfies Partial<Record<Sort, string>>

const within = <T extends string>(words: Readonly<Record<T, string>>, value: unknown): T | undefined =>
  typeof value === 'string' && value in words ? (value as T) : undefined // the line before checks it

/** Reads the address; what is not a condition is left out. */
export function readListSearch(search: Record<string, unknown>): ListSearch {
  const view = within(VIEWS, search['view'])
  const urgency = within(URGENCIES, search['urgency'])
  const sort = within<Sort>(SORTS as Record<Sort, string>, search['sort'])
  const page = Number(search['page'])
  return {
    ...(view ? { view } : {}),
    ...(urgency ? { urgency } : {}),
    ...(typeof search['flow'] === 'string' ? { flow: search['flow'] } : {}),
    ...(search['assignee'] === 'none' ? { assignee: 'none' } : {}),
    ...(sort ? { sort } : {}),
    ...(Number.isInteger(page) && page > 1 ? { page } : {}),
  }
}

/** `text` is a number or a name: it is sent by POST and never stands in the address. */
export const taskListQuery = ({ page = 1, ...filter }: ListSearch, text: string) =>
  queryOptions({
    queryKey: ['task', 'list', filter, page, text],
    queryFn: () => {
      const query = { view: 'all' as const, sort: 'dueOn' as const, ...filter, limit: PAGE, offset: (page - 1) * PAGE }
      return text === ''
        ? api('GET /api/tasks', { query })
        : api('POST /api/tasks/search', { body: { ...query, text } })
    },
    refetchInterval: 10_000,
    placeholderData: keepPreviousData,
  })

export const taskCountsQuery = queryOptions({
  queryKey: ['task', 'counts'],
  queryFn: () => api('GET /api/tasks/counts', {}),
  refetchInterval: 10_000,
})
