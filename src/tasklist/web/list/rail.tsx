import { Link } from '@tanstack/react-router'
import { useQuery } from '@tanstack/react-query'
import { formatNumber } from '#web/lib/numbers.ts'
import { Icon } from '#web/ui/icon.tsx'
import {
  choicesQuery,
  conditionsOf,
  defined,
  savedViewsQuery,
  STATUSES,
  taskCountsQuery,
  URGENCIES,
  VIEWS,
  type ListSearch,
  type SavedView,
  type Status,
  type Urgency,
  type View,
} from './task-query.ts'

/** 表示と絞り込み: every line with its 件数, each a link, so that back returns to it. */
export function Rail({ search, onSave }: { search: ListSearch; onSave: () => void }) {
  const { data: counts } = useQuery(taskCountsQuery)
  const { data: saved } = useQuery(savedViewsQuery)
  const { data: choices } = useQuery(choicesQuery)
  const number = (value: number | undefined, isExact = true) =>
    value === undefined ? '' : `${formatNumber(value)}${isExact ? '' : '+'}`
  const line = (text: string, to: ListSearch, isHere: boolean, count: string, isLate = false) => (
    <li key={text}>
      <Link
        to="/tasks"
        search={to}
        aria-current={isHere ? 'true' : undefined}
        activeProps={{}}
        activeOptions={{ exact: true }}
      >
        <span>{text}</span>
        <span className={isLate && count !== '' && count !== '0' ? 'cnt late' : 'cnt'}>{count}</span>
      </Link>
    </li>
  )
  const { page: _, at: __, ...kept } = search
  const view = search.view ?? 'all'
  const own = (saved?.items ?? []).filter(({ unit }) => unit === null)
  const shared = Map.groupBy(
    (saved?.items ?? []).filter(({ unit }) => unit !== null),
    ({ unit }) => unit?.name ?? '',
  )
  const savedLine = (one: SavedView) =>
    line(one.name, searchOf(one), isShown(one, search), number(one.count, one.isCountExact))
  return (
    <nav className="rail" aria-label="表示と絞り込み">
      <h2>見る範囲</h2>
      <ul>
        {(Object.keys(VIEWS) as View[])
          .filter((key) => key !== 'deputy' || (counts?.views.deputy ?? 0) > 0 || view === 'deputy')
          .map((key) => line(VIEWS[key], { ...kept, view: key }, key === view, number(counts?.views[key])))}
      </ul>
      {[...shared].map(([unit, views]) => (
        <div key={unit}>
          <h2>係の表示({unit})</h2>
          <ul>{views.map(savedLine)}</ul>
        </div>
      ))}
      <h2>自分の表示</h2>
      <ul>
        {own.map(savedLine)}
        <li>
          <button type="button" onClick={onSave}>
            <Icon name="plus" />
            <span>今の条件を保存する</span>
          </button>
        </li>
      </ul>
      <h2>期限</h2>
      <ul>
        {(Object.keys(URGENCIES) as Exclude<Urgency, 'none'>[]).map((key) =>
          line(
            URGENCIES[key],
            toggled(kept, 'urgency', key),
            key === search.urgency,
            number(counts?.urgencies[key]),
            key === 'overdue',
          ),
        )}
      </ul>
      <h2>状態</h2>
      <ul>
        {(Object.keys(STATUSES) as Status[]).map((key) =>
          line(STATUSES[key], toggled(kept, 'status', key), key === search.status, number(counts?.states[key])),
        )}
      </ul>
      {choices && choices.units.length > 1 && (
        <>
          <h2>担当する人の係</h2>
          <ul>
            {choices.units.map(({ unitId, name, openTasks }) =>
              line(name, toggled(kept, 'unit', unitId), unitId === search.unit, number(openTasks)),
            )}
          </ul>
        </>
      )}
      {counts && counts.flows.length > 1 && (
        <>
          <h2>業務フロー</h2>
          <ul>
            {counts.flows.map(({ flow, name, count }) =>
              line(name, toggled(kept, 'flow', flow), flow === search.flow, number(count)),
            )}
          </ul>
        </>
      )}
    </nav>
  )
}

/** A condition that is chosen again is taken away. */
const toggled = <K extends 'urgency' | 'status' | 'flow' | 'unit'>(
  search: ListSearch,
  name: K,
  value: NonNullable<ListSearch[K]>,
): ListSearch => defined({ ...search, [name]: search[name] === value ? undefined : value })

/** The address of a kept view. */
export const searchOf = ({ filter, columns }: SavedView): ListSearch => {
  const { sort, ...conditions } = filter
  return defined({ ...conditions, sort, columns })
}

const sorted = (conditions: object): string =>
  JSON.stringify(Object.entries(conditions).toSorted(([a], [b]) => (a < b ? -1 : 1)))
const isShown = ({ filter }: SavedView, search: ListSearch): boolean => {
  const { sort, ...conditions } = filter
  return sorted(conditions) === sorted(conditionsOf(search)) && (sort ?? 'dueOn') === (search.sort ?? 'dueOn')
}
