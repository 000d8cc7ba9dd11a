import { useEffect } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import type { ChangeNotice } from '#api/routes/session.schema.ts'

/** Query keys begin with the topic they show: a change of it reads them again. A new day touches everything. */
export function useLiveUpdates(isOn: boolean): void {
  const client = useQueryClient()
  useEffect(() => {
    if (!isOn) return
    const source = new EventSource('/api/events')
    source.addEventListener('message', (event: MessageEvent<string>) => {
      const { topic } = JSON.parse(event.data) as ChangeNotice // our own server writes it
      void client.invalidateQueries(topic === 'clock' ? {} : { queryKey: [topic] })
    })
    return () => source.close()
  }, [client, isOn])
}
