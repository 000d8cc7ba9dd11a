import { useEffect, useState } from 'react'
import { Icon } from './icon.tsx'

/** How old data may be before decisions are switched off, in milliseconds. */
const OLD_AFTER = 30_000

/** Seconds since the data were true, counted on. `dataUpdatedAt`: when they came; `ageMs`: how old they were then. */
export function useDataAge(dataUpdatedAt: number, ageMs = 0): { seconds: number; isOld: boolean } {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [])
  const age = dataUpdatedAt === 0 ? 0 : Math.max(0, now - dataUpdatedAt) + ageMs
  return { seconds: Math.floor(age / 1000), isOld: age > OLD_AFTER }
}

/** データの新しさ: 「4秒前の状態」. Over 30 s it is boxed and says that the connection is being mended. */
export function Age({ seconds, isOld, note }: { seconds: number; isOld: boolean; note?: string | undefined }) {
  return (
    <span className={isOld ? 'age old' : 'age'}>
      <Icon name={isOld ? 'alert' : 'clock'} />
      {seconds}秒前の状態
      {isOld && '(つながり直しています)'}
      {note && <span className="sub">({note})</span>}
    </span>
  )
}
