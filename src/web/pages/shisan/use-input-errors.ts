import { useId, useState } from 'react'
import { titleAt } from '#rules/shisan/title-at.ts'
import type { RecordField } from '#rules/shisan/schema.ts'
import { asProblem } from '../../lib/problem.ts'
import type { FormErrors } from '../../ui/form-errors.tsx'

export interface InputErrors extends FormErrors {
  /** What is wrong with the field at a JSON pointer. */
  at(pointer: string): string | undefined
  /** The server refused: its words go to the fields they are about. False when they are about none. */
  tell(error: unknown): boolean
  /** The person is mending this field, or rows within it. */
  mending(pointer: string): void
  /** How often it was attempted: the summary takes the focus each time. */
  readonly attempts: number
}

type Words = Readonly<Record<string, string>>
const without = (words: Words, pointer: string): Words =>
  Object.fromEntries(Object.entries(words).filter(([at]) => at !== pointer && !at.startsWith(`${pointer}/`)))

/** 入力の誤り by JSON pointer: what a field could not read, and what the server says of it. */
export function useInputErrors(schema: RecordField): InputErrors {
  const id = useId()
  const [unread, setUnread] = useState<Words>({})
  const [refused, setRefused] = useState<Words>({})
  const [attempts, setAttempts] = useState(0)
  const shownWords = { ...refused, ...(attempts > 0 ? unread : {}) }
  return {
    idOf: (pointer) => `${id}${pointer.replaceAll('/', '-')}`,
    shown: Object.entries(shownWords).map(([name, message]) => ({ name, label: titleAt(schema, name), message })),
    at: (pointer) => shownWords[pointer],
    attempt() {
      setAttempts(attempts + 1)
      setRefused({})
      return Object.keys(unread).length === 0
    },
    onUnread(pointer, message) {
      setUnread((now) => (message === null ? without(now, pointer) : { ...now, [pointer]: message }))
    },
    tell(error) {
      const { fields } = asProblem(error)
      setRefused(Object.fromEntries(fields.map(({ pointer, message }) => [pointer, message])))
      return fields.length > 0
    },
    mending(pointer) {
      setRefused((now) => without(now, pointer))
    },
    attempts,
  }
}
