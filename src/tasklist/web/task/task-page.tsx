import { useRef } from 'react'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { api } from '#web/lib/api.ts'
import { useShortcuts } from '#web/lib/shortcuts.ts'
import { useDataAge } from '#web/ui/age.tsx'
import { Button } from '#web/ui/button.tsx'
import { Note } from '#web/ui/note.tsx'
import { ProblemNote } from '#web/ui/problem-note.tsx'
import { inTurn, useIsBusy } from '../acts.ts'
import { OtherPageNote, PresentNames } from '../presence/presence-note.tsx'
import { usePresence } from '../presence/use-presence.ts'
import { nothingTyped } from './draft.ts'
import { FormWork } from './form-work.tsx'
import { ReviewWork } from './review-work.tsx'
import { RunBand, WorkHead } from './task-head.tsx'

/** 作業: one task with its run around it. A list is reviewed in the grid; a task without a list is its form. */
export function TaskPage() {
  const { taskId } = useParams({ from: '/shell/tasks/$taskId' })
  const client = useQueryClient()
  const navigate = useNavigate()
  const task = useQuery({
    queryKey: ['task', 'one', taskId],
    queryFn: () => api('GET /api/tasks/:taskId', { params: { taskId } }),
    refetchInterval: 15_000,
    placeholderData: keepPreviousData,
  })
  const age = useDataAge(task.dataUpdatedAt, task.data?.dataAgeMs ?? 0)
  const sendTyped = useRef(nothingTyped)
  const isBusy = useIsBusy(taskId)
  const hold = useMutation({
    ...inTurn(taskId, 'end'),
    mutationFn: (isClaim: boolean) =>
      api(isClaim ? 'POST /api/tasks/:taskId/claim' : 'POST /api/tasks/:taskId/unclaim', { params: { taskId } }),
    onSettled: () => client.invalidateQueries({ queryKey: ['task'] }),
  })
  const next = useMutation({
    mutationFn: () => api('POST /api/tasks/next', { body: {} }),
    onSuccess: ({ task: found }) =>
      found ? navigate({ to: '/tasks/$taskId', params: { taskId: found.taskId } }) : navigate({ to: '/tasks' }),
  })
  const detail = task.data
  const isOpen = detail?.task.state === 'open'
  const presence = usePresence(taskId)
  const isHeld = isOpen && detail.task.assignee?.isMe === true
  const isMine = isHeld && presence?.isEditor !== false // one record has one editor: the page that opened it first
  const canClaim = isOpen && (detail.task.assignee === null || detail.task.isStandIn)
  useShortcuts({ N: () => next.mutate(), C: () => canClaim && hold.mutate(true) })

  if (!detail)
    return (
      <main className="main" id="main">
        {task.error ? (
          <ProblemNote error={task.error} />
        ) : (
          <p className="panel sub" role="status">
            作業を読んでいます
          </p>
        )}
      </main>
    )
  const letGo = () => {
    sendTyped.current() // kept with the task before it is given away
    hold.mutate(false)
  }
  const work = { detail, age, isMine, sendTyped }
  return (
    <main className="main lay-task" id="main">
      <WorkHead
        detail={detail}
        age={age}
        end={
          <>
            <PresentNames presence={presence} />
            {isHeld && (
              <Button look="secondary" blocked={isBusy && '送っています'} onClick={letGo}>
                手放す
              </Button>
            )}
            {canClaim && (
              <Button icon="user" shortcut="C" onClick={() => hold.mutate(true)}>
                担当する
              </Button>
            )}
          </>
        }
      />
      <div>
        <RunBand flow={`${detail.task.flowNumber} ${detail.task.flowName}`} steps={detail.steps} />
        {hold.error && <ProblemNote error={hold.error} />}
        <OtherPageNote presence={presence} isMine={isHeld} />
        {!isOpen && <Ended state={detail.task.state} onNext={() => next.mutate()} />}
      </div>
      {detail.worksheet ? (
        <ReviewWork key={taskId} {...work} sheet={detail.worksheet} />
      ) : (
        <FormWork key={taskId} {...work} />
      )}
    </main>
  )
}

const WORDS: Readonly<Record<string, string>> = {
  preparing: 'この作業は準備しています。一覧ができると始められます。',
  completing: 'この作業は済みました。次の工程へ送っています。',
  completed: 'この作業は済みました。',
  cancelled: 'この作業は取りやめになりました。',
}

const Ended = ({ state, onNext }: { state: string; onNext: () => void }) => (
  <Note
    kind={state === 'completing' || state === 'completed' ? 'done' : 'info'}
    action={
      <Button icon="arrow" shortcut="N" onClick={onNext}>
        次の1件
      </Button>
    }
  >
    <b role="status">{WORDS[state] ?? ''}</b>
  </Note>
)
