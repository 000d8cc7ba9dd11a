import { useState } from 'react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { Reply } from '#api/contract.ts'
import { api } from '#web/lib/api.ts'
import { inJapan, monthDayLong } from '#web/lib/dates.ts'
import { mayCall, useMe } from '#web/lib/session.ts'
import type { IconName } from '#web/ui/icon.tsx'
import { Pager } from '#web/ui/pager.tsx'
import { ProblemNote } from '#web/ui/problem-note.tsx'
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
  const [page, setPage] = useState(1)
  const size = history.length // the task brings the first page with it
  const older = useQuery({
    queryKey: ['task', 'history', taskId, page],
    queryFn: () =>
      api('GET /api/tasks/:taskId/history', {
        params: { taskId },
        query: { limit: size, offset: (page - 1) * size },
      }),
    enabled: page > 1,
    placeholderData: keepPreviousData,
  })
  const lines = page === 1 ? history : (older.data?.items ?? [])
  return (
    <div>
      {mayCall(me, 'POST /api/tasks/:taskId/comments') && <CommentForm taskId={taskId} />}
      {older.error && <ProblemNote error={older.error} />}
      <Lines lines={lines} />
      {total > size && (
        <p className="panel">
          <Pager page={page} size={size} shown={lines.length} total={total} onPage={setPage} />
        </p>
      )}
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
