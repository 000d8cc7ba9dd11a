import type { Reply } from '#api/contract.ts'
import { Badge } from '#web/ui/badge.tsx'

export type Task = Reply<'GET /api/tasks'>['items'][number]

/** 状態の札 of a task: only what matters has a box. */
export function TaskState({ task }: { task: Task }) {
  if (task.state === 'completed')
    return (
      <Badge tone="done" icon="checkc" isBare>
        済
      </Badge>
    )
  if (task.state === 'cancelled')
    return (
      <Badge tone="wait" icon="x">
        取りやめ
      </Badge>
    )
  if (task.state !== 'open')
    return (
      <Badge tone="wait" icon="wait">
        処理中
      </Badge>
    )
  if (task.isWaiting)
    return (
      <Badge tone="wait" icon="pause">
        再開日待ち
      </Badge>
    )
  if (task.isProposed)
    return (
      <Badge tone="guard" icon="users">
        二人目の確認待ち
      </Badge>
    )
  if (task.isReturned)
    return (
      <Badge tone="warn" icon="back">
        差戻し
      </Badge>
    )
  if (task.assignee)
    return (
      <Badge tone="now" icon="now">
        作業中
      </Badge>
    )
  return (
    <Badge tone="plain" icon="ring" isBare>
      未着手
    </Badge>
  )
}
