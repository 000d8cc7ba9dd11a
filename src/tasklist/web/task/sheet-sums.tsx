import { parsePlainDate } from '#kernel/plain-date.ts'
import { monthDayLong } from '#web/lib/dates.ts'
import { formatNumber } from '#web/lib/numbers.ts'
import { Sums, type Sum } from '#web/ui/sums.tsx'
import type { KindLook } from './kinds/kind.ts'
import type { SheetTotals } from './sheet-query.ts'

interface SheetSumsProps {
  readonly look: KindLook
  readonly overall: SheetTotals | undefined
  readonly params: Readonly<Record<string, unknown>>
}

const amount = (count: number, counter: string, yen: number) => (
  <>
    {formatNumber(count)}
    <small>{counter}</small> {formatNumber(yen)}
    <small>円</small>
  </>
)

/** 全体の合計: 把握 − 除外 − 要確認 ＝ 対象; it never follows the filter. */
export function SheetSums({ look, overall, params }: SheetSumsProps) {
  const of = (verdict: string) => overall?.byVerdict.find((one) => one.verdict === verdict) ?? { count: 0, yen: 0 }
  const whole = { count: overall?.count ?? 0, yen: overall?.byVerdict.reduce((sum, { yen }) => sum + yen, 0) ?? 0 }
  const [out, open, rest] = [of('除外'), of('要確認'), of('対象')]
  const line = (label: string, part: { count: number; yen: number }, role?: Sum['role']): Sum => ({
    label,
    value: amount(part.count, look.counter, part.yen),
    ...(role ? { role } : {}),
  })
  const issueOn = typeof params['issueOn'] === 'string' ? parsePlainDate(params['issueOn']) : null
  return (
    <Sums
      sums={[
        line(look.whole, whole),
        line(look.out?.noun ?? '除外', out, 'minus'),
        ...(open.count > 0 ? [line(look.hasPaper ? '決めていない提案' : '要確認', open, 'minus')] : []),
        line(look.rest, rest, 'result'),
        ...(overall
          ? [
              {
                label: '人数',
                value: (
                  <>
                    {formatNumber(overall.people)}
                    <small>人</small>
                  </>
                ),
              },
            ]
          : []),
        ...(issueOn ? [{ label: '発送日', value: <small>{monthDayLong(issueOn)}</small> }] : []),
      ]}
    />
  )
}
