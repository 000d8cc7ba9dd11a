import { useId, type ReactNode } from 'react'
import { Icon } from './icon.tsx'

export interface FieldFrame {
  readonly label: string
  readonly isRequired?: boolean
  readonly optional?: string
  readonly hint?: ReactNode
  readonly error?: string | undefined
  readonly id?: string
}

/** What an input must carry so that label, hint and error belong to it. */
export interface InputLinks {
  readonly id: string
  readonly 'aria-describedby': string | undefined
  readonly 'aria-invalid': true | undefined
  readonly 'aria-required': true | undefined
}

/** 項目: label above, both calendars or a hint and the error below, tied together. */
export function Field({
  label,
  isRequired,
  optional,
  hint,
  error,
  id,
  children,
}: FieldFrame & { children: (links: InputLinks) => ReactNode }) {
  const own = useId()
  const inputId = id ?? own
  const described = [hint ? `${inputId}-h` : '', error ? `${inputId}-e` : ''].filter(Boolean).join(' ')
  return (
    <div className="fld">
      <label htmlFor={inputId}>
        {label}
        {isRequired && <span className="req">必須</span>}
        {optional && <span className="opt">{optional}</span>}
      </label>
      {children({
        id: inputId,
        'aria-describedby': described === '' ? undefined : described,
        'aria-invalid': error ? true : undefined,
        'aria-required': isRequired ? true : undefined,
      })}
      {hint && (
        <span className="hint" id={`${inputId}-h`}>
          {hint}
        </span>
      )}
      {error && (
        <span className="err" id={`${inputId}-e`}>
          <Icon name="stop" />
          <span>{error}</span>
        </span>
      )}
    </div>
  )
}

interface TextFieldProps extends FieldFrame {
  readonly value: string
  readonly onChange: (value: string) => void
  readonly maxLength?: number
  readonly autoComplete?: string
  readonly type?: 'text' | 'password'
}

/** A line of text. It has no placeholder: a hint stands below, where it stays readable. */
export function TextField({
  value,
  onChange,
  maxLength,
  autoComplete = 'off',
  type = 'text',
  ...frame
}: TextFieldProps) {
  return (
    <Field {...frame}>
      {(links) => (
        <input
          {...links}
          className="inp"
          type={type}
          value={value}
          maxLength={maxLength}
          autoComplete={autoComplete}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  )
}

interface SelectFieldProps extends FieldFrame {
  readonly value: string
  readonly onChange: (value: string) => void
  readonly options: readonly { readonly value: string; readonly label: string }[]
}

export function SelectField({ value, onChange, options, ...frame }: SelectFieldProps) {
  return (
    <Field {...frame}>
      {(links) => (
        <select {...links} className="inp" value={value} onChange={(event) => onChange(event.target.value)}>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}
