import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { Query, Reply } from '#api/contract.ts'
import { parsePlainDate } from '#kernel/plain-date.ts'
import { api } from '#web/lib/api.ts'

type Filter = NonNullable<Query<'GET /api/tasks'>>
export type View = NonNullable<Filter['view']>
export type Status = NonNullable<Filter['status']>
export type Urgency = NonNullable<Filter['urgency']>
export type Sort = NonNullable<Filter['sort']>
export type SavedView = Reply<'GET /api/tasks/views'>['items'][number]
export type ColumnKey = SavedView['columns'][number]
export type Choices = Reply<'GET /api/tasks/choices'>

/** Conditions of the 作業一覧 that a view keeps: nothing personal is among them. */
export type Conditions = Pick<
  Filter,
  | 'view'
  | 'status'
  | 'urgency'
  | 'flow'
  | 'assignee'
  | 'unit'
  | 'runNumber'
  | 'fiscalYear'
  | 'levyDueOn'
  | 'dueFrom'
  | 'dueTo'
  | 'yenFrom'
  | 'yenTo'
>

/** The whole list stands in the address, so it can be sent to a colleague, and back returns to the same row (`at`). */
export interface ListSearch extends Conditions {
  readonly sort?: Sort
  readonly page?: number
  readonly columns?: readonly ColumnKey[]
  /** The task that was opened. */
  readonly at?: string
}

export const PAGE = 50
export const VIEWS: Readonly<Record<View, string>> = {
  mine: '自分の作業',
  can: '自分ができる作業',
  all: '係の作業',
  second: '二人目の確認',
  proposed: '自分が出した確認待ち',
  waiting: '再開日を決めた作業',
  deputy: '代理の作業',
}
export const URGENCIES: Readonly<Record<Exclude<Urgency, 'none'>, string>> = {
  overdue: '期限超過',
  today: '本日期限',
  soon: '3開庁日以内',
  later: 'それより先',
}
export const STATUSES: Readonly<Record<Status, string>> = {
  unclaimed: '未着手',
  working: '作業中',
  returned: '差戻し',
  proposed: '二人目の確認待ち',
  waiting: '再開日待ち',
}
export const SORTS = {
  dueOn: '期限の近い順',
  runNumber: '処理番号の順',
  step: '工程の順',
  '-count': '件数の多い順',
  '-yen': '金額の多い順',
  '-createdAt': '新しい順',
} as const satisfies Partial<Record<Sort, string>>
/** Sorts of the heads beside those of the list of orders. */
const ALL_SORTS: Readonly<Record<Sort, true>> = {
  dueOn: true,
  '-dueOn': true,
  runNumber: true,
  '-runNumber': true,
  step: true,
  '-step': true,
  count: true,
  '-count': true,
  yen: true,
  '-yen': true,
  createdAt: true,
  '-createdAt': true,
}

const within = <T extends string>(words: Readonly<Record<T, unknown>>, value: unknown): T | undefined =>
  typeof value === 'string' && value in words ? (value as T) : undefined // the line before checks it
const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : undefined
const whole = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isInteger(value) ? value : undefined
const day = (value: unknown): string | undefined =>
  typeof value === 'string' ? (parsePlainDate(value) ?? undefined) : undefined

/** Reads the address; what is not a condition is left out. */
export function readListSearch(
  search: Record<string, unknown>,
  columnKeys: Readonly<Record<ColumnKey, unknown>> = COLUMN_KEYS,
): ListSearch {
  const page = whole(search['page'])
  const columns = Array.isArray(search['columns'])
    ? search['columns'].flatMap((key) => within(columnKeys, key) ?? [])
    : undefined
  return defined({
    view: within(VIEWS, search['view']),
    status: within(STATUSES, search['status']),
    urgency: within(URGENCIES, search['urgency']),
    flow: text(search['flow']),
    assignee: text(search['assignee']),
    unit: text(search['unit']),
    runNumber: text(search['runNumber']),
    fiscalYear: whole(search['fiscalYear']),
    levyDueOn: day(search['levyDueOn']),
    dueFrom: day(search['dueFrom']),
    dueTo: day(search['dueTo']),
    yenFrom: whole(search['yenFrom']),
    yenTo: whole(search['yenTo']),
    sort: within(ALL_SORTS, search['sort']),
    page: page !== undefined && page > 1 ? page : undefined,
    columns: columns && columns.length > 0 ? columns : undefined,
    at: text(search['at']),
  })
}

const COLUMN_KEYS: Readonly<Record<ColumnKey, true>> = {
  due: true,
  run: true,
  step: true,
  flow: true,
  count: true,
  yen: true,
  who: true,
  state: true,
  year: true,
  levy: true,
  followUp: true,
  created: true,
}

type Defined<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> }
/** Without the parts that are not there. */
export const defined = <T extends object>(parts: T): Defined<T> =>
  Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined)) as Defined<T>

/** What of the address is a condition of the list. */
export function conditionsOf({ sort: _s, page: _p, columns: _c, at: _a, ...conditions }: ListSearch): Conditions {
  return conditions
}

/** Where the text of a search is kept: in the query cache, which the lock empties; never in the address. */
export const listTextKey = ['task', 'search-text'] as const

/** `text` is a number or a name: it is sent by POST. */
export const taskListQuery = (search: ListSearch, typed: string) => {
  const { page = 1, sort = 'dueOn' } = search
  const filter = conditionsOf(search)
  return queryOptions({
    queryKey: ['task', 'list', filter, sort, page, typed],
    queryFn: () => {
      const query = { view: 'all' as const, ...filter, sort, limit: PAGE, offset: (page - 1) * PAGE }
      return typed === ''
        ? api('GET /api/tasks', { query })
        : api('POST /api/tasks/search', { body: { ...query, text: typed } })
    },
    refetchInterval: 10_000,
    placeholderData: keepPreviousData,
  })
}

export const taskCountsQuery = queryOptions({
  queryKey: ['task', 'counts'],
  queryFn: () => api('GET /api/tasks/counts', {}),
  refetchInterval: 10_000,
})

export const savedViewsQuery = queryOptions({
  queryKey: ['task', 'views'],
  queryFn: () => api('GET /api/tasks/views', {}),
  refetchInterval: 30_000,
})

export const choicesQuery = queryOptions({
  queryKey: ['task', 'choices'],
  queryFn: () => api('GET /api/tasks/choices', {}),
  staleTime: 60_000,
})
