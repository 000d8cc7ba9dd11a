import { useEffect } from 'react'
import { useQueryClient, type Query } from '@tanstack/react-query'
import type { ChangeNotice } from '#api/routes/session.schema.ts'

/** Keys are [topic, part, id …]: a change of one record reads lists again, and of single records only its own. */
const isTouched =
  ({ topic, id }: ChangeNotice) =>
  ({ queryKey: [keyTopic, part, keyId] }: Query): boolean =>
    keyTopic === topic && (id === null || (part !== 'one' && part !== 'sheet') || keyId === id)

const AGAIN_MS = 5_000
/** A topic of `ChangeNotice`: every other answer is a reading of somebody that the journal keeps, asked for once. */
const TOPICS: readonly unknown[] = [
  'task',
  'run',
  'file',
  'instance',
  'status',
  'operations',
  'notification',
] satisfies ChangeNotice['topic'][]

/** 生きた画面: server-sent events say what has changed; the screens that show it read again. A new day touches all. */
export function useLiveUpdates(isOn: boolean): void {
  const client = useQueryClient()
  useEffect(() => {
    if (!isOn) return
    let source: EventSource
    let timer: ReturnType<typeof setTimeout> | undefined
    let isFirst = true
    const open = () => {
      source = new EventSource('/api/events')
      source.addEventListener('message', (event: MessageEvent<string>) => {
        const change = JSON.parse(event.data) as ChangeNotice // our own server writes it
        void client.invalidateQueries(change.topic === 'clock' ? {} : { predicate: isTouched(change) })
      })
      // what changed while the line was gone was told to nobody
      source.addEventListener('open', () => {
        if (!isFirst) void client.invalidateQueries({ predicate: ({ queryKey: [topic] }) => TOPICS.includes(topic) })
        isFirst = false
      })
      // a browser goes on by itself, but not after an answer that is no stream: what stands before the server was alone
      source.addEventListener('error', () => {
        if (source.readyState === EventSource.CLOSED) timer = setTimeout(open, AGAIN_MS)
      })
    }
    open()
    return () => {
      clearTimeout(timer)
      source.close()
    }
  }, [client, isOn])
}
