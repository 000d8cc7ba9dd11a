import type { ReactNode } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { formatNumber } from '../../lib/numbers.ts'
import { optionsQuery, type OptionInfo } from './settings-query.ts'

/** What a filter of the list shows. */
export const isShown = (show: string | undefined, item: OptionInfo): boolean =>
  show === undefined ||
  (show === 'waiting' ? item.waiting !== null : show === 'planned' ? item.next !== null : item.flow === show)

/** 設定の種類: 条例等 by flow and by state of change, then the other settings. */
export function SettingsRail({ show, on }: { show?: string | undefined; on?: string | undefined }) {
  const { data } = useQuery(optionsQuery(on))
  const items = data?.items ?? []
  const flows = [...new Map(items.map(({ flow, flowName }) => [flow, flowName]))]
  const count = (filter: string | undefined) => formatNumber(items.filter((item) => isShown(filter, item)).length)
  const line = (filter: string | undefined, text: string): ReactNode => (
    <li key={text}>
      <Link
        to="/settings"
        search={{ ...(on ? { on } : {}), ...(filter ? { show: filter } : {}) }}
        activeOptions={{ exact: true }}
        activeProps={{}}
        aria-current={show === filter ? 'page' : undefined}
      >
        <span>{text}</span>
        <span className="cnt">{count(filter)}</span>
      </Link>
    </li>
  )
  return (
    <nav className="rail" aria-label="設定の種類">
      <h2>条例等の設定</h2>
      <ul>
        {line(undefined, 'すべて')}
        {flows.map(([flow, name]) => line(flow, name))}
      </ul>
      <h2>変更の状態</h2>
      <ul>
        {line('waiting', '二人目の確認待ち')}
        {line('planned', '施行日を待つ')}
      </ul>
      <OtherSettings />
    </nav>
  )
}

function OtherSettings() {
  const link = (
    to:
      | '/settings/staff'
      | '/settings/deputies'
      | '/settings/municipality'
      | '/settings/closures'
      | '/settings/profiles',
    text: string,
  ) => (
    <li>
      <Link to={to} activeProps={{ 'aria-current': 'page' }}>
        <span>{text}</span>
      </Link>
    </li>
  )
  return (
    <>
      <h2>ほかの設定</h2>
      <ul>
        {link('/settings/staff', '職員と役割')}
        {link('/settings/deputies', '不在と代理')}
        {link('/settings/municipality', '自治体の設定')}
        {link('/settings/closures', '開庁日の暦')}
        {link('/settings/profiles', 'ファイルの様式')}
      </ul>
    </>
  )
}
