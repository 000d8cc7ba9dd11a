import type { Reply } from '#api/contract.ts'
import { mayCall, useMe } from '#web/lib/session.ts'
import { AttachForm, type AttachRow } from './attach-form.tsx'
import { Attachments } from './attachments.tsx'

interface TaskAttachmentsProps {
  readonly detail: Pick<Reply<'GET /api/tasks/:taskId'>, 'task' | 'history'>
  readonly row?: AttachRow | undefined
}

/** 添付 beside the form: a line to add one while the task is open, and what is there. */
export function TaskAttachments({ detail: { task, history }, row }: TaskAttachmentsProps) {
  const me = useMe()
  const isOpen = task.state === 'open'
  const acts = history.filter(({ kind }) => kind.startsWith('attachment-'))
  return (
    <div>
      {mayCall(me, 'POST /api/tasks/:taskId/attachments') && (
        <AttachForm taskId={task.taskId} isOpen={isOpen} row={row} />
      )}
      <Attachments of={{ taskId: task.taskId }} stamp={`${acts.length} ${acts[0]?.at ?? ''}`} />
    </div>
  )
}
