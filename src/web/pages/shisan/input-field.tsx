import { parsePlainDate } from '#kernel/plain-date.ts'
import { formatWarekiFiscalYear } from '#rules/calendar/wareki.ts'
import { sayValue } from '#rules/shisan/say-value.ts'
import type { IntegerField as IntegerSchema, RecordField } from '#rules/shisan/schema.ts'
import { formatNumber } from '../../lib/numbers.ts'
import { DateField } from '../../ui/date-field.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'
import { IntegerField } from '../../ui/integer-field.tsx'
import { DecimalField } from './decimal-field.tsx'
import type { InputProps } from './input-props.ts'
import { InputRows } from './input-rows.tsx'
import { sentOf, valuesOf } from './input-values.ts'

/** One field of a 試算, made from its schema; rows and records bring their own fields. */
export function InputField({ field, pointer, label, need, value, onChange: set, errors }: InputProps) {
  const onChange = (next: unknown) => {
    errors.mending(pointer)
    set(next)
  }
  const onUnread = (message: string | null) => errors.onUnread(pointer, message)
  const unit = 'x-unit' in field && field['x-unit'] !== undefined ? field['x-unit'] : ''
  const frame = {
    id: errors.idOf(pointer),
    label: unit === '' || field.title.endsWith(unit) ? label : `${label}(${unit})`,
    isRequired: need === 'required',
    ...(need === 'optional' ? { optional: '任意' } : {}),
    hint: field.description,
    error: errors.at(pointer),
  }
  if (!('type' in field)) {
    const byText = new Map(field.enum.map((one) => [String(one), one]))
    const none = 'default' in field ? `${sayValue(field, field.default)}(省いたとき)` : '選んでください'
    return (
      <SelectField
        {...frame}
        value={value === undefined ? '' : sayText(value)}
        onChange={(text) => onChange(byText.get(text))}
        options={[
          { value: '', label: none },
          ...field.enum.map((one, at) => ({ value: String(one), label: field['x-labels'][at] ?? String(one) })),
        ]}
      />
    )
  }
  switch (field.type) {
    case 'integer':
      return (
        <IntegerField
          {...frame}
          hint={hintOf(field, value)}
          value={typeof value === 'number' ? value : null}
          onChange={onChange}
          onUnread={onUnread}
        />
      )
    case 'number':
      return <DecimalField {...frame} onChange={onChange} onUnread={onUnread} />
    case 'boolean':
      return (
        <div className="fld">
          <label className="row">
            <input
              id={frame.id}
              type="checkbox"
              aria-invalid={frame.error ? true : undefined}
              aria-describedby={frame.error ? `${frame.id}-e` : undefined}
              checked={value === undefined ? field.default === true : value === true}
              onChange={(event) => onChange(event.target.checked)}
            />
            {label}
          </label>
          {field.description && <span className="hint">{field.description}</span>}
          {frame.error && (
            <span className="err" id={`${frame.id}-e`}>
              {frame.error}
            </span>
          )}
        </div>
      )
    case 'string':
      return 'format' in field ? (
        <DateField
          {...frame}
          value={parsePlainDate(sayText(value))}
          onChange={(day) => onChange(day ?? undefined)}
          onUnread={onUnread}
        />
      ) : (
        <TextField
          {...frame}
          value={sayText(value)}
          maxLength={field.maxLength}
          onChange={(text) => onChange(text === '' ? undefined : text)}
        />
      )
    case 'array':
      return (
        <InputRows
          {...{ field, pointer, label, need, value, errors }}
          onChange={set}
          draw={(props) => <InputField {...props} />}
        />
      )
    case 'object':
      return (
        <fieldset className="fld group" id={frame.id} tabIndex={-1}>
          <legend>
            {label}
            {need === 'optional' && <span className="opt">任意</span>}
          </legend>
          {field.description && <p className="hint">{field.description}</p>}
          {frame.error && <p className="err">{frame.error}</p>}
          <div className="inputs">
            <InputFields
              field={field}
              pointer={pointer}
              isAsked={need !== 'optional' || sentOf(field, value, false) !== undefined}
              value={value}
              onChange={set}
              errors={errors}
            />
          </div>
        </fieldset>
      )
    default:
      return field satisfies never
  }
}

interface InputFieldsProps extends Omit<InputProps, 'label' | 'need' | 'field'> {
  readonly field: RecordField
  /** False for a record that may be absent and is empty: nothing of it is needed. */
  readonly isAsked: boolean
}

/** The fields of a record, in the order of its schema. */
export function InputFields({ field, pointer, isAsked, value, onChange, errors }: InputFieldsProps) {
  const values = valuesOf(value)
  return Object.entries(field.properties).map(([name, one]) => (
    <InputField
      key={name}
      field={one}
      pointer={`${pointer}/${name}`}
      label={one.title}
      need={isAsked ? (field.required.includes(name) ? 'required' : 'optional') : 'row'}
      value={values[name]}
      onChange={(next) => onChange({ ...values, [name]: next })}
      errors={errors}
    />
  ))
}

const sayText = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : ''

/** The era of a year, an amount with its separators, and what an empty field means. */
function hintOf(field: IntegerSchema, value: unknown): string | undefined {
  const words = [field.description]
  if (typeof value === 'number' && field['x-unit'] === '年度' && value >= field.minimum && value <= field.maximum)
    words.push(formatWarekiFiscalYear(value))
  if (typeof value === 'number' && field['x-unit'] === '円' && value >= 1000) words.push(`${formatNumber(value)}円`)
  if (value === undefined && field.default !== undefined) words.push(`空のときは${sayValue(field, field.default)}`)
  const said = words.filter((one) => one !== undefined)
  return said.length === 0 ? undefined : said.join('。')
}
