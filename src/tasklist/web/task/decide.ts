import { useRef } from 'react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '#web/lib/api.ts'
import type { FormValues } from '#web/ui/form-schema.ts'
import { inTurn } from '../acts.ts'

export type Act = 'complete' | 'propose' | 'release'

export interface DecideRequest {
  readonly act: Act
  readonly decision: string
  readonly hash: string | null
  readonly count: number | null
  readonly values: FormValues
}

/** 完了・一人目の確認・二人目の確認. One press is one decision: a second press sends the same key. */
export function useDecide(taskId: string) {
  const client = useQueryClient()
  const sent = useRef({ what: '', key: '' })
  return useMutation({
    ...inTurn(taskId, 'end'),
    mutationFn: ({ act, decision, hash, count, values }: DecideRequest) => {
      const what = JSON.stringify([act, decision, hash, values])
      if (sent.current.what !== what) sent.current = { what, key: crypto.randomUUID() }
      return api(`POST /api/tasks/:taskId/${act}`, {
        params: { taskId },
        idempotencyKey: sent.current.key,
        body: { decision, hash, count, ...values },
      })
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ['task'] }),
  })
}
