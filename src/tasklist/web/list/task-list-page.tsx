import { useState } from 'react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { api } from '#web/lib/api.ts'
import { inJapan } from '#web/lib/dates.ts'
import { formatNumber } from '#web/lib/numbers.ts'
import { isComposing, useShortcuts } from '#web/lib/shortcuts.ts'
import { Age, useDataAge } from '#web/ui/age.tsx'
import { Button } from '#web/ui/button.tsx'
import { ConditionChip } from '#web/ui/chip.tsx'
import { DataGrid } from '#web/ui/grid/data-grid.tsx'
import { chosenCount, isChosen, nothing, type Selection } from '#web/ui/grid/selection.ts'
import { Pager } from '#web/ui/pager.tsx'
import { ProblemNote } from '#web/ui/problem-note.tsx'
import { TaskHead } from '#web/ui/taskhead.tsx'
import type { Task } from '../task-state.tsx'
import { taskColumns } from './columns.tsx'
import { Rail } from './rail.tsx'
import { PAGE, SORTS, taskListQuery, URGENCIES, VIEWS, type ListSearch, type Sort } from './task-query.ts'

/** 作業一覧 */
export function TaskListPage() {
  const search = useSearch({ from: '/shell/tasks' })
  const navigate = useNavigate()
  const client = useQueryClient()
  const [text, setText] = useState('')
  const [focus, setFocus] = useState(-1)
  const [selection, setSelection] = useState<Selection>(nothing)
  const list = useQuery(taskListQuery(search, text))
  const { seconds, isOld } = useDataAge(list.dataUpdatedAt, list.data?.dataAgeMs ?? 0)
  const items = list.data?.items ?? []
  const total = list.data?.total ?? 0
  const page = search.page ?? 1
  const go = (to: ListSearch) => void navigate({ to: '/tasks', search: to })
  const open = ({ taskId }: Task) => void navigate({ to: '/tasks/$taskId', params: { taskId } })
  const chosen = items.filter(({ taskId }) => isChosen(selection, taskId))
  const focused = items[focus]
  const aimed = chosen.length > 0 ? chosen : focused ? [focused] : []

  const change = useMutation({
    mutationFn: async ({ tasks, isClaim }: { tasks: readonly Task[]; isClaim: boolean }) => {
      for (const { taskId } of tasks)
        await api(isClaim ? 'POST /api/tasks/:taskId/claim' : 'POST /api/tasks/:taskId/unclaim', { params: { taskId } })
    },
    onSuccess: () => setSelection(nothing),
    onSettled: () => client.invalidateQueries({ queryKey: ['task'] }),
  })
  const next = useMutation({
    mutationFn: () => api('POST /api/tasks/next', { body: search.flow ? { flow: search.flow } : {} }),
    onSuccess: ({ task }) => task && open(task),
  })
  const claim = () => aimed.length > 0 && change.mutate({ tasks: aimed, isClaim: true })
  useShortcuts({ N: () => next.mutate(), C: claim })

  const view = VIEWS[search.view ?? 'all']
  const problem = change.error ?? next.error ?? list.error
  return (
    <main className="main lay-list" id="main">
      <Rail search={search} />
      <section aria-labelledby="page-title">
        <TaskHead
          title={
            <>
              作業一覧
              <span className="sub">
                {view} {formatNumber(total)}件
              </span>
            </>
          }
          meta={
            <>
              <Age seconds={seconds} isOld={isOld} note={list.data && inJapan(list.data.at).seconds} />
              <span className="sub hide-s">期限は開庁日で数えています</span>
            </>
          }
          end={
            <Button look="primary" icon="arrow" shortcut="N" onClick={() => next.mutate()}>
              次の1件
            </Button>
          }
        />
        <div className="toolbar">
          {search.view && <ConditionChip onRemove={() => go({ ...search, view: 'all' })}>{view}</ConditionChip>}
          {search.urgency && search.urgency !== 'none' && (
            <ConditionChip onRemove={() => go(without(search, 'urgency'))}>{URGENCIES[search.urgency]}</ConditionChip>
          )}
          {search.assignee && <ConditionChip onRemove={() => go(without(search, 'assignee'))}>未着手</ConditionChip>}
          {search.flow && (
            <ConditionChip onRemove={() => go(without(search, 'flow'))}>
              {items[0] ? `${items[0].flowNumber} ${items[0].flowName}` : search.flow}
            </ConditionChip>
          )}
          <label className="row sub" htmlFor="task-text">
            被保険者番号・カナ
          </label>
          <input
            className="inp short"
            id="task-text"
            autoComplete="off"
            defaultValue=""
            onKeyDown={(event) =>
              event.key === 'Enter' && !isComposing(event) && setText(event.currentTarget.value.trim())
            }
          />
          <span className="end row">
            <label className="row sub" htmlFor="order">
              並べ方
            </label>
            <select
              className="inp auto"
              id="order"
              value={search.sort ?? 'dueOn'}
              onChange={(event) => go({ ...search, sort: event.target.value as Sort })}
            >
              {Object.entries(SORTS).map(([value, label]) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </select>
          </span>
        </div>
        <div className="gridarea">
          {problem && <ProblemNote error={problem} />}
          {next.data?.task === null && (
            <p className="empty" role="status">
              <b>いま担当できる作業はありません。</b>
            </p>
          )}
          <DataGrid
            label={`${view} ${formatNumber(total)}件中 ${formatNumber((page - 1) * PAGE + 1)}から${formatNumber((page - 1) * PAGE + items.length)}件`}
            columns={taskColumns}
            count={items.length}
            total={total}
            offset={(page - 1) * PAGE}
            rowAt={(index) => items[index]}
            keyOf={({ taskId }) => taskId}
            nameOf={({ runNumber, step, name }) => `${runNumber ?? ''} ${step} ${name}`}
            focus={focus}
            onFocus={setFocus}
            selection={selection}
            onSelect={setSelection}
            onOpen={open}
            sort={sortOf(search.sort)}
            onSort={({ column, descending }) => go({ ...search, sort: `${descending ? '-' : ''}${column}` as Sort })}
            isStackable
            empty={list.isSuccess && <NoTasks search={search} view={view} onClear={() => go({})} />}
          />
        </div>
        <div className="actionbar" role="toolbar" aria-label="選んだ作業の操作">
          <b className="nw" role="status">
            {chosenCount(selection, items.length)}件を選択中
          </b>
          <Button icon="user" shortcut="C" blocked={aimed.length === 0 && '作業を選んでください'} onClick={claim}>
            担当する
          </Button>
          <Button
            look="secondary"
            blocked={aimed.length === 0 && '作業を選んでください'}
            onClick={() => change.mutate({ tasks: aimed, isClaim: false })}
          >
            手放す
          </Button>
          <Button look="plain" onClick={() => setSelection(nothing)}>
            選択を外す
          </Button>
          <span className="end row">
            <span className="hide-s sub">
              <kbd>?</kbd> キー操作
            </span>
            <Pager
              page={page}
              size={PAGE}
              shown={items.length}
              total={total}
              onPage={(to) => go({ ...search, page: to })}
            />
          </span>
        </div>
      </section>
    </main>
  )
}

const sortOf = (sort: Sort = 'dueOn') => ({ column: sort.replace('-', ''), descending: sort.startsWith('-') })

function without(search: ListSearch, name: keyof ListSearch): ListSearch {
  const { [name]: _, ...rest } = search
  return rest
}

function NoTasks({ search, view, onClear }: { search: ListSearch; view: string; onClear: () => void }) {
  const isNarrowed = search.urgency !== undefined || search.flow !== undefined || search.assignee !== undefined
  return (
    <div className="empty">
      <b>{isNarrowed ? '条件に合う作業はありません。' : `${view}はありません。`}</b>
      {isNarrowed && (
        <Button look="plain" onClick={onClear}>
          条件をすべて外す
        </Button>
      )}
    </div>
  )
}
