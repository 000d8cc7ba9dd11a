import { useEffect, useState } from 'react'

const SETTLE_MS = 300

/** A value once it has stood still for a moment: what a quick hand passes over is not asked for. */
export function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), SETTLE_MS)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}
