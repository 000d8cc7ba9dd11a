import { useEffect, useId, useRef, useState } from 'react'
import { missingFields, type FormField, type FormValues } from './form-schema.ts'
import { Note } from './note.tsx'

interface FieldError {
  readonly name: string
  readonly label: string
  readonly message: string
}

export interface FormErrors {
  /** Id of the input of a field; links of the summary lead there. */
  idOf(name: string): string
  /** What is wrong, as far as somebody has tried to go on. */
  readonly shown: readonly FieldError[]
  /** True when nothing is wrong; else the errors are shown from now on. */
  attempt(): boolean
  /** A field could not read what stands in it; null: it can. */
  onUnread(name: string, message: string | null): void
}

/** 入力の誤り of a form: empty required fields, and what a field could not read. */
export function useFormErrors(fields: readonly FormField[], values: FormValues): FormErrors {
  const id = useId()
  const [unread, setUnread] = useState<Readonly<Record<string, string>>>({})
  const [isTried, setTried] = useState(0)
  const missing = new Set(missingFields(fields, values).map(({ name }) => name))
  const errors = fields.flatMap(({ name, label }) => {
    const message = unread[name] ?? (missing.has(name) ? `${label}を入れてください。` : null)
    return message === null ? [] : [{ name, label, message }]
  })
  return {
    idOf: (name) => `${id}-${name}`,
    shown: isTried > 0 ? errors : [],
    attempt() {
      setTried(isTried + 1)
      return errors.length === 0
    },
    onUnread(name, message) {
      if ((unread[name] ?? null) === message) return
      const { [name]: _, ...others } = unread
      setUnread(message === null ? others : { ...others, [name]: message })
    },
  }
}

/** 誤りの要約: on top, with a link to each field; it takes the focus when it appears. */
export function ErrorSummary({ errors: { shown: errors, idOf }, undone }: { errors: FormErrors; undone: string }) {
  const box = useRef<HTMLDivElement>(null)
  const isShown = errors.length > 0
  useEffect(() => {
    if (isShown) box.current?.focus()
  }, [isShown])
  if (!isShown) return null
  return (
    <Note kind="late" isAlert ref={box}>
      <b>
        {errors.length}つの項目を直してください。{undone}
      </b>
      <ul>
        {errors.map(({ name, label, message }) => (
          <li key={name}>
            <a
              href={`#${idOf(name)}`}
              onClick={(event) => {
                event.preventDefault() // the address stays as it is
                document.getElementById(idOf(name))?.focus()
              }}
            >
              {message.startsWith(label) ? message : `${label}: ${message}`}
            </a>
          </li>
        ))}
      </ul>
    </Note>
  )
}
