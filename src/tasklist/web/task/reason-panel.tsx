import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import type { Reply } from '#api/contract.ts'
import type { PlainDate } from '#kernel/plain-date.ts'
import { isComposing } from '#web/lib/shortcuts.ts'
import { formatNumber } from '#web/lib/numbers.ts'
import { Button } from '#web/ui/button.tsx'
import { DateField } from '#web/ui/date-field.tsx'
import { TextField } from '#web/ui/field.tsx'
import { ProblemNote } from '#web/ui/problem-note.tsx'

type Reason = NonNullable<Reply<'GET /api/tasks/:taskId'>['marks']>['reasons'][number]

export interface Effect {
  readonly label: string
  readonly counter: string
  readonly before: { readonly count: number; readonly yen: number }
  readonly after: { readonly count: number; readonly yen: number }
}

interface ReasonPanelProps {
  /** 「選んだ3件を除外する」; null where it stands above already. */
  readonly title: string | null
  /** 「3件を除外する」 */
  readonly verb: string
  /** Empty where the act needs none. */
  readonly reasons: readonly Reason[]
  readonly effect: Effect | null
  readonly blocked: string | null
  readonly error: unknown
  /** Raised when the panel shall take the focus. */
  readonly focusToken: number
  readonly onSubmit: (mark: { reason?: string; note: string; followUpOn: PlainDate | null }) => void
  readonly onCancel: () => void
}

const KEYS = '1234567890'

/** 理由の選択: closed list with number keys, memo, 再開日 where it is asked for, and the effect before → after. */
export function ReasonPanel({
  title,
  verb,
  reasons,
  effect,
  blocked,
  error,
  focusToken,
  onSubmit,
  onCancel,
}: ReasonPanelProps) {
  const [code, setCode] = useState<string | null>(null)
  const [note, setNote] = useState('')
  const [followUpOn, setFollowUpOn] = useState<PlainDate | null>(null)
  const form = useRef<HTMLFormElement>(null)
  const reason = reasons.find((one) => one.code === code)
  useEffect(() => {
    if (focusToken > 0) form.current?.querySelector<HTMLInputElement>('input:not(:disabled)')?.focus()
  }, [focusToken])

  const missing =
    blocked ??
    (reason === undefined
      ? reasons.length > 0
        ? '理由を選んでください'
        : null
      : note.trim().length < reason.needsNote
        ? `メモを${reason.needsNote}字以上入れてください`
        : reason.needsFollowUp && followUpOn === null
          ? '再開日を入れてください'
          : null)
  const submit = () => {
    if (missing === null) onSubmit({ ...(code === null ? {} : { reason: code }), note: note.trim(), followUpOn })
  }
  const pick = (event: KeyboardEvent) => {
    if (isComposing(event)) return
    if (event.key === 'Escape') {
      event.preventDefault()
      return onCancel()
    }
    const isText = event.target instanceof HTMLInputElement && event.target.type === 'text'
    if (isText || event.ctrlKey || event.altKey) return
    const at = KEYS.indexOf(event.key)
    const wanted = event.key.length === 1 && at >= 0 ? reasons[at] : undefined
    if (!wanted?.isAllowed) return
    event.preventDefault()
    setCode(wanted.code)
    form.current?.querySelector<HTMLInputElement>(`input[value="${wanted.code}"]`)?.focus()
  }
  return (
    <form
      ref={form}
      className="panel stack"
      onKeyDown={pick}
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      {title !== null && <h2>{title}</h2>}
      {reasons.length > 0 && (
        <fieldset className="fld">
          <legend>
            理由<span className="req">必須</span>
          </legend>
          <div className="radios">
            {reasons.map((one, index) => (
              <label
                key={one.code}
                title={one.isAllowed ? one.code : `${one.code} 係長だけが使えます`}
                className={one.isAllowed ? '' : 'sub'}
              >
                <input
                  type="radio"
                  name="reason"
                  value={one.code}
                  checked={code === one.code}
                  disabled={!one.isAllowed}
                  onChange={() => setCode(one.code)}
                  onKeyDown={(event) => {
                    if (event.key !== 'Enter' || isComposing(event)) return
                    event.preventDefault()
                    submit()
                  }}
                />
                {one.label}
                {!one.isAllowed && '(係長)'}
                {KEYS[index] && <kbd aria-hidden="true">{KEYS[index]}</kbd>}
              </label>
            ))}
          </div>
        </fieldset>
      )}
      {reason?.needsFollowUp && (
        <DateField
          label="再開日"
          isRequired
          value={followUpOn}
          onChange={setFollowUpOn}
          hint="次の処理でもう一度見る日"
        />
      )}
      <TextField
        label="メモ"
        {...(reason && reason.needsNote > 0 ? { isRequired: true } : { optional: '任意 履歴に残ります' })}
        value={note}
        onChange={setNote}
        maxLength={500}
      />
      {effect && <EffectTable effect={effect} />}
      {error !== null && <ProblemNote error={error} />}
      <div className="row">
        <Button type="submit" look="primary" className="grow" blocked={missing} onClick={() => undefined}>
          {verb}
        </Button>
        <Button look="secondary" onClick={onCancel}>
          やめる
        </Button>
      </div>
    </form>
  )
}

function EffectTable({ effect: { label, counter, before, after } }: { effect: Effect }) {
  const line = (name: string, from: number, to: number, unit: string) => (
    <>
      <span>{name}</span>
      <span className="num">
        <span className="ba">
          <del>
            {formatNumber(from)}
            {unit}
          </del>
          →
          <ins>
            {formatNumber(to)}
            {unit}
          </ins>
        </span>
      </span>
    </>
  )
  return (
    <div className="effect">
      {line(label, before.count, after.count, counter)}
      {line('対象の未納額', before.yen, after.yen, '円')}
    </div>
  )
}
