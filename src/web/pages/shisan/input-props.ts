import type { Field } from '#rules/shisan/schema.ts'
import type { InputErrors } from './use-input-errors.ts'

/** What a field of a 試算 needs to be drawn. */
export interface InputProps {
  readonly field: Field
  /** JSON pointer of the value in the input. */
  readonly pointer: string
  readonly label: string
  /** `row`: one of several rows, which says nothing of 必須 and 任意 by itself. */
  readonly need: 'required' | 'optional' | 'row'
  readonly value: unknown
  readonly onChange: (value: unknown) => void
  readonly errors: InputErrors
}
