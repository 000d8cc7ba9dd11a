import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { plainDateOf, type PlainDate } from '#kernel/plain-date.ts'
import { formatNumber } from '#web/lib/numbers.ts'
import { warekiDay } from '#web/lib/dates.ts'
import { Button } from '#web/ui/button.tsx'
import { DateField } from '#web/ui/date-field.tsx'
import { Dialog } from '#web/ui/dialog.tsx'
import { FormDialog } from '#web/ui/form-dialog.tsx'
import { TextField } from '#web/ui/field.tsx'
import { ProblemNote } from '#web/ui/problem-note.tsx'
import { choicesQuery, type Choices } from './task-query.ts'

interface Props {
  readonly count: number
  readonly error: unknown
  readonly isBusy: boolean
  readonly onClose: () => void
}

/** 担当を替える: who, with what they hold now; who is away is said, and who stands in for them. */
export function ReassignDialog({
  count,
  error,
  isBusy,
  onClose,
  onReassign,
}: Props & { readonly onReassign: (login: string) => void }) {
  const { data: choices } = useQuery(choicesQuery)
  const [to, setTo] = useState('')
  const people = choices?.people ?? []
  const chosen = people.find(({ login }) => login === to)
  const blocked = chosen === undefined && '新しい担当を選んでください'
  return (
    <FormDialog
      title={`選んだ${formatNumber(count)}件の担当を替える`}
      act={chosen ? `${chosen.name} に替える` : '担当を替える'}
      blocked={blocked}
      isPending={isBusy}
      error={error}
      onSubmit={() => onReassign(to)}
      onClose={onClose}
    >
      <fieldset>
        <legend>新しい担当</legend>
        <div className="radios">
          {people.map((person) => (
            <label key={person.login}>
              <input
                type="radio"
                name="to"
                value={person.login}
                checked={to === person.login}
                onChange={() => setTo(person.login)}
              />
              <span>{person.name}</span>
              <span className="sub">{aboutPerson(person)}</span>
            </label>
          ))}
        </div>
      </fieldset>
    </FormDialog>
  )
}

const aboutPerson = ({ units, openTasks, isAway, standsInFor }: Choices['people'][number]): string =>
  [
    units.join('・'),
    `持っている作業 ${formatNumber(openTasks)}件`,
    isAway ? '今日は不在' : '',
    standsInFor.length > 0 ? `${standsInFor.join('・')}の代理` : '',
  ]
    .filter(Boolean)
    .join('、')

/** 再開日を決める: until that 開庁日 the tasks are out of the usual lists. */
export function PostponeDialog({
  count,
  error,
  isBusy,
  today,
  onClose,
  onPostpone,
}: Props & {
  readonly today: string
  readonly onPostpone: (followUpOn: PlainDate | null, note: string) => void
}) {
  const [day, setDay] = useState<PlainDate | null>(null)
  const [note, setNote] = useState('')
  const isLater = day !== null && day > plainDateOf(today)
  const blocked = isLater ? isBusy && '送っています' : '明日以降の開庁日を入れてください'
  return (
    <Dialog title={`選んだ${formatNumber(count)}件の再開日を決める`} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          if (blocked === false) onPostpone(day, note.trim())
        }}
      >
        <DateField
          label="再開日"
          isRequired
          value={day}
          onChange={setDay}
          hint="この日まで、ふだんの一覧に出ません。期限は変わりません。"
        />
        <TextField label="わけ" optional="なくてもよい" value={note} onChange={setNote} maxLength={200} />
        {error !== null && <ProblemNote error={error} />}
        <div className="foot">
          <Button look="plain" onClick={() => onPostpone(null, '')}>
            再開日を外す
          </Button>
          <Button look="secondary" onClick={onClose}>
            やめる
          </Button>
          <Button type="submit" look="primary" blocked={blocked}>
            {isLater ? `${warekiDay(day)}に再開する` : '再開日を決める'}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
