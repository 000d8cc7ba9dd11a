import type { Reply } from '#api/contract.ts'
import { api } from '#web/lib/api.ts'
import { inJapan, monthDayLong } from '#web/lib/dates.ts'
import { mayCall, useMe } from '#web/lib/session.ts'
import type { IconName } from '#web/ui/icon.tsx'
import { useLines } from '#web/ui/lines.tsx'
import { Timeline } from '#web/ui/timeline.tsx'
import { CommentForm } from './comment-form.tsx'

type Line = Reply<'GET /api/tasks/:taskId'>['history'][number]

const iconOf = (kind: string): IconName => {
  if (kind.includes('refus')) return 'xc'
  if (kind.startsWith('attachment-')) return 'doc'
  if (kind.includes('claim')) return 'user'
  if (kind.includes('mark')) return 'minus'
  if (kind.includes('complet') || kind.includes('releas') || kind.includes('propos') || kind.includes('done'))
    return 'checkc'
  return 'talk'
}

interface HistoryProps {
  readonly detail: Pick<Reply<'GET /api/tasks/:taskId'>, 'task' | 'history' | 'historyTotal'>
}

/** 履歴: who did what on this task and said about it, newest first, with the line for a new コメント above. */
export function History({ detail: { task, history, historyTotal: total } }: HistoryProps) {
  const { taskId } = task
  const me = useMe()
  const { lines, foot } = useLines({
    name: '履歴',
    key: ['task', 'history', taskId],
    first: history,
    total,
    read: (query) => api('GET /api/tasks/:taskId/history', { params: { taskId }, query }),
  })
  return (
    <div>
      {mayCall(me, 'POST /api/tasks/:taskId/comments') && <CommentForm taskId={taskId} />}
      <Lines lines={lines} />
      {foot && <div className="panel">{foot}</div>}
    </div>
  )
}

function Lines({ lines }: { lines: readonly Line[] }) {
  if (lines.length === 0) return <p className="panel sub">まだ何も行われていません。</p>
  return (
    <div className="panel">
      <Timeline
        items={lines.map((line, index) => {
          const { day, time } = inJapan(line.at)
          return {
            key: `${line.at}-${index}`,
            day: monthDayLong(day),
            time,
            icon: iconOf(line.kind),
            ...(line.kind.includes('refus') ? { tone: 'late' as const } : {}),
            text: line.text,
            who: line.actor,
          }
        })}
      />
    </div>
  )
}
