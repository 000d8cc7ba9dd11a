import { Link } from '@tanstack/react-router'
import { useQuery } from '@tanstack/react-query'
import { formatNumber } from '#web/lib/numbers.ts'
import { taskCountsQuery, URGENCIES, VIEWS, type ListSearch, type Urgency, type View } from './task-query.ts'

/** 表示と絞り込み: every line with its 件数, each a link, so that back returns to it. */
export function Rail({ search }: { search: ListSearch }) {
  const { data: counts } = useQuery(taskCountsQuery)
  const number = (value: number | undefined) => (value === undefined ? '' : formatNumber(value))
  const line = (text: string, to: ListSearch, isHere: boolean, count: number | undefined, isLate = false) => (
    <li key={text}>
      <Link
        to="/tasks"
        search={to}
        aria-current={isHere ? 'true' : undefined}
        activeProps={{}}
        activeOptions={{ exact: true }}
      >
        <span>{text}</span>
        <span className={isLate && count ? 'cnt late' : 'cnt'}>{number(count)}</span>
      </Link>
    </li>
  )
  const view = search.view ?? 'all'
  return (
    <nav className="rail" aria-label="表示と絞り込み">
      <h2>見る範囲</h2>
      <ul>
        {(Object.keys(VIEWS) as View[]).map((key) =>
          line(VIEWS[key], { ...search, view: key, page: 1 }, key === view, counts?.views[key]),
        )}
      </ul>
      <h2>期限</h2>
      <ul>
        {(Object.keys(URGENCIES) as Exclude<Urgency, 'none'>[]).map((key) =>
          line(
            URGENCIES[key],
            { ...search, urgency: key, page: 1 },
            key === search.urgency,
            counts?.urgencies[key],
            key === 'overdue',
          ),
        )}
      </ul>
      <h2>状態</h2>
      <ul>
        {line('未着手', { ...search, assignee: 'none', page: 1 }, search.assignee === 'none', counts?.states.unclaimed)}
        {line('二人目の確認待ち', { ...search, view: 'second', page: 1 }, false, counts?.states.proposed)}
      </ul>
      {counts && counts.flows.length > 0 && (
        <>
          <h2>業務フロー</h2>
          <ul>
            {counts.flows.map(({ flow, name, count }) =>
              line(name, { ...search, flow, page: 1 }, flow === search.flow, count),
            )}
          </ul>
        </>
      )}
    </nav>
  )
}
