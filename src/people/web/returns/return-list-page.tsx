import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { RETURN_REASONS } from '#rules/tokusoku/reasons.ts'
import { formatNumber } from '#web/lib/numbers.ts'
import { yearAndPeriod } from '#web/lib/periods.ts'
import { Age, useDataAge } from '#web/ui/age.tsx'
import { DataGrid, type GridColumn } from '#web/ui/grid/data-grid.tsx'
import { Icon } from '#web/ui/icon.tsx'
import { ListFoot } from '#web/ui/list-foot.tsx'
import { Mask } from '#web/ui/mask.tsx'
import { ProblemNote } from '#web/ui/problem-note.tsx'
import { TaskHead } from '#web/ui/taskhead.tsx'
import { RETURN_PAGE, returnListQuery, type ReturnItem, type ReturnSearch } from './returns-query.ts'
import { ReturnState, shortDay } from './return-words.tsx'

const COLUMNS: readonly GridColumn<ReturnItem>[] = [
  { key: 'state', head: '状態', width: 7, cell: ({ state }) => <ReturnState state={state} /> },
  {
    key: 'days',
    head: '待ち',
    width: 3.8,
    isNumber: true,
    cell: ({ daysWaiting }) => (daysWaiting === null ? '—' : `${formatNumber(daysWaiting)}日`),
  },
  {
    key: 'on',
    head: '戻った日',
    width: 5.6,
    className: 'code',
    cell: ({ returnedOn }) => (returnedOn.isMasked ? <Mask /> : shortDay(returnedOn.value)),
  },
  {
    key: 'reason',
    head: 'わけ',
    width: 9.5,
    className: 'el',
    title: ({ reasonLabel }) => reasonLabel.value ?? undefined,
    cell: ({ reasonLabel }) => (reasonLabel.isMasked ? <Mask /> : reasonLabel.value),
  },
  { key: 'no', head: '被保険者番号', width: 6.2, className: 'code', cell: ({ insuredNo }) => insuredNo },
  {
    key: 'name',
    head: '氏名',
    width: 8,
    className: 'el',
    title: ({ personName }) => personName,
    cell: ({ returnId, personName, isProtected }) => (
      <>
        <Link to="/returns/$returnId" params={{ returnId }} tabIndex={-1}>
          {personName}
        </Link>{' '}
        {isProtected && <Icon name="shield" label="抑止" />}
      </>
    ),
  },
  {
    key: 'period',
    head: '期別',
    width: 6,
    className: 'el',
    title: ({ paper }) => paper,
    cell: ({ paper, fukaYear, period, lineCount }) =>
      `${paper === '督促状' ? '' : `${paper} `}${yearAndPeriod(fukaYear, period, lineCount)}`,
  },
  {
    key: 'unpaid',
    head: '未納額',
    width: 4.8,
    isNumber: true,
    cell: ({ unpaidYen }) => formatNumber(unpaidYen),
  },
  {
    key: 'seizable',
    head: '差押え可能日',
    width: 6.6,
    className: 'code',
    cell: ({ seizableFrom }) => shortDay(seizableFrom),
  },
  { key: 'next', head: '次にすること', className: 'el', title: ({ next }) => next, cell: ({ next }) => next || '—' },
]

/** 返戻・居所調査: letters that came back and wait for somebody, longest waiting first. */
export function ReturnListPage() {
  const search = useSearch({ from: '/shell/returns' })
  const navigate = useNavigate()
  const [focus, setFocus] = useState(-1)
  const list = useQuery(returnListQuery(search))
  const age = useDataAge(list.dataUpdatedAt)
  const items = list.data?.items ?? []
  const total = list.data?.total ?? 0
  const page = search.page ?? 1
  return (
    <main className="main lay-list" id="main">
      <ReturnRail search={search} counts={list.data?.counts} />
      <section aria-labelledby="page-title">
        <TaskHead
          title={
            <>
              返戻・居所調査<span className="sub">{formatNumber(total)}件</span>
            </>
          }
          meta={<Age {...age} />}
        />
        <div>{list.error && <ProblemNote error={list.error} />}</div>
        <DataGrid
          label={`返戻・居所調査 ${formatNumber(total)}件`}
          columns={COLUMNS}
          count={items.length}
          total={total}
          offset={(page - 1) * RETURN_PAGE}
          rowAt={(index) => items[index]}
          keyOf={({ returnId }) => returnId}
          nameOf={({ insuredNo }) => insuredNo}
          focus={focus}
          onFocus={setFocus}
          onOpen={({ returnId }) => void navigate({ to: '/returns/$returnId', params: { returnId } })}
          isStackable
          empty={
            list.isSuccess && (
              <p className="empty">
                <b>条件に合う返戻はありません。</b>
                戻った通知は、被保険者照会か処理の画面で登録するか、返戻のファイルで受け入れます。
              </p>
            )
          }
        />
        <ListFoot
          page={page}
          size={RETURN_PAGE}
          shown={items.length}
          total={total}
          onPage={(to) => void navigate({ to: '/returns', search: { ...search, page: to } })}
        >
          <span className="sub">
            <Icon name="shield" /> 支援措置の対象者は、わけと日を伏せています
          </span>
        </ListFoot>
      </section>
    </main>
  )
}

const OPEN = ['居所調査', '相続人調査'] as const
const CLOSED = ['再発送', '公示送達', '調査終了'] as const

function ReturnRail({
  search,
  counts,
}: {
  search: ReturnSearch
  counts: Readonly<Record<string, number>> | undefined
}) {
  const sum = (states: readonly string[]): string =>
    counts === undefined ? '' : formatNumber(states.reduce((all, state) => all + (counts[state] ?? 0), 0))
  const line = (text: string, to: ReturnSearch, isHere: boolean, count: string) => (
    <li key={text}>
      <Link
        to="/returns"
        search={to}
        aria-current={isHere ? 'true' : undefined}
        activeProps={{}}
        activeOptions={{ exact: true }}
      >
        <span>{text}</span>
        <span className="cnt">{count}</span>
      </Link>
    </li>
  )
  const { page: _, state, ...rest } = search
  return (
    <nav className="rail" aria-label="返戻の絞り込み">
      <h2>することがある</h2>
      <ul>
        {line('すべて', rest, state === undefined, sum(OPEN))}
        {OPEN.map((one) => line(one, { ...rest, state: one }, state === one, sum([one])))}
      </ul>
      <h2>済んだもの</h2>
      <ul>{CLOSED.map((one) => line(one, { ...rest, state: one }, state === one, sum([one])))}</ul>
      <h2>わけ</h2>
      <ul>
        {line('指定なし', state === undefined ? {} : { state }, search.reason === undefined, '')}
        {(Object.keys(RETURN_REASONS) as (keyof typeof RETURN_REASONS)[]).map((reason) =>
          line(
            RETURN_REASONS[reason].label,
            { ...(state === undefined ? {} : { state }), reason },
            search.reason === reason,
            '',
          ),
        )}
      </ul>
    </nav>
  )
}
