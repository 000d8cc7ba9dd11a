import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { shortMoment } from '#web/lib/dates.ts'
import { formatNumber } from '#web/lib/numbers.ts'
import { Age, useDataAge } from '#web/ui/age.tsx'
import { DataGrid, type GridColumn } from '#web/ui/grid/data-grid.tsx'
import { ListFoot } from '#web/ui/list-foot.tsx'
import { ProblemNote } from '#web/ui/problem-note.tsx'
import { TaskHead } from '#web/ui/taskhead.tsx'
import { FlowRail } from './flow-rail.tsx'
import { RUN_PAGE, runListQuery, type Run } from './run-query.ts'
import { RunState } from './run-state.tsx'

const columns: readonly GridColumn<Run>[] = [
  { key: 'number', head: '処理番号', width: 7, className: 'code', cell: ({ number }) => number },
  { key: 'flow', head: '業務フロー', width: 7, className: 'el', cell: ({ flowName }) => flowName },
  {
    key: 'title',
    head: '処理の名前',
    className: 'el',
    title: ({ title }) => title,
    cell: ({ runId, title }) => (
      <Link to="/runs/$runId" params={{ runId }} tabIndex={-1}>
        {title}
      </Link>
    ),
  },
  { key: 'state', head: '状態', width: 9, cell: (run) => <RunState run={run} /> },
  {
    key: 'step',
    head: 'いまの工程',
    width: 15,
    className: 'el',
    title: ({ stepName }) => stepName ?? undefined,
    cell: ({ step, stepName }) =>
      step ? (
        <>
          <span className="code">{step}</span> {stepName}
        </>
      ) : (
        '—'
      ),
  },
  { key: 'by', head: '始めた人', width: 6.5, className: 'el', cell: ({ startedBy }) => startedBy ?? '—' },
  { key: 'at', head: '始めた時', width: 7, className: 'code', cell: ({ createdAt }) => shortMoment(createdAt) },
  {
    key: 'end',
    head: '終わった時',
    width: 7,
    className: 'code',
    cell: ({ finishedAt }) => (finishedAt ? shortMoment(finishedAt) : '—'),
  },
]

/** 処理の一覧 */
export function RunListPage() {
  const search = useSearch({ from: '/shell/runs' })
  const navigate = useNavigate()
  const [focus, setFocus] = useState(-1)
  const list = useQuery(runListQuery(search))
  const age = useDataAge(list.dataUpdatedAt)
  const items = list.data?.items ?? []
  const total = list.data?.total ?? 0
  const page = search.page ?? 1
  return (
    <main className="main lay-list" id="main">
      <FlowRail search={search} />
      <section aria-labelledby="page-title">
        <TaskHead
          title={
            <>
              処理<span className="sub">{formatNumber(total)}件</span>
            </>
          }
          meta={<Age {...age} />}
        />
        <div>{list.error && <ProblemNote error={list.error} />}</div>
        <DataGrid
          label={`処理 ${formatNumber(total)}件`}
          columns={columns}
          count={items.length}
          total={total}
          offset={(page - 1) * RUN_PAGE}
          rowAt={(index) => items[index]}
          keyOf={({ runId }) => runId}
          nameOf={({ number }) => number}
          focus={focus}
          onFocus={setFocus}
          onOpen={({ runId }) => void navigate({ to: '/runs/$runId', params: { runId } })}
          isStackable
          empty={
            list.isSuccess && (
              <p className="empty">
                <b>処理はまだありません。</b>左の業務フローから始めます。
              </p>
            )
          }
        />
        <ListFoot
          page={page}
          size={RUN_PAGE}
          shown={items.length}
          total={total}
          onPage={(to) => void navigate({ to: '/runs', search: { ...search, page: to } })}
        />
      </section>
    </main>
  )
}
