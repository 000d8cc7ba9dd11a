import { useState } from 'react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Body, Reply } from '#api/contract.ts'
import { api } from '#web/lib/api.ts'
import type { Task } from '../task-state.tsx'

type Act = Omit<Body<'POST /api/tasks/bulk'>, 'taskIds'>
export type BulkReply = Reply<'POST /api/tasks/bulk'>

/** 選んだ作業をまとめて: one request, one transaction; what was refused is told task by task. */
export function useBulk(onDone: () => void) {
  const client = useQueryClient()
  const [outcome, setOutcome] = useState<{ readonly act: Act['act']; readonly reply: BulkReply } | null>(null)
  const mutation = useMutation({
    mutationFn: ({ tasks, act }: { tasks: readonly Task[]; act: Act }) =>
      api('POST /api/tasks/bulk', {
        body: { ...act, taskIds: tasks.map(({ taskId }) => taskId) },
        idempotencyKey: crypto.randomUUID(),
      }),
    onSuccess: (reply, { act }) => {
      setOutcome({ act: act.act, reply })
      onDone()
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['task'] }),
  })
  return {
    outcome,
    error: mutation.error,
    isBusy: mutation.isPending,
    reset: () => {
      mutation.reset()
      setOutcome(null)
    },
    run: (tasks: readonly Task[], act: Act) => tasks.length > 0 && mutation.mutate({ tasks, act }),
  }
}
