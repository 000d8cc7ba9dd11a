import type { ReactNode } from 'react'
import { Pager } from './pager.tsx'

interface ListFootProps {
  readonly page: number
  readonly size: number
  readonly shown: number
  readonly total: number
  readonly onPage: (page: number) => void
  /** What else stands at the left: keys of this list, acts on a selection. */
  readonly children?: ReactNode
}

/** The foot of a list: its keys left, 「412件中 1–50件」 and the pages right. */
export function ListFoot({ children, ...pager }: ListFootProps) {
  return (
    <div className="actionbar">
      <span className="sub">
        <kbd>Enter</kbd> 開く <kbd>?</kbd> キー操作
      </span>
      {children}
      <span className="end">
        <Pager {...pager} />
      </span>
    </div>
  )
}
