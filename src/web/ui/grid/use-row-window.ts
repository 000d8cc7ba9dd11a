import { useCallback, useLayoutEffect, useState, type RefObject } from 'react'

/** Browsers stop at about 33 million pixels; a longer list is mapped onto this height. */
const MAX_HEIGHT = 12_000_000
/** Rows kept ready above and below what is seen. */
const OVERSCAN = 12

export interface RowWindow {
  readonly first: number
  readonly last: number
  /** Heights of the empty space above and below the rows, in pixels. */
  readonly above: number
  readonly below: number
  /** Full rows that fit. */
  readonly page: number
  /** Scrolls so that the row is seen. */
  show(index: number): void
}

interface View {
  readonly top: number
  readonly height: number
  readonly row: number
}

/**
 * Which rows of a long list are drawn: rows have one height, so the position is arithmetic. A million rows at 200 % text
 * are higher than a browser can draw; then the scroll bar stands for a share of the list.
 */
export function useRowWindow(
  box: RefObject<HTMLElement | null>,
  count: number,
  headPx: number,
  footPx: number,
): RowWindow {
  const [view, setView] = useState<View>({ top: 0, height: 600, row: 24 })
  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    const read = () =>
      setView({
        top: element.scrollTop,
        height: element.clientHeight,
        row: 1.5 * Number.parseFloat(getComputedStyle(document.documentElement).fontSize),
      })
    read()
    element.addEventListener('scroll', read, { passive: true })
    const observer = new ResizeObserver(read)
    observer.observe(element)
    return () => {
      element.removeEventListener('scroll', read)
      observer.disconnect()
    }
  }, [box])

  const seen = Math.max(1, view.height - headPx - footPx)
  const real = count * view.row
  const total = Math.min(real, MAX_HEIGHT)
  const isMapped = real > MAX_HEIGHT
  const page = Math.max(1, Math.floor(seen / view.row))
  const range = Math.max(1, total - seen)
  const topRow = isMapped ? Math.min(1, view.top / range) * (count - page) : view.top / view.row
  const first = Math.max(0, Math.floor(topRow) - OVERSCAN)
  const last = Math.min(count - 1, Math.ceil(topRow) + page + OVERSCAN)
  const drawn = Math.max(0, last - first + 1) * view.row
  const above = isMapped
    ? Math.max(0, Math.min(view.top - (topRow - first) * view.row, total - drawn))
    : first * view.row

  const show = useCallback(
    (index: number) => {
      const element = box.current
      if (!element) return
      const now = isMapped ? Math.min(1, element.scrollTop / range) * (count - page) : element.scrollTop / view.row
      const wanted = index < now ? index : index > now + page - 1 ? index - page + 1 : null
      if (wanted === null) return
      element.scrollTop = isMapped ? (wanted / Math.max(1, count - page)) * range : wanted * view.row
    },
    [box, count, isMapped, page, range, view.row],
  )
  return { first, last, above, below: Math.max(0, total - above - drawn), page, show }
}
