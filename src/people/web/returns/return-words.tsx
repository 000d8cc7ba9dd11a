import { parsePlainDate } from '#kernel/plain-date.ts'
import { formatWarekiShort } from '#rules/calendar/wareki.ts'
import { Badge, type Tone } from '#web/ui/badge.tsx'
import type { IconName } from '#web/ui/icon.tsx'
import type { ReturnItem } from './returns-query.ts'

const STATE: Readonly<Record<ReturnItem['state'], { readonly tone: Tone; readonly icon: IconName }>> = {
  居所調査: { tone: 'warn', icon: 'alert' },
  相続人調査: { tone: 'warn', icon: 'alert' },
  再発送: { tone: 'done', icon: 'mail' },
  公示送達: { tone: 'done', icon: 'checkc' },
  調査終了: { tone: 'wait', icon: 'minus' },
}

/** 返戻の状態: icon, word and colour. */
export const ReturnState = ({ state }: { state: ReturnItem['state'] }) => <Badge {...STATE[state]}>{state}</Badge>

/** 「R8.9.2」, or 「—」. */
export const shortDay = (day: string | null): string => {
  const date = day === null ? null : parsePlainDate(day)
  return date === null ? '—' : formatWarekiShort(date)
}
