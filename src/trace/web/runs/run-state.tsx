import { Badge } from '#web/ui/badge.tsx'
import type { Run } from './run-query.ts'

/** 状態の札 of a run. */
export function RunState({ run }: { run: Pick<Run, 'state' | 'isStopped' | 'outcome'> }) {
  if (run.state === 'cancelled')
    return (
      <Badge tone="wait" icon="x">
        中止
      </Badge>
    )
  if (run.isStopped)
    return (
      <Badge tone="late" icon="stop">
        止まっています
      </Badge>
    )
  if (run.state === 'finished')
    return (
      <Badge tone="done" icon="checkc" isBare>
        {run.outcome ?? '済'}
      </Badge>
    )
  return (
    <Badge tone="now" icon="wait">
      処理中
    </Badge>
  )
}
