import { useEffect, useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { api } from './api.ts'
import { isNoConnection } from './problem.ts'

const LONGEST_MS = 15_000

/**
 * After a call without an answer: whether the server has answered since. Asked after one, two, four … seconds and when the
 * browser says that the line is back; what could not be read is then read again.
 */
export function useIsBack(error: unknown): boolean {
  const client = useQueryClient()
  const [backAfter, setBackAfter] = useState<unknown>(null)
  const isAway = isNoConnection(error) && backAfter !== error
  useEffect(() => {
    if (!isAway) return
    let waitMs = 1000
    let timer: ReturnType<typeof setTimeout> | undefined
    let isOver = false
    const look = async () => {
      clearTimeout(timer)
      const answer = await api('GET /api/status', {}).catch((problem: unknown) => problem)
      if (isOver) return
      if (isNoConnection(answer)) {
        waitMs = Math.min(LONGEST_MS, waitMs * 2)
        timer = setTimeout(() => void look(), waitMs)
        return
      }
      setBackAfter(error)
      void client.refetchQueries({ predicate: ({ state }) => isNoConnection(state.error) })
    }
    const onLine = () => void look()
    timer = setTimeout(onLine, waitMs)
    window.addEventListener('online', onLine)
    return () => {
      isOver = true
      clearTimeout(timer)
      window.removeEventListener('online', onLine)
    }
  }, [client, error, isAway])
  return backAfter !== null && backAfter === error
}
