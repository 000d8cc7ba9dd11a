import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { shortMoment } from '../../lib/dates.ts'
import { formatNumber } from '../../lib/numbers.ts'
import { mayCall, useMe } from '../../lib/session.ts'
import { Age, useDataAge } from '../../ui/age.tsx'
import { Chip } from '../../ui/chip.tsx'
import { DataGrid, type GridColumn } from '../../ui/grid/data-grid.tsx'
import { ListFoot } from '../../ui/list-foot.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { TaskHead } from '../../ui/taskhead.tsx'
import { FILE_PAGE, fileListQuery, type FileSearch } from './file-query.ts'
import { FileState, type FileInfo } from './file-state.tsx'
import { Upload } from './upload.tsx'

const count = (value: number | null) => (value === null ? '—' : formatNumber(value))

const columns: readonly GridColumn<FileInfo>[] = [
  { key: 'at', head: '受領', width: 7, className: 'code', cell: ({ receivedAt }) => shortMoment(receivedAt) },
  {
    key: 'kind',
    head: '種類',
    width: 8,
    className: 'el',
    title: ({ kindLabel }) => kindLabel,
    cell: ({ kindLabel }) => kindLabel,
  },
  {
    key: 'name',
    head: 'ファイル',
    className: 'code el',
    title: ({ name }) => name,
    cell: ({ fileId, name }) => (
      <Link to="/files/$fileId" params={{ fileId }} tabIndex={-1}>
        {name}
      </Link>
    ),
  },
  { key: 'lines', head: '行', width: 6, isNumber: true, cell: ({ lines }) => count(lines) },
  { key: 'accepted', head: '受入れ', width: 6, isNumber: true, cell: ({ accepted }) => count(accepted) },
  { key: 'rejected', head: '拒否', width: 5, isNumber: true, cell: ({ rejected }) => count(rejected) },
  { key: 'state', head: '状態', width: 9, cell: (file) => <FileState file={file} /> },
  { key: 'by', head: '受け入れた人', width: 8, className: 'el', cell: ({ receivedBy }) => receivedBy ?? '—' },
  { key: 'run', head: '処理番号', width: 7, className: 'code', cell: ({ runNumber }) => runNumber ?? '—' },
]

const CHIPS: readonly (readonly [string, FileSearch])[] = [
  ['すべて', {}],
  ['受け入れ', { direction: 'in' }],
  ['送付', { direction: 'out' }],
  ['拒否', { status: 'refused' }],
]

/** ファイル: what came in and what goes out. */
export function FileListPage() {
  const search = useSearch({ from: '/shell/files' })
  const navigate = useNavigate()
  const me = useMe()
  const [focus, setFocus] = useState(-1)
  const list = useQuery(fileListQuery(search))
  const age = useDataAge(list.dataUpdatedAt)
  const items = list.data?.items ?? []
  const total = list.data?.total ?? 0
  const page = search.page ?? 1
  const open = (fileId: string) => void navigate({ to: '/files/$fileId', params: { fileId } })
  const isOn = (chip: FileSearch) => chip.direction === search.direction && chip.status === search.status
  return (
    <main className="main lay-list" id="main">
      <aside className="rail wide" aria-label="受け入れ">
        {mayCall(me, 'POST /api/files') ? (
          <Upload onDone={open} />
        ) : (
          <p className="panel sub">受け入れは担当と係長がします。</p>
        )}
      </aside>
      <section aria-labelledby="page-title">
        <TaskHead
          title={
            <>
              ファイル<span className="sub">{formatNumber(total)}件</span>
            </>
          }
          meta={<Age {...age} />}
        />
        <div className="toolbar" role="toolbar" aria-label="絞り込み">
          {CHIPS.map(([label, to]) => (
            <Chip key={label} isOn={isOn(to)} onPress={() => void navigate({ to: '/files', search: to })}>
              {label}
            </Chip>
          ))}
        </div>
        <div className="gridarea">
          {list.error && <ProblemNote error={list.error} />}
          <DataGrid
            label={`ファイル ${formatNumber(total)}件`}
            columns={columns}
            count={items.length}
            total={total}
            offset={(page - 1) * FILE_PAGE}
            rowAt={(index) => items[index]}
            keyOf={({ fileId }) => fileId}
            nameOf={({ name }) => name}
            focus={focus}
            onFocus={setFocus}
            onOpen={({ fileId }) => open(fileId)}
            isStackable
            empty={list.isSuccess && <p className="empty">条件に合うファイルはありません。</p>}
          />
        </div>
        <ListFoot
          page={page}
          size={FILE_PAGE}
          shown={items.length}
          total={total}
          onPage={(to) => void navigate({ to: '/files', search: { ...search, page: to } })}
        />
      </section>
    </main>
  )
}
