import { plainDateOf } from '#kernel/plain-date.ts'
import { Icon } from '#web/ui/icon.tsx'
import { monthDay } from '#web/lib/dates.ts'

interface DueProps {
  readonly dueOn: string | null
  readonly daysLeft: number | null
}

/** 期限 as a word, in 開庁日: 「残り3開庁日」「本日期限」「期限超過 2開庁日」, with its day. Of what is over, the day alone. */
export function Due({ dueOn, daysLeft }: DueProps) {
  if (dueOn === null || daysLeft === null)
    return (
      <span className="due">
        <span className="noicon" />
        <span className="sub">{dueOn === null ? '期限なし' : monthDay(plainDateOf(dueOn))}</span>
      </span>
    )
  const tone = daysLeft < 0 ? 'late' : daysLeft <= 1 ? 'warn' : ''
  const word = daysLeft < 0 ? `期限超過 ${-daysLeft}開庁日` : daysLeft === 0 ? '本日期限' : `残り${daysLeft}開庁日`
  return (
    <span className={`due ${tone}`}>
      {tone === '' ? <span className="noicon" /> : <Icon name={tone === 'late' ? 'stop' : 'alert'} />}
      <span>{word}</span>
      <span className="code">{monthDay(plainDateOf(dueOn))}</span>
    </span>
  )
}
