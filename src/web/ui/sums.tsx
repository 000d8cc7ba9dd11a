import type { ReactNode } from 'react'

export interface Sum {
  readonly label: string
  readonly value: ReactNode
  readonly role?: 'minus' | 'equals' | 'result'
}
const CLASS = { minus: 'to m', equals: 'to e', result: 'to e key' } as const

/** 合計の帯: one readable equation, 把握 − 除外 ＝ 対象, then what else must be known. */
export function Sums({ sums }: { sums: readonly Sum[] }) {
  return (
    <dl className="sums" aria-label="処理全体の合計">
      {sums.map(({ label, value, role }) => (
        <div key={label} className={role ? CLASS[role] : ''}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
