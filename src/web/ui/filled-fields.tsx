import { formatNumber } from '../lib/numbers.ts'
import { filledRow, filledText } from './filled-text.ts'
import { valuesOf, type FormField, type FormValues } from './form-schema.ts'

interface FilledFieldsProps {
  readonly fields: readonly FormField[]
  readonly values: FormValues
  /** What an id in a row is called, by the name of its field: the rows are then said one by one. */
  readonly names?: Readonly<Record<string, (id: unknown) => string>> | undefined
}

/** 様式に入れたこと, in words: what a decision is about to send. Fields left empty are not in it. */
export function FilledFields({ fields, values, names = {} }: FilledFieldsProps) {
  const filled = valuesOf(fields, values)
  return (
    <dl className="kv" aria-label="入れた内容">
      {fields
        .filter(({ name }) => name in filled)
        .map((field) => (
          <FilledField key={field.name} field={field} value={filled[field.name]} names={names} />
        ))}
    </dl>
  )
}

interface FilledFieldProps extends Required<Pick<FilledFieldsProps, 'names'>> {
  readonly field: FormField
  readonly value: unknown
}

function FilledField({ field, value, names = {} }: FilledFieldProps) {
  const named = field.fields.find(({ name }) => name in names)
  const rows = named && Array.isArray(value) ? (value as readonly FormValues[]) : [] // a field of rows holds objects
  return (
    <>
      <dt>{field.label}</dt>
      <dd>
        <b>{named ? `${formatNumber(rows.length)}件` : filledText(field, value)}</b>
        {named && (
          <ul className="plain">
            {rows.map((row, index) => (
              <li key={index}>
                {filledRow(field, row)} {names[named.name]?.(row[named.name])}
              </li>
            ))}
          </ul>
        )}
      </dd>
    </>
  )
}
