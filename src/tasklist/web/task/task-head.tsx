import type { ReactNode } from 'react'
import type { Reply } from '#api/contract.ts'
import { shortMoment } from '#web/lib/dates.ts'
import { Age } from '#web/ui/age.tsx'
import { bandStep } from '#web/ui/band-step.ts'
import { StepBand } from '#web/ui/step-band.tsx'
import { TaskHead } from '#web/ui/taskhead.tsx'
import { Due } from '../due.tsx'
import { TaskState } from '../task-state.tsx'

export type Detail = Reply<'GET /api/tasks/:taskId'>

/** Where am I, until when, whose task, how old is it. */
export function WorkHead({
  detail,
  age,
  end,
}: {
  detail: Detail
  age: { seconds: number; isOld: boolean }
  end: ReactNode
}) {
  const { task, ledgerAt } = detail
  return (
    <TaskHead
      crumbs={[
        { text: '作業一覧', to: '/tasks' },
        { text: `${task.flowNumber} ${task.flowName}`, ...(task.runId ? { to: `/runs/${task.runId}` } : {}) },
        { text: task.runTitle ?? '' },
      ]}
      title={
        <>
          <span className="code">{task.step}</span>
          {task.name}
        </>
      }
      meta={
        <dl className="meta">
          <div>
            <dt>処理番号</dt>
            <dd className="code">{task.runNumber}</dd>
          </div>
          <div>
            <dt>期限</dt>
            <dd>
              <Due dueOn={task.dueOn} daysLeft={task.daysLeft} />
            </dd>
          </div>
          <div>
            <dt>{task.isProposed ? '状態' : '担当'}</dt>
            <dd>
              {task.isProposed ? (
                <TaskState task={task} />
              ) : task.assignee ? (
                task.assignee.isMe ? (
                  '自分'
                ) : (
                  task.assignee.name
                )
              ) : (
                '未定'
              )}
            </dd>
          </div>
        </dl>
      }
      end={
        <>
          <Age {...age} note={ledgerAt ? `収納は${shortMoment(ledgerAt)}まで反映` : undefined} />
          {end}
        </>
      }
    />
  )
}

/** The step band of a run, from the server's steps. */
export function RunBand({ flow, steps }: { flow: string; steps: Detail['steps'] }) {
  return <StepBand label={`${flow} の工程`} steps={steps.map(bandStep)} />
}
