import { formatNumber } from '../lib/numbers.ts'
import { Button } from './button.tsx'

interface PagerProps {
  /** Of which list, where a screen has more than one. */
  readonly name?: string
  readonly page: number
  readonly size: number
  readonly shown: number
  readonly total: number
  readonly onPage: (page: number) => void
}

/** 「412件中 1–50件」 with the pages beside it. */
export function Pager({ name = '', page, size, shown, total, onPage }: PagerProps) {
  const first = (page - 1) * size
  const of = name === '' ? '' : `${name}の`
  return (
    <span className="pager">
      <span role="status">
        {formatNumber(total)}件中 {shown === 0 ? 0 : formatNumber(first + 1)}–{formatNumber(first + shown)}件
      </span>
      <Button
        look="secondary"
        icon="left"
        aria-label={`${of}前のページ`}
        blocked={page <= 1 && '最初のページです'}
        onClick={() => onPage(page - 1)}
      />
      <Button
        look="secondary"
        icon="right"
        aria-label={`${of}次のページ`}
        blocked={first + shown >= total && '最後のページです'}
        onClick={() => onPage(page + 1)}
      />
    </span>
  )
}
