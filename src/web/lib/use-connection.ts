import { useEffect, useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { againAfterMs } from './again.ts'
import { api } from './api.ts'
import { isNoConnection } from './problem.ts'

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
    let failures = 0
    let timer: ReturnType<typeof setTimeout> | undefined
    let isOver = false
    const look = async () => {
      clearTimeout(timer)
      const answer = await api('GET /api/status', {}).catch((problem: unknown) => problem)
      if (isOver) return
      if (isNoConnection(answer)) {
        failures += 1
        timer = setTimeout(onLine, againAfterMs(failures))
        return
      }
      setBackAfter(error)
      void client.refetchQueries({ predicate: ({ state }) => isNoConnection(state.error) })
    }
    const onLine = () => void look()
    timer = setTimeout(onLine, againAfterMs(failures))
    window.addEventListener('online', onLine)
    return () => {
      isOver = true
      clearTimeout(timer)
      window.removeEventListener('online', onLine)
    }
  }, [client, error, isAway])
  return backAfter !== null && backAfter === error
}
