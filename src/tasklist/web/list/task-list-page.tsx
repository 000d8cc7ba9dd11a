import { useEffect, useRef, useState } from 'react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { api } from '#web/lib/api.ts'
import { inJapan, monthDayLong } from '#web/lib/dates.ts'
import { formatNumber } from '#web/lib/numbers.ts'
import { mayCall, statusQuery, useMe } from '#web/lib/session.ts'
import { isComposing, useShortcuts } from '#web/lib/shortcuts.ts'
import { Age, useDataAge } from '#web/ui/age.tsx'
import { Button } from '#web/ui/button.tsx'
import { DataGrid } from '#web/ui/grid/data-grid.tsx'
import { chosenCount, isChosen, nothing, type Selection } from '#web/ui/grid/selection.ts'
import { Pager } from '#web/ui/pager.tsx'
import { Note } from '#web/ui/note.tsx'
import { ProblemNote } from '#web/ui/problem-note.tsx'
import { TaskHead } from '#web/ui/taskhead.tsx'
import type { Task } from '../task-state.tsx'
import { PostponeDialog, ReassignDialog } from './bulk-dialogs.tsx'
import { BulkOutcome } from './bulk-outcome.tsx'
import { ColumnsDialog } from './columns-dialog.tsx'
import { columnsOf, USUAL_COLUMNS } from './columns.tsx'
import { ConditionChips, ConditionDialog } from './conditions.tsx'
import { Rail } from './rail.tsx'
import { SaveViewDialog } from './save-view-dialog.tsx'
import {
  conditionsOf,
  listTextKey,
  PAGE,
  SORTS,
  taskListQuery,
  VIEWS,
  type ListSearch,
  type Sort,
} from './task-query.ts'
import { useBulk } from './use-bulk.ts'

type Open = 'conditions' | 'columns' | 'save' | 'reassign' | 'postpone'

