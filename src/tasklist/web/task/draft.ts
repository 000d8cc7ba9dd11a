import { useEffect, useRef, useState } from 'react'
import { api } from '#web/lib/api.ts'
import { pageId } from '../presence/use-presence.ts'
import type { FormValues } from '#web/ui/form-schema.ts'

const AFTER_MS = 1200

/** 下書き: what is typed is kept on the server a moment after the last key; nothing is kept on this machine. */
export function useDraft(taskId: string, values: FormValues, isOn: boolean): string | null {
  const [savedAt, setSavedAt] = useState<string | null>(null)
  const last = useRef(JSON.stringify(values))
  useEffect(() => {
    const text = JSON.stringify(values)
    if (!isOn || text === last.current) return
    const timer = setTimeout(() => {
      void api('PUT /api/tasks/:taskId/draft', { params: { taskId }, body: { draft: { ...values }, page: pageId } })
        .then(({ draftSavedAt }) => {
          last.current = text
          setSavedAt(draftSavedAt)
        })
        .catch(() => setSavedAt(null)) // the screen keeps what was typed; the next key tries again
    }, AFTER_MS)
    return () => clearTimeout(timer)
  }, [taskId, values, isOn])
  return savedAt
}
