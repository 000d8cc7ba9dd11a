import { Field, SelectField, TextField } from '../../ui/field.tsx'
import { isAsked, type SettingField, type Texts } from './setting-values.ts'

interface SettingFormProps {
  readonly fields: readonly SettingField[]
  readonly texts: Texts
  readonly isReadOnly: boolean
  readonly onChange: (texts: Texts) => void
}

/** 様式 of a setting, from the list of fields that the server makes of its schema. */
export function SettingForm({ fields, texts, isReadOnly, onChange }: SettingFormProps) {
  return fields
    .filter(({ path }) => isAsked(texts, path))
    .map((field) => {
      const set = (text: string) => onChange({ ...texts, [field.path]: text })
      const value = texts[field.path] ?? ''
      if (isReadOnly) return <ReadOnly key={field.path} field={field} value={value} />
      return <OneField key={field.path} field={field} value={value} onChange={set} />
    })
}

const shownOf = ({ kind, choices }: SettingField, value: string): string =>
  kind === 'choice'
    ? (choices.find((one) => one.value === value)?.label ?? '(なし)')
    : kind === 'yesno'
      ? value === 'true'
        ? 'する'
        : 'しない'
      : value || '—'

function ReadOnly({ field, value }: { field: SettingField; value: string }) {
  if (field.kind === 'group') return <h2 className="grouphead">{field.label}</h2>
  return (
    <dl className="fld">
      <dt className="lbl">{field.label}</dt>
      <dd className="lines">{shownOf(field, value)}</dd>
    </dl>
  )
}

interface OneFieldProps {
  readonly field: SettingField
  readonly value: string
  readonly onChange: (text: string) => void
}

function OneField({ field, value, onChange }: OneFieldProps) {
  const frame = {
    label: field.label,
    ...(field.isOptional ? { optional: '任意' } : { isRequired: true }),
  }
  switch (field.kind) {
    case 'group':
      return field.isOptional ? (
        <label className="row grouphead">
          <input
            type="checkbox"
            checked={value !== ''}
            onChange={(event) => onChange(event.target.checked ? 'on' : '')}
          />
          <b>{field.label}を使う</b>
        </label>
      ) : (
        <h2 className="grouphead">{field.label}</h2>
      )
    case 'lines':
      return (
        <Field {...frame} hint="1行に1つ">
          {(links) => (
            <textarea
              {...links}
              className="inp"
              rows={4}
              value={value}
              onChange={(event) => onChange(event.target.value)}
            />
          )}
        </Field>
      )
    case 'yesno':
      return (
        <SelectField
          {...frame}
          value={value}
          onChange={onChange}
          options={[
            { value: '', label: '決めない' },
            { value: 'true', label: 'する' },
            { value: 'false', label: 'しない' },
          ]}
        />
      )
    case 'choice':
      return (
        <SelectField
          {...frame}
          value={value}
          onChange={onChange}
          options={[{ value: '', label: '(なし)' }, ...field.choices]}
        />
      )
    case 'integer':
    case 'number':
    case 'text':
      return field.kind === 'text' && (field.maxLength ?? 0) > 200 ? (
        <Field {...frame}>
          {(links) => (
            <textarea
              {...links}
              className="inp"
              rows={3}
              maxLength={field.maxLength ?? undefined}
              value={value}
              onChange={(event) => onChange(event.target.value)}
            />
          )}
        </Field>
      ) : (
        <TextField
          {...frame}
          value={value}
          onChange={onChange}
          {...(field.maxLength ? { maxLength: field.maxLength } : {})}
        />
      )
    default:
      return field.kind satisfies never
  }
}
