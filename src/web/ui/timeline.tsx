import type { ReactNode } from 'react'
import { Icon, type IconName } from './icon.tsx'

export interface TimelineItem {
  readonly key: string
  /** 「11月20日(金)」: a new one opens a day. */
  readonly day?: string
  readonly time: string
  readonly icon: IconName
  readonly tone?: 'done' | 'late' | 'now'
  readonly text: ReactNode
  readonly who?: ReactNode
}

/** 経過: sentences with a subject, days as heads. */
export function Timeline({ items }: { items: readonly TimelineItem[] }) {
  let day: string | undefined
  return (
    <ol className="tl">
      {items.flatMap((item) => {
        const isNewDay = item.day !== undefined && item.day !== day
        day = item.day
        const line = (
          <li key={item.key} className={item.tone ?? ''}>
            <time>{item.time}</time>
            <Icon name={item.icon} />
            <div>
              {item.text} {item.who && <span className="who">{item.who}</span>}
            </div>
          </li>
        )
        return isNewDay
          ? [
              <li key={`day-${item.day}`} className="day">
                {item.day}
              </li>,
              line,
            ]
          : [line]
      })}
    </ol>
  )
}
