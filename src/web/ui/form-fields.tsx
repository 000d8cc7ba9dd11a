import type { ReactNode } from 'react'
import { parsePlainDate } from '#kernel/plain-date.ts'
import { Button } from './button.tsx'
import { DateField } from './date-field.tsx'
import { Field, SelectField, TextField } from './field.tsx'
import type { FormErrors } from './form-errors.tsx'
import type { FormField, FormValues } from './form-schema.ts'
import { IntegerField } from './integer-field.tsx'

interface FormFieldsProps {
  readonly fields: readonly FormField[]
  readonly values: FormValues
  readonly onChange: (values: FormValues) => void
  /** What is wrong; the rows of a table have none of their own. */
  readonly errors?: FormErrors
  /** A screen may bring its own input for a field (a notice is chosen by its printing number). */
  readonly custom?: Readonly<
    Record<string, (field: FormField, value: unknown, onChange: (value: unknown) => void) => ReactNode>
  >
}

const text = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '')

/** 様式: every field of a form, from its JSON Schema. */
export function FormFields({ fields, values, onChange, custom = {}, errors }: FormFieldsProps) {
  return fields.map((field) => {
    const set = (value: unknown) => onChange({ ...values, [field.name]: value })
    const own = custom[field.name]
    if (own) return <div key={field.name}>{own(field, values[field.name], set)}</div>
    return (
      <OneField
        key={field.name}
        field={field}
        value={values[field.name]}
        onChange={set}
        custom={custom}
        {...(errors
          ? {
              id: errors.idOf(field.name),
              error: errors.shown.find(({ name }) => name === field.name)?.message,
              onUnread: (message: string | null) => errors.onUnread(field.name, message),
            }
          : {})}
      />
    )
  })
}

interface OneFieldProps {
  readonly field: FormField
  readonly value: unknown
  readonly onChange: (value: unknown) => void
  readonly custom: NonNullable<FormFieldsProps['custom']>
  readonly id?: string | undefined
  readonly error?: string | undefined
  readonly onUnread?: ((message: string | null) => void) | undefined
}

function OneField({ field, value, onChange, custom, id, error, onUnread }: OneFieldProps) {
  const frame = {
    label: field.label,
    isRequired: field.isRequired,
    ...(field.isRequired ? {} : { optional: '任意' }),
    ...(id === undefined ? {} : { id }),
    error,
  }
  switch (field.kind) {
    case 'date':
      return <DateField {...frame} value={parsePlainDate(text(value))} onChange={onChange} onUnread={onUnread} />
    case 'integer':
      return (
        <IntegerField
          {...frame}
          value={typeof value === 'number' ? value : null}
          onChange={onChange}
          onUnread={onUnread}
        />
      )
    case 'choice':
      return (
        <SelectField
          {...frame}
          value={text(value)}
          onChange={onChange}
          options={[{ value: '', label: '選んでください' }, ...field.choices]}
        />
      )
    case 'check':
      return (
        <label className="row">
          <input type="checkbox" checked={value === true} onChange={(event) => onChange(event.target.checked)} />
          {field.label}
        </label>
      )
    case 'checks':
      return <Checks field={field} value={value} onChange={onChange} />
    case 'rows':
      return <Rows field={field} value={value} onChange={onChange} custom={custom} />
    case 'lines':
      return (
        <Field {...frame}>
          {(links) => (
            <textarea
              {...links}
              className="inp"
              rows={2}
              maxLength={field.maxLength}
              value={text(value)}
              onChange={(event) => onChange(event.target.value)}
            />
          )}
        </Field>
      )
    case 'text':
      return (
        <TextField
          {...frame}
          value={text(value)}
          onChange={onChange}
          {...(field.maxLength ? { maxLength: field.maxLength } : {})}
        />
      )
    default:
      return field.kind satisfies never
  }
}

function Checks({ field, value, onChange }: Pick<OneFieldProps, 'field' | 'value' | 'onChange'>) {
  const chosen: readonly unknown[] = Array.isArray(value) ? value : []
  return (
    <fieldset className="fld">
      <legend>{field.label}</legend>
      {field.choices.map((choice) => (
        <label key={choice.value} className="row">
          <input
            type="checkbox"
            checked={chosen.includes(choice.value)}
            onChange={(event) =>
              onChange(event.target.checked ? [...chosen, choice.value] : chosen.filter((one) => one !== choice.value))
            }
          />
          {choice.label}
        </label>
      ))}
    </fieldset>
  )
}

function Rows({ field, value, onChange, custom }: OneFieldProps) {
  const rows: readonly FormValues[] = Array.isArray(value) ? value : []
  return (
    <fieldset className="fld rows">
      <legend>{field.label}</legend>
      {rows.map((row, index) => (
        <div key={index} className="rowform">
          <FormFields
            fields={field.fields}
            values={row}
            custom={custom}
            onChange={(changed) => onChange(rows.map((one, at) => (at === index ? changed : one)))}
          />
          <Button
            look="secondary"
            icon="x"
            aria-label={`${index + 1}行目を消す`}
            onClick={() => onChange(rows.filter((_, at) => at !== index))}
          />
        </div>
      ))}
      <Button icon="plus" onClick={() => onChange([...rows, {}])}>
        {field.label}を足す
      </Button>
    </fieldset>
  )
}
