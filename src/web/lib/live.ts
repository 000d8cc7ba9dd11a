import { useEffect } from 'react'
import { useQueryClient } from '@tanstack/react-query'

/** What the server tells of: a change under a first part of a query key, no contents. */
const TOPICS = ['tasks', 'runs', 'files', 'instances', 'clock'] as const

/** 生きた一覧: server-sent events say what has changed; the screens that show it read again. */
export function useLiveUpdates(isOn: boolean): void {
  const client = useQueryClient()
  useEffect(() => {
    if (!isOn) return
    const source = new EventSource('/api/events')
    for (const topic of TOPICS) source.addEventListener(topic, () => void client.invalidateQueries({ queryKey: [topic] }))
    return () => source.close()
  }, [client, isOn])
}
