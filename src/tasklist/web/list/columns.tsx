import { Link } from '@tanstack/react-router'
import { formatNumber } from '#web/lib/numbers.ts'
import type { GridColumn } from '#web/ui/grid/data-grid.tsx'
import { Due } from '../due.tsx'
import { TaskState, type Task } from '../task-state.tsx'

const none = (
  <span className="sub" aria-label="なし">
    —
  </span>
)
const flowText = (task: Task): string => `${task.flowNumber} ${task.flowName}`

/** Columns of the 作業一覧. */
export const taskColumns: readonly GridColumn<Task>[] = [
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
    cell: ({ assignee }) =>
      assignee ? assignee.isMe ? <b>自分</b> : assignee.name : <span className="sub">未定</span>,
  },
  { key: 'state', head: '状態', width: 9.2, cell: (task) => <TaskState task={task} /> },
]
