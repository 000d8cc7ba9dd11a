import { useEffect, useRef } from 'react'

/** Calls `onIdle` once when nothing was touched for so long. */
export function useIdle(afterMs: number, onIdle: () => void): void {
  const latest = useRef(onIdle)
  latest.current = onIdle
  useEffect(() => {
    let timer = setTimeout(() => latest.current(), afterMs)
    const touch = () => {
      clearTimeout(timer)
      timer = setTimeout(() => latest.current(), afterMs)
    }
    const kinds = ['keydown', 'pointerdown', 'wheel'] as const
    for (const kind of kinds) window.addEventListener(kind, touch, { passive: true })
    return () => {
      clearTimeout(timer)
      for (const kind of kinds) window.removeEventListener(kind, touch)
    }
  }, [afterMs])
}
