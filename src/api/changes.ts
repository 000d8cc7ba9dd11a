import type { Database } from '#db/database.ts'
import { CHANGES_CHANNEL } from '#db/notify-change.ts'
import type { ChangeNotice } from './routes/session.schema.ts'

/** Who wants to know what has changed. */
export interface Changes {
  subscribe(listener: (change: ChangeNotice) => void): () => void
  /** For changes that are no rows: the day was moved. */
  tell(change: ChangeNotice): void
  close(): Promise<void>
}

const TOPICS = {
  task: 'taskId',
  run: 'runId',
  file: 'fileId',
  instance: 'instanceKey',
  notification: 'userId',
} as const
type Topic = keyof typeof TOPICS
const isTopic = (kind: unknown): kind is Topic => typeof kind === 'string' && kind in TOPICS

/** The channel's payload, written by whoever changes something: `{kind: 'task', taskId}`. Ids only. */
function noticeOf(payload: string): ChangeNotice | null {
  try {
    const message = JSON.parse(payload) as Readonly<Record<string, unknown>>
    if (!isTopic(message['kind'])) return null
    const id = message[TOPICS[message['kind']]]
    return { topic: message['kind'], id: typeof id === 'string' ? id : null }
  } catch {
    return null // not ours
  }
}

/** One LISTEN for all browsers. */
export async function listenToChanges(db: Database): Promise<Changes> {
  const listeners = new Set<(change: ChangeNotice) => void>()
  const tell = (change: ChangeNotice): void => listeners.forEach((listener) => listener(change))
  const subscriptions = [
    await db.listen(CHANGES_CHANNEL, (payload) => {
      const change = noticeOf(payload)
      if (change !== null) tell(change)
    }),
    await db.listen('engine_alarms', () => {
      tell({ topic: 'status', id: null })
      tell({ topic: 'operations', id: null })
    }),
  ]
  return {
    tell,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async close() {
      listeners.clear()
      await Promise.all(subscriptions.map((subscription) => subscription.stop()))
    },
  }
}
