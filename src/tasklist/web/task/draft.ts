import { useEffect, useRef, useState, type RefObject } from 'react'
import { useIsMutating, useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '#web/lib/api.ts'
import type { FormValues } from '#web/ui/form-schema.ts'
import { ending, inTurn } from '../acts.ts'
import { pageId } from '../presence/use-presence.ts'

const AFTER_MS = 1200

/** Sends at once what was typed and still waits for its moment; nothing where nothing waits. */
export type SendTyped = RefObject<() => void>
export const nothingTyped = (): void => undefined

interface DraftProps {
  readonly taskId: string
  readonly values: FormValues
  /** The task is this person's and not decided. */
  readonly isOn: boolean
  /** Filled in here, for who lets go of the task. */
  readonly sendTyped: SendTyped
}

export interface Draft {
  readonly savedAt: string | null
  /** Why the last one was not kept: somebody else has the task, or the line is gone. */
  readonly error: unknown
}

/**
 * 下書き: what is typed is kept on the server a moment after the last key; nothing is kept on this machine. A decision
 * carries the values itself: none is begun beside it, and a refused one lets the saving go on.
 */
export function useDraft({ taskId, values, isOn, sendTyped }: DraftProps): Draft {
  const client = useQueryClient()
  const [savedAt, setSavedAt] = useState<string | null>(null)
  const sent = useRef(JSON.stringify(values))
  const { mutate, error } = useMutation({
    ...inTurn(taskId, 'draft'),
    mutationFn: (draft: FormValues) =>
      api('PUT /api/tasks/:taskId/draft', { params: { taskId }, body: { draft: { ...draft }, page: pageId } }),
    onSuccess: ({ draftSavedAt }) => setSavedAt(draftSavedAt),
    onError: () => {
      setSavedAt(null)
      sent.current = '' // the screen keeps what was typed; the next key tries again
      void client.invalidateQueries({ queryKey: ['task'] }) // whose the task is now
    },
  })
  const isEnding = useIsMutating(ending(taskId)) > 0
  const isSaving = isOn && !isEnding
  useEffect(() => {
    const text = JSON.stringify(values)
    if (!isSaving || text === sent.current) return
    const send = () => {
      // a decision may have been pressed since this was drawn
      if (text === sent.current || client.isMutating(ending(taskId)) > 0) return
      sent.current = text
      mutate(values)
    }
    const timer = setTimeout(send, AFTER_MS)
    sendTyped.current = send
    return () => {
      clearTimeout(timer)
      sendTyped.current = nothingTyped
    }
  }, [client, mutate, sendTyped, taskId, values, isSaving])
  return { savedAt, error }
}
