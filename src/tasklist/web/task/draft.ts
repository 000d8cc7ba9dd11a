import { useEffect, useRef, useState, type RefObject } from 'react'
import { useIsMutating, useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query'
import type { Reply } from '#api/contract.ts'
import { againAfterMs } from '#web/lib/again.ts'
import { api } from '#web/lib/api.ts'
import { isNoConnection } from '#web/lib/problem.ts'
import type { FormValues } from '#web/ui/form-schema.ts'
import { ending, inTurn } from '../acts.ts'
import { pageId } from '../presence/use-presence.ts'

const AFTER_MS = 1200
/** What a browser sends for a page that is gone: 64 KiB, three bytes a kana. */
const LAST_LENGTH = 20_000

/** Sends at once what was typed and still waits for its moment; nothing where nothing waits. */
export type SendTyped = RefObject<() => void>
export const nothingTyped = (): void => undefined

interface DraftProps {
  readonly taskId: string
  readonly values: FormValues
  readonly onValues: (values: FormValues) => void
  /** The draft as the server has it for whoever holds the task. */
  readonly detail: Pick<Reply<'GET /api/tasks/:taskId'>, 'draft' | 'formDefaults'>
  /** The task is this person's and not decided. */
  readonly isOn: boolean
  /** Filled in here, for who lets go of the task. */
  readonly sendTyped: SendTyped
}

export interface Draft {
  readonly savedAt: string | null
  /** Why the last one was not kept: somebody else has the task, or the line is gone. */
  readonly error: unknown
  /** Saves these at once, as one's own. */
  keep(values: FormValues): void
}

/**
 * 下書き: what is typed is kept on the server a moment after the last key; nothing is kept on this machine. A decision
 * carries the values itself: none is begun beside it, and a refused one lets the saving go on. Who leaves the page before the
 * moment is over loses nothing: it is sent as the page goes.
 */
export function useDraft({ taskId, values, onValues, detail, isOn, sendTyped }: DraftProps): Draft {
  const client = useQueryClient()
  const [savedAt, setSavedAt] = useState<string | null>(null)
  /** How often the line was gone since it was last there. */
  const [failures, setFailures] = useState(0)
  const sent = useRef(JSON.stringify(values))
  const { mutate, error } = useMutation({
    ...inTurn(taskId, 'draft'),
    mutationFn: (draft: FormValues) => put(taskId, draft),
    onMutate: (draft) => rememberDraft(client, taskId, draft),
    onSuccess: ({ draftSavedAt }) => {
      setSavedAt(draftSavedAt)
      setFailures(0)
    },
    onError: (problem) => {
      setSavedAt(null)
      sent.current = '' // the screen keeps what was typed; the next key tries again
      if (isNoConnection(problem)) setFailures((before) => before + 1)
      else void client.invalidateQueries({ queryKey: ['task'] }) // whose the task is now
    },
  })
  const { draft: kept, formDefaults } = detail
  const initial = useRef(sent.current)
  useEffect(() => {
    // the task was taken on this page: its draft comes only now, and fills a form that nobody has touched
    if (!isOn || kept === null || JSON.stringify(values) !== initial.current) return
    const filled = { ...formDefaults, ...kept }
    const text = JSON.stringify(filled)
    if (text === initial.current) return
    initial.current = text
    sent.current = text
    onValues(filled)
  }, [isOn, kept, formDefaults, values, onValues])
  const toSend = useRef<FormValues | null>(null)
  useEffect(() => {
    const now = () => sendTyped.current()
    const onHidden = () => document.visibilityState === 'hidden' && now()
    const onLast = () => {
      const draft = toSend.current
      if (draft === null) return
      toSend.current = null
      put(taskId, draft).catch(() => undefined) // the page is gone, nobody is told
    }
    window.addEventListener('online', now)
    window.addEventListener('pagehide', onLast)
    document.addEventListener('visibilitychange', onHidden)
    return () => {
      window.removeEventListener('online', now)
      window.removeEventListener('pagehide', onLast)
      document.removeEventListener('visibilitychange', onHidden)
      now() // before the effect below forgets it
    }
  }, [sendTyped, taskId])
  const isEnding = useIsMutating(ending(taskId)) > 0
  const isSaving = isOn && !isEnding
  useEffect(() => {
    const text = JSON.stringify(values)
    if (!isSaving || text === sent.current) return
    const send = () => {
      // a decision may have been pressed since this was drawn
      if (text === sent.current || client.isMutating(ending(taskId)) > 0) return
      sent.current = text
      toSend.current = null
      mutate(values)
    }
    const timer = setTimeout(send, failures === 0 ? AFTER_MS : againAfterMs(failures))
    sendTyped.current = send
    toSend.current = values
    return () => {
      clearTimeout(timer)
      sendTyped.current = nothingTyped
      toSend.current = null
    }
  }, [client, mutate, sendTyped, taskId, values, isSaving, failures])
  const keep = (draft: FormValues) => {
    sent.current = JSON.stringify(draft)
    mutate(draft)
  }
  return { savedAt, error, keep }
}

/** It may be the last that a page does. */
function put(taskId: string, draft: FormValues) {
  const isLast = JSON.stringify(draft).length < LAST_LENGTH
  return api('PUT /api/tasks/:taskId/draft', {
    params: { taskId },
    body: { draft: { ...draft }, page: pageId },
    isLast,
  })
}

/** Who comes back to the task before it is read again finds what was typed; it is no younger for that. */
function rememberDraft(client: QueryClient, taskId: string, draft: FormValues): void {
  const key = ['task', 'one', taskId]
  const updatedAt = client.getQueryState(key)?.dataUpdatedAt
  client.setQueryData<Reply<'GET /api/tasks/:taskId'>>(
    key,
    (detail) => detail && { ...detail, draft: { ...draft } },
    updatedAt === undefined ? {} : { updatedAt },
  )
}
