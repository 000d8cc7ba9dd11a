import { useEffect } from 'react'
import { useQueryClient, type Query } from '@tanstack/react-query'
import type { ChangeNotice } from '#api/routes/session.schema.ts'

/** Keys are [topic, part, id …]: a change of one record reads lists again, and of single records only its own. */
const isTouched =
  ({ topic, id }: ChangeNotice) =>
  ({ queryKey: [keyTopic, part, keyId] }: Query): boolean =>
    keyTopic === topic && (id === null || (part !== 'one' && part !== 'sheet') || keyId === id)

/** 生きた画面: server-sent events say what has changed; the screens that show it read again. A new day touches all. */
export function useLiveUpdates(isOn: boolean): void {
  const client = useQueryClient()
  useEffect(() => {
    if (!isOn) return
    const source = new EventSource('/api/events')
    source.addEventListener('message', (event: MessageEvent<string>) => {
      const change = JSON.parse(event.data) as ChangeNotice // our own server writes it
      void client.invalidateQueries(change.topic === 'clock' ? {} : { predicate: isTouched(change) })
    })
    return () => source.close()
  }, [client, isOn])
}
