import { useEffect, useState } from 'react'
import { parsePlainDate, type PlainDate } from '#kernel/plain-date.ts'
import { parseDateInput } from '#rules/calendar/parse-date.ts'
import { formatWarekiShort } from '#rules/calendar/wareki.ts'
import { warekiDay } from '../lib/dates.ts'
import { Field, type FieldFrame } from './field.tsx'

interface DateFieldProps extends Omit<FieldFrame, 'error'> {
  readonly value: PlainDate | null
  readonly onChange: (value: PlainDate | null) => void
  readonly error?: string | undefined
  /** Told what it cannot read, and null when it can. */
  readonly onUnread?: ((message: string | null) => void) | undefined
}

const shown = (value: PlainDate | null): string => (value === null ? '' : formatWarekiShort(value))

/**
 * 日付の入力: R8.4.1, 令和8年4月1日, 20260401 and 2026-04-01 give one value, full width too; both calendars stand below.
 * A day that does not exist is explained when the field is left.
 */
export function DateField({ value, onChange, error, hint, onUnread, ...frame }: DateFieldProps) {
  const [text, setText] = useState(() => shown(value))
  const [own, setOwn] = useState<string | undefined>()
  useEffect(() => {
    // a value from outside (default, draft) replaces what stands there, but never what is being typed
    setText((now) => {
      const read = parseDateInput(now)
      return read.ok && read.value === value ? now : value === null ? now : shown(value)
    })
  }, [value])
  const leave = () => {
    if (text.trim() === '') return setOwn(undefined)
    const read = parseDateInput(text)
    setOwn(read.ok ? undefined : read.error)
    if (read.ok) setText(shown(read.value))
  }
  return (
    <Field
      {...frame}
      error={own ?? error}
      hint={
        <>
          {value !== null && parsePlainDate(value) !== null && (
            <span className="both">
              <span className="nw">{warekiDay(value)}</span> <span className="nw">{value}</span>
            </span>
          )}{' '}
          {hint}
        </>
      }
    >
      {(links) => (
        <input
          {...links}
          className="inp"
          value={text}
          autoComplete="off"
          onBlur={leave}
          onChange={(event) => {
            setText(event.target.value)
            const read = parseDateInput(event.target.value)
            if (read.ok) setOwn(undefined)
            onUnread?.(read.ok || event.target.value.trim() === '' ? null : read.error)
            onChange(read.ok ? read.value : null)
          }}
        />
      )}
    </Field>
  )
}
