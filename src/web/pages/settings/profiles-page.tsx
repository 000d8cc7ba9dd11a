import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import type { Reply } from '#api/contract.ts'
import { formatNumber } from '../../lib/numbers.ts'
import { mayCall, useMe } from '../../lib/session.ts'
import { Age, useDataAge } from '../../ui/age.tsx'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { DataGrid, type GridColumn } from '../../ui/grid/data-grid.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { TaskHead } from '../../ui/taskhead.tsx'
import { ProfileEditor } from './profile-editor.tsx'
import { SettingsRail } from './settings-rail.tsx'
import { profileQuery, profilesQuery } from './settings-query.ts'
import { Versions } from './versions.tsx'

type Item = Reply<'GET /api/settings/profiles'>['items'][number]

const columns: readonly GridColumn<Item>[] = [
  { key: 'title', head: '種類', className: 'b el', cell: ({ title }) => title },
  { key: 'kind', head: '種別', width: 8, className: 'code el', cell: ({ kind }) => kind },
  { key: 'direction', head: '向き', width: 5, cell: ({ direction }) => (direction === 'in' ? '受入れ' : '送付') },
  { key: 'encoding', head: '文字コード', width: 6, className: 'code', cell: ({ encoding }) => encoding },
  { key: 'columns', head: '項目', width: 4, isNumber: true, cell: ({ columnCount }) => formatNumber(columnCount) },
  { key: 'version', head: '版', width: 4, isNumber: true, cell: ({ version }) => formatNumber(version) },
  {
    key: 'state',
    head: '状態',
    width: 9.5,
    cell: ({ isWaiting, isOwn }) =>
      isWaiting ? (
        <Badge tone="guard" icon="users">
          二人目の確認待ち
        </Badge>
      ) : (
        <Badge tone="done" icon="check" isBare>
          {isOwn ? '自治体の様式' : '標準の様式'}
        </Badge>
      ),
  },
]

type Direction = Reply<'GET /api/settings/profiles/:kind'>['direction']

/** What a change reaches: a file is read, or made, by the layout in force then. */
const REACH: Readonly<Record<Direction, string>> = {
  in: '施行した後に受け入れるファイルから及びます。',
  out: '施行した後に作るファイルから及びます。作成済みのファイルは、作り直すまで前の様式のままです。',
}

/** ファイルの様式: how each kind of file is written; a municipality edits its own, tries it on a file, and two persons change it. */
export function ProfilesPage() {
  const me = useMe()
  const list = useQuery(profilesQuery)
  const age = useDataAge(list.dataUpdatedAt)
  const [focus, setFocus] = useState(-1)
  const [editing, setEditing] = useState<string | null>(null)
  const items = list.data?.items ?? []
  const chosen = items[focus]
  const detail = useQuery({ ...profileQuery(chosen?.kind ?? ''), enabled: chosen !== undefined })
  return (
    <main className="main lay-list lay-set" id="main">
      <SettingsRail show="" />
      <section aria-labelledby="page-title">
        <TaskHead
          title={
            <>
              ファイルの様式<span className="sub">{formatNumber(items.length)}種類</span>
            </>
          }
          meta={<Age {...age} />}
        />
        <div className="toolbar">
          <span className="sub">
            施行した後は、受け入れるファイルを新しい様式で読み、送付するファイルを新しい様式で作ります。
          </span>
        </div>
        <div className="gridarea">
          {(list.error ?? detail.error) !== null && <ProblemNote error={list.error ?? detail.error} />}
          <DataGrid
            label={`ファイルの様式 ${formatNumber(items.length)}種類`}
            columns={columns}
            count={items.length}
            rowAt={(at) => items[at]}
            keyOf={({ kind }) => kind}
            nameOf={({ title }) => title}
            focus={focus}
            onFocus={setFocus}
            isStackable
          />
        </div>
        <div className="actionbar">
          <span className="end">
            {mayCall(me, 'POST /api/settings/profiles/:kind') && (
              <Button
                look="primary"
                blocked={
                  !chosen || !detail.data
                    ? '種類を選んでください'
                    : !detail.data.canPropose && '確認を待つ変更があります'
                }
                onClick={() => chosen && setEditing(chosen.kind)}
              >
                様式を改める…
              </Button>
            )}
          </span>
        </div>
      </section>
      <aside className="drawer setting" aria-label="選んだ様式">
        {detail.data ? (
          <Versions
            key={detail.data.kind}
            title={detail.data.title}
            reach={REACH[detail.data.direction]}
            setting={detail.data}
          />
        ) : (
          <p className="panel sub">種類を選ぶと、変更とこれまでの版が出ます。</p>
        )}
      </aside>
      {editing !== null && detail.data?.kind === editing && (
        <ProfileEditor profile={detail.data} onClose={() => setEditing(null)} />
      )}
    </main>
  )
}
