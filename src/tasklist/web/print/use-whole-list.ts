import { useEffect, useState } from 'react'
import { flushSync } from 'react-dom'

/** Rows of a long list that the screen shows before it is asked for more. */
export const ON_SCREEN = 100

/** Whether every row is drawn: when a person asks for it, and always before the browser lays a paper out. */
export function useWholeList(): readonly [isWhole: boolean, draw: () => void] {
  const [isWhole, setWhole] = useState(false)
  useEffect(() => {
    const draw = () => flushSync(() => setWhole(true))
    window.addEventListener('beforeprint', draw)
    return () => window.removeEventListener('beforeprint', draw)
  }, [])
  return [isWhole, () => setWhole(true)]
}
