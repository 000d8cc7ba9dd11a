import { filledText } from './filled-text.ts'
import { valuesOf, type FormField, type FormValues } from './form-schema.ts'

/** 様式に入れたこと, in words: what a decision is about to send. Fields left empty are not in it. */
export function FilledFields({ fields, values }: { fields: readonly FormField[]; values: FormValues }) {
  const filled = valuesOf(fields, values)
  return (
    <dl className="kv" aria-label="入れた内容">
      {fields
        .filter(({ name }) => name in filled)
        .map((field) => (
          <FilledField key={field.name} label={field.label} text={filledText(field, filled[field.name])} />
        ))}
    </dl>
  )
}

const FilledField = ({ label, text }: { label: string; text: string }) => (
  <>
    <dt>{label}</dt>
    <dd>
      <b>{text}</b>
    </dd>
  </>
)
