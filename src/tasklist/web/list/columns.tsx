import { Link } from '@tanstack/react-router'
import { plainDateOf } from '#kernel/plain-date.ts'
import { formatWarekiFiscalYearShort, formatWarekiShort } from '#rules/calendar/wareki.ts'
import { inJapan } from '#web/lib/dates.ts'
import { formatNumber } from '#web/lib/numbers.ts'
import type { GridColumn } from '#web/ui/grid/data-grid.tsx'
import { Icon } from '#web/ui/icon.tsx'
import { Due } from '../due.tsx'
import { TaskState, type Task } from '../task-state.tsx'
import type { ColumnKey } from './task-query.ts'

const none = (
  <span className="sub" aria-label="なし">
    —
  </span>
)
const flowText = (task: Task): string => `${task.flowNumber} ${task.flowName}`

/** Columns of the 作業一覧, in their order. */
const ALL: readonly (GridColumn<Task> & { readonly key: ColumnKey })[] = [
  {
    key: 'due',
    head: '期限',
    width: 13.2,
    sort: 'dueOn',
    cell: ({ dueOn, daysLeft }) => <Due dueOn={dueOn} daysLeft={daysLeft} />,
  },
  {
    key: 'run',
    head: '処理番号',
    width: 6.2,
    sort: 'runNumber',
    className: 'code',
    cell: ({ runNumber }) => runNumber ?? none,
  },
  {
    key: 'step',
    head: '工程',
    className: 'c-step el',
    title: ({ step, name }) => `${step} ${name}`,
    cell: ({ taskId, step, name }) => (
      <Link to="/tasks/$taskId" params={{ taskId }} tabIndex={-1}>
        <span className="code">{step}</span>
        {name}
      </Link>
    ),
  },
  { key: 'flow', head: '業務フロー', width: 10.5, className: 'el', title: flowText, cell: flowText },
  {
    key: 'count',
    head: '件数',
    width: 4.5,
    isNumber: true,
    sort: 'count',
    cell: ({ count }) => (count === null ? none : formatNumber(count)),
  },
  {
    key: 'yen',
    head: '金額(円)',
    width: 6.5,
    isNumber: true,
    sort: 'yen',
    cell: ({ yen }) => (yen === null ? none : formatNumber(yen)),
  },
  {
    key: 'who',
    head: '担当',
    width: 7,
    className: 'el',
    cell: ({ assignee, present }) => (
      <>
        {assignee ? assignee.isMe ? <b>自分</b> : assignee.name : <span className="sub">未定</span>}
        {present.length > 0 && (
          <span title={`${present.join('、')} が見ています`}>
            {' '}
            <Icon name="eye" label={`${present.join('、')} が見ています`} />
          </span>
        )}
      </>
    ),
  },
  { key: 'state', head: '状態', width: 9.2, cell: (task) => <TaskState task={task} /> },
  {
    key: 'year',
    head: '年度',
    width: 4,
    cell: ({ fiscalYear }) => (fiscalYear === null ? none : formatWarekiFiscalYearShort(fiscalYear)),
  },
  { key: 'levy', head: '納期限', width: 6.5, className: 'code', cell: ({ levyDueOn }) => dayOr(levyDueOn) },
  { key: 'followUp', head: '再開日', width: 6.5, className: 'code', cell: ({ followUpOn }) => dayOr(followUpOn) },
  {
    key: 'created',
    head: 'できた日',
    width: 6.5,
    sort: 'createdAt',
    className: 'code',
    cell: ({ createdAt }) => formatWarekiShort(inJapan(createdAt).day),
  },
]

export const COLUMN_ORDER: readonly ColumnKey[] = ALL.map(({ key }) => key)
export const USUAL_COLUMNS: readonly ColumnKey[] = ['due', 'run', 'step', 'flow', 'count', 'yen', 'who', 'state']
export const headOf = (key: ColumnKey): string => ALL.find((column) => column.key === key)?.head ?? ''
/** The columns that were chosen; the step is always there, it opens the task. */
export const columnsOf = (keys: readonly ColumnKey[]): readonly GridColumn<Task>[] =>
  ALL.filter(({ key }) => key === 'step' || keys.includes(key))

const dayOr = (day: string | null) => (day === null ? none : formatWarekiShort(plainDateOf(day)))