/** 作業一覧 */
export function TaskListPage() {
  const search = useSearch({ from: '/shell/tasks' })
  const navigate = useNavigate()
  const client = useQueryClient()
  const me = useMe()
  const area = useRef<HTMLDivElement>(null)
  const typed = useRef<HTMLInputElement>(null)
  // kept while the person is logged in, so that back finds the same rows; the lock empties the cache it is in
  const [text, setText] = useState(() => client.getQueryData<string>(listTextKey) ?? '')
  const [focus, setFocus] = useState(-1)
  const [selection, setSelection] = useState<Selection>(nothing)
  const [open, setOpen] = useState<Open | null>(null)
  const list = useQuery(taskListQuery(search, text))
  const { data: status } = useQuery(statusQuery)
  const { seconds, isOld } = useDataAge(list.dataUpdatedAt, list.data?.dataAgeMs ?? 0)
  const items = list.data?.items ?? []
  const page = search.page ?? 1
  const first = (page - 1) * PAGE
  const total = Math.max(list.data?.total ?? 0, first + items.length + (list.data?.nextCursor ? 1 : 0))
  const totalText = `${formatNumber(list.data?.total ?? 0)}件${list.data?.isTotalExact === false ? '以上' : ''}`
  const columns = search.columns ?? USUAL_COLUMNS
  const go = (to: ListSearch) => {
    setSelection(nothing)
    setFocus(-1)
    void navigate({ to: '/tasks', search: to })
  }
  const find = (to: string) => {
    client.setQueryData(listTextKey, to)
    setText(to)
    const { page: _, at: __, ...kept } = search
    go(kept)
  }
  const toGrid = () => area.current?.querySelector<HTMLElement>('[role=grid]')?.focus({ preventScroll: true })
  const openTask = async ({ taskId }: Task) => {
    await navigate({ to: '/tasks', search: { ...search, at: taskId }, replace: true }) // back finds the row
    await navigate({ to: '/tasks/$taskId', params: { taskId } })
  }
  useEffect(() => {
    // back from a task: its row again; gone from the list, the one that has taken its place
    if (search.at === undefined || focus >= 0 || items.length === 0) return
    setFocus(
      Math.max(
        0,
        items.findIndex(({ taskId }) => taskId === search.at),
      ),
    )
  }, [search.at, focus, items])
  const isBack = search.at !== undefined && focus >= 0
  useEffect(() => {
    // only now: a grid that is entered without a row begins at its first
    if (isBack && document.activeElement === document.body) toGrid()
  }, [isBack])

  const chosen = items.filter(({ taskId }) => isChosen(selection, taskId))
  const focused = items[focus]
  const aimed = chosen.length > 0 ? chosen : focused ? [focused] : []
  const bulk = useBulk(() => {
    setSelection(nothing)
    setOpen(null)
    toGrid()
  })
  const next = useMutation({
    mutationFn: () => api('POST /api/tasks/next', { body: search.flow ? { flow: search.flow } : {} }),
    onSuccess: ({ task }) => task && openTask(task),
  })
  const mayWork = mayCall(me, 'POST /api/tasks/bulk')
  const claim = () => mayWork && bulk.run(aimed, { act: 'claim' })
  const ask = (what: Open) => {
    bulk.reset()
    setOpen(what)
  }
  useShortcuts({ N: () => mayWork && next.mutate(), C: claim, F: () => ask('conditions') })

  const view = VIEWS[search.view ?? 'all']
  const problem = (open === null ? bulk.error : null) ?? next.error ?? list.error
  const noAim = aimed.length === 0 && '作業を選んでください'
  const dialog = { count: aimed.length, error: bulk.error, isBusy: bulk.isBusy, onClose: () => setOpen(null) }
  return (
    <main className="main lay-list" id="main">
      <Rail search={search} onSave={() => ask('save')} />
      <section aria-labelledby="page-title">
        <TaskHead
          title={
            <>
              作業一覧
              <span className="sub">
                {view} {totalText}
              </span>
            </>
          }
          meta={
            <>
              <Age seconds={seconds} isOld={isOld} note={list.data && momentText(list.data.at)} />
              <span className="sub hide-s">期限は開庁日で数えています</span>
            </>
          }
          end={
            mayWork && (
              <Button look="primary" icon="arrow" shortcut="N" onClick={() => next.mutate()}>
                次の1件
              </Button>
            )
          }
        />
        <div className="toolbar">
          <ConditionChips search={search} onSearch={go} />
          <Button look="secondary" icon="filter" shortcut="F" onClick={() => ask('conditions')}>
            条件…
          </Button>
          <label className="row sub" htmlFor="task-text">
            被保険者番号・カナ
          </label>
          <input
            ref={typed}
            className="inp short"
            id="task-text"
            autoComplete="off"
            defaultValue={text}
            onKeyDown={(event) =>
              event.key === 'Enter' && !isComposing(event) && find(event.currentTarget.value.trim())
            }
          />
          {text !== '' && (
            <Button
              look="plain"
              onClick={() => {
                if (typed.current) typed.current.value = ''
                find('')
              }}
            >
              検索をやめる
            </Button>
          )}
          <span className="end row hide-s">
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
              {search.sort !== undefined && !(search.sort in SORTS) && (
                <option value={search.sort}>列の見出しの順</option>
              )}
            </select>
            <Button look="secondary" icon="cols" onClick={() => ask('columns')}>
              列
            </Button>
          </span>
        </div>
        <div className="gridarea" ref={area}>
          <div>
            {problem && <ProblemNote error={problem} />}
            {next.data?.task === null && (
              <p className="empty" role="status">
                <b>いま担当できる作業はありません。</b>
              </p>
            )}
            {list.data?.onlyOfPeople != null && (
              <Note kind="warn" next="被保険者番号か氏名・カナを、もう少し先まで入れて探してください。">
                <b role="status">
                  {formatNumber(list.data.onlyOfPeople)}
                  人を超える人に当てはまるため、その一部の人の作業だけを示しています。
                </b>
              </Note>
            )}
            {bulk.outcome && <BulkOutcome {...bulk.outcome} onClose={bulk.reset} />}
          </div>
          <DataGrid
            label={`${view} ${totalText}中 ${formatNumber(items.length === 0 ? 0 : first + 1)}から${formatNumber(first + items.length)}件`}
            columns={columnsOf(columns)}
            count={items.length}
            total={total}
            offset={first}
            rowAt={(index) => items[index]}
            keyOf={({ taskId }) => taskId}
            nameOf={({ runNumber, step, name }) => `${runNumber ?? ''} ${step} ${name}`}
            focus={focus}
            onFocus={setFocus}
            selection={selection}
            onSelect={setSelection}
            onOpen={(task) => void openTask(task)}
            sort={sortOf(search.sort)}
            onSort={({ column, descending }) => go({ ...search, sort: `${descending ? '-' : ''}${column}` as Sort })}
            isStackable
            empty={
              list.isSuccess && (
                <NoTasks search={search} text={text} view={view} onClear={() => (text === '' ? go({}) : find(''))} />
              )
            }
          />
        </div>
        <div className="actionbar" role="toolbar" aria-label="選んだ作業の操作">
          <b className="nw" role="status">
            {chosenCount(selection, items.length)}件を選択中
          </b>
          {mayWork && (
            <>
              <Button icon="user" shortcut="C" blocked={noAim} onClick={claim}>
                担当する
              </Button>
              <Button look="secondary" className="hide-s" blocked={noAim} onClick={() => ask('reassign')}>
                担当を替える…
              </Button>
              <Button look="secondary" blocked={noAim} onClick={() => bulk.run(aimed, { act: 'release' })}>
                手放す
              </Button>
              <Button look="secondary" className="hide-s" blocked={noAim} onClick={() => ask('postpone')}>
                再開日を決める…
              </Button>
            </>
          )}
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
      {open === 'conditions' && <ConditionDialog search={search} onSearch={go} onClose={() => setOpen(null)} />}
      {open === 'columns' && (
        <ColumnsDialog
          columns={columns}
          onChoose={(keys) => go({ ...search, columns: keys })}
          onClose={() => setOpen(null)}
        />
      )}
      {open === 'save' && <SaveViewDialog search={search} columns={columns} onClose={() => setOpen(null)} />}
      {open === 'reassign' && (
        <ReassignDialog {...dialog} onReassign={(to) => bulk.run(aimed, { act: 'reassign', to })} />
      )}
      {open === 'postpone' && status && (
        <PostponeDialog
          {...dialog}
          today={status.today}
          onPostpone={(followUpOn, note) =>
            bulk.run(aimed, { act: 'postpone', followUpOn, ...(note === '' ? {} : { note }) })
          }
        />
      )}
    </main>
  )
}

const sortOf = (sort: Sort = 'dueOn') => ({ column: sort.replace('-', ''), descending: sort.startsWith('-') })

/** 「11月16日(月) 10:42:07」 */
function momentText(instant: string): string {
  const { day, seconds } = inJapan(instant)
  return `${monthDayLong(day)} ${seconds}`
}

function NoTasks({
  search,
  text,
  view,
  onClear,
}: {
  search: ListSearch
  text: string
  view: string
  onClear: () => void
}) {
  const { view: _, ...conditions } = conditionsOf(search)
  const isNarrowed = text !== '' || Object.keys(conditions).length > 0
  return (
    <div className="empty">
      <b>{isNarrowed ? '条件に合う作業はありません。' : `${view}はありません。`}</b>
      {isNarrowed && (
        <Button look="plain" onClick={onClear}>
          {text === '' ? '条件をすべて外す' : '検索をやめる'}
        </Button>
      )}
    </div>
  )
}
