import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import type { Reply } from '#api/contract.ts'
import { api } from '#web/lib/api.ts'
import { shortMoment } from '#web/lib/dates.ts'
import { formatNumber } from '#web/lib/numbers.ts'
import { mayCall, useMe } from '#web/lib/session.ts'
import { Age, useDataAge } from '#web/ui/age.tsx'
import { Button } from '#web/ui/button.tsx'
import { Chip } from '#web/ui/chip.tsx'
import { DataGrid, type GridColumn } from '#web/ui/grid/data-grid.tsx'
import { isChosen, nothing, type Selection } from '#web/ui/grid/selection.ts'
import { ListFoot } from '#web/ui/list-foot.tsx'
import { Note } from '#web/ui/note.tsx'
import { ProblemNote } from '#web/ui/problem-note.tsx'
import { TaskHead } from '#web/ui/taskhead.tsx'
import { INSTANCE_PAGE, INSTANCE_STATES, instanceListQuery, type Instance } from './instance-query.ts'
import { InstanceState } from './instance-state.tsx'
import { RetryDialog } from './retry-dialog.tsx'

/** A key of the engine may be used again in another epoch. */
const keyOf = ({ epoch, instanceKey }: Instance): string => `${epoch}-${instanceKey}`

const columns: readonly GridColumn<Instance>[] = [
  { key: 'state', head: '状態', width: 9.5, cell: (instance) => <InstanceState instance={instance} /> },
  { key: 'number', head: '処理番号', width: 7, className: 'code', cell: ({ runNumber }) => runNumber ?? '—' },
  {
    key: 'flow',
    head: '業務フロー',
    width: 10,
    className: 'el',
    cell: ({ flowName, processId }) => flowName ?? processId,
  },
  {
    key: 'title',
    head: '処理の名前',
    className: 'el',
    cell: ({ instanceKey, epoch, title }) => (
      <Link to="/instances/$key" params={{ key: instanceKey }} search={{ epoch }} tabIndex={-1}>
        {title ?? instanceKey}
      </Link>
    ),
  },
  {
    key: 'current',
    head: 'いま',
    width: 18,
    className: 'el',
    title: ({ current }) => current.map(({ name }) => name).join('・'),
    cell: ({ current }) => (current.length === 0 ? '—' : current.map(({ name }) => name).join('・')),
  },
  {
    key: 'version',
    head: '流れの版',
    width: 5.5,
    isNumber: true,
    cell: ({ modelVersion }) => (modelVersion === null ? '—' : `第${modelVersion}版`),
  },
  { key: 'start', head: '始まり', width: 7, className: 'code', cell: ({ startedAt }) => shortMoment(startedAt) },
  {
    key: 'end',
    head: '終わり',
    width: 7,
    className: 'code',
    cell: ({ endedAt }) => (endedAt ? shortMoment(endedAt) : '—'),
  },
]

/** 実行状況の一覧 */
export function InstanceListPage() {
  const search = useSearch({ from: '/shell/instances' })
  const navigate = useNavigate()
  const [focus, setFocus] = useState(-1)
  const [selection, setSelection] = useState<Selection>(nothing)
  const [isRetrying, setRetrying] = useState(false)
  const [retried, setRetried] = useState<RetryResult | null>(null)
  const me = useMe()
  const list = useQuery(instanceListQuery(search))
  const age = useDataAge(list.dataUpdatedAt, list.data?.dataAgeMs ?? 0)
  const items = list.data?.items ?? []
  const total = list.data?.total ?? 0
  const page = search.page ?? 1
  const chosen = items.filter((item) => item.state === 'stopped' && isChosen(selection, keyOf(item)))
  return (
    <main className="main lay-one" id="main">
      <TaskHead
        title={
          <>
            実行状況<span className="sub">{formatNumber(total)}件</span>
          </>
        }
        meta={<Age {...age} />}
      />
      <div className="toolbar" role="toolbar" aria-label="絞り込み">
        <Chip isOn={search.state === undefined} onPress={() => void navigate({ to: '/instances', search: {} })}>
          すべて
        </Chip>
        {(Object.keys(INSTANCE_STATES) as Instance['state'][]).map((state) => (
          <Chip
            key={state}
            isOn={search.state === state}
            onPress={() => void navigate({ to: '/instances', search: { state } })}
          >
            {INSTANCE_STATES[state]}
          </Chip>
        ))}
      </div>
      <div className="gridarea">
        {list.error && <ProblemNote error={list.error} />}
        {retried && <RetryNote result={retried} />}
        <DataGrid
          label={`実行状況 ${formatNumber(total)}件`}
          columns={columns}
          count={items.length}
          total={total}
          offset={(page - 1) * INSTANCE_PAGE}
          rowAt={(index) => items[index]}
          keyOf={keyOf}
          nameOf={({ runNumber, instanceKey }) => runNumber ?? instanceKey}
          focus={focus}
          onFocus={setFocus}
          selection={selection}
          onSelect={setSelection}
          onOpen={({ epoch, instanceKey }) =>
            void navigate({ to: '/instances/$key', params: { key: instanceKey }, search: { epoch } })
          }
          isStackable
          empty={list.isSuccess && <p className="empty">条件に合うものはありません。</p>}
        />
      </div>
      <ListFoot
        page={page}
        size={INSTANCE_PAGE}
        shown={items.length}
        total={total}
        onPage={(to) => void navigate({ to: '/instances', search: { ...search, page: to } })}
      >
        {mayCall(me, 'POST /api/instances/retry') && (
          <Button
            look="secondary"
            blocked={chosen.length === 0 && '止まっている処理を選ぶと押せます'}
            onClick={() => setRetrying(true)}
          >
            {chosen.length}件をもう一度行う…
          </Button>
        )}
      </ListFoot>
      {isRetrying && (
        <RetryDialog
          title={`止まっている${chosen.length}件をもう一度行う`}
          retry={(reason) =>
            api('POST /api/instances/retry', {
              body: { instanceKeys: chosen.map(({ instanceKey }) => instanceKey), reason },
              idempotencyKey: crypto.randomUUID(),
            })
          }
          onDone={(result) => {
            setRetried(result)
            setSelection(nothing)
          }}
          onClose={() => setRetrying(false)}
        />
      )}
    </main>
  )
}

type RetryResult = Reply<'POST /api/instances/retry'>

/** What became of each. */
function RetryNote({ result: { items } }: { result: RetryResult }) {
  const failed = items.filter(({ problem }) => problem !== null)
  return (
    <Note kind={failed.length === 0 ? 'done' : 'warn'}>
      <b>
        {items.length - failed.length}件をもう一度行いました。
        {failed.length > 0 && `${failed.length}件は動きませんでした。`}
      </b>
      {failed.map(({ incidentKey, problem }) => (
        <div key={incidentKey}>
          {problem?.message} <span className="code">{problem?.code}</span>
        </div>
      ))}
    </Note>
  )
}
