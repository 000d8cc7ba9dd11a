import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { fiscalYearOf, parsePlainDate, plainDateOf } from '#kernel/plain-date.ts'
import { shortDay, warekiText } from '../../lib/dates.ts'
import { formatNumber } from '../../lib/numbers.ts'
import { statusQuery } from '../../lib/session.ts'
import { Age, useDataAge } from '../../ui/age.tsx'
import { Badge } from '../../ui/badge.tsx'
import { Chip } from '../../ui/chip.tsx'
import { DateField } from '../../ui/date-field.tsx'
import { DataGrid, type GridColumn } from '../../ui/grid/data-grid.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { TaskHead } from '../../ui/taskhead.tsx'
import { OptionPanel } from './option-panel.tsx'
import { optionsQuery, type OptionInfo } from './settings-query.ts'
import { isShown, SettingsRail } from './settings-rail.tsx'

function State({ item }: { item: OptionInfo }) {
  if (item.waiting)
    return (
      <Badge tone="guard" icon="users">
        二人目の確認待ち
      </Badge>
    )
  if (item.next)
    return (
      <Badge tone="now" icon="wait">
        施行日を待つ
      </Badge>
    )
  if (item.isUnconfirmed)
    return (
      <Badge tone="warn" icon="alert" isBare>
        初期値(要確認)
      </Badge>
    )
  return (
    <Badge tone="done" icon="check" isBare>
      {item.validFrom === null ? '初期値' : '施行中'}
    </Badge>
  )
}

const columns: readonly GridColumn<OptionInfo>[] = [
  { key: 'label', head: '項目', width: 13.4, className: 'el', title: ({ label }) => label, cell: ({ label }) => label },
  {
    key: 'value',
    head: '今の値',
    width: 7.5,
    className: 'b el',
    title: ({ valueText }) => valueText,
    cell: ({ valueText }) => valueText,
  },
  {
    key: 'from',
    head: '施行日',
    width: 4.5,
    className: 'code',
    cell: ({ validFrom }) => (validFrom === null ? '—' : shortDay(validFrom)),
  },
  {
    key: 'next',
    head: '次の値',
    width: 7,
    className: 'el',
    cell: ({ next, waiting }) => {
      const coming = waiting ?? next
      return coming === null ? '—' : `${coming.valueText} ${shortDay(coming.validFrom)}`
    },
  },
  {
    key: 'source',
    head: '根拠',
    className: 'el sub',
    title: ({ source }) => source,
    cell: ({ source }) => source || '—',
  },
  { key: 'state', head: '状態', width: 9.6, cell: (item) => <State item={item} /> },
]

/** 条例等の設定: what holds on a day, what waits; the chosen one with its history and what it reaches. */
export function OptionsPage() {
  const search = useSearch({ from: '/shell/settings' })
  const navigate = useNavigate()
  const [focus, setFocus] = useState(-1)
  const list = useQuery(optionsQuery(search.on))
  const { data: status } = useQuery(statusQuery)
  const age = useDataAge(list.dataUpdatedAt)
  const items = (list.data?.items ?? []).filter((item) => isShown(search.show, item))
  const keyOf = ({ flow, name }: OptionInfo) => `${flow}/${name}`
  const chosen = search.option
  const index = chosen === undefined ? focus : items.findIndex((item) => keyOf(item) === chosen)
  const choose = (at: number) => {
    setFocus(at)
    const item = items[at]
    if (item) void navigate({ to: '/settings', search: { ...search, option: keyOf(item) }, replace: true })
  }
  const day = parsePlainDate(search.on ?? list.data?.on ?? '')
  const nextYear = status ? plainDateOf(`${fiscalYearOf(plainDateOf(status.today)) + 1}-04-01`) : null
  return (
    <main className="main lay-list lay-set" id="main">
      <SettingsRail show={search.show} on={search.on} />
      <section aria-labelledby="page-title">
        <TaskHead
          title={
            <>
              条例等の設定<span className="sub">{formatNumber(items.length)}項目</span>
            </>
          }
          meta={<Age {...age} />}
        />
        <div className="toolbar ondate">
          <DateField
            label="この日の値"
            value={day}
            onChange={(on) => {
              const { on: _on, ...rest } = search
              if (on !== null) void navigate({ to: '/settings', search: { ...rest, on }, replace: true })
            }}
          />
          {nextYear !== null && (
            <Chip
              isOn={search.on === nextYear}
              onPress={() => void navigate({ to: '/settings', search: { ...search, on: nextYear }, replace: true })}
            >
              {warekiText(nextYear)}
            </Chip>
          )}
        </div>
        <div className="gridarea">
          {list.error && <ProblemNote error={list.error} />}
          <DataGrid
            label={`条例等の設定 ${formatNumber(items.length)}項目`}
            columns={columns}
            count={items.length}
            rowAt={(at) => items[at]}
            keyOf={keyOf}
            nameOf={({ label }) => label}
            focus={index}
            onFocus={choose}
            isStackable
            empty={list.isSuccess && <p className="empty">ここに当たる設定はありません。</p>}
          />
        </div>
      </section>
      <aside className="drawer setting" aria-label="選んだ設定">
        {chosen === undefined ? (
          <p className="panel sub">項目を選ぶと、これまでの値とおよぶ範囲が出ます。</p>
        ) : (
          <OptionPanel key={`${chosen} ${search.on ?? ''}`} option={chosen} on={search.on} />
        )}
      </aside>
    </main>
  )
}
