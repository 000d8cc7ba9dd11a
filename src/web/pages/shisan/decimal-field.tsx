import { useState } from 'react'
import { Field, type FieldFrame } from '../../ui/field.tsx'

interface DecimalFieldProps extends Omit<FieldFrame, 'error'> {
  readonly onChange: (value: number | undefined) => void
  readonly error?: string | undefined
  readonly onUnread: (message: string | null) => void
}

/** 全角の数字と小数点を半角に: 「９．６７」 → 「9.67」. */
const plain = (text: string): string =>
  text
    .replaceAll(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
    .replaceAll(/[．。]/g, '.')
    .replaceAll(/\s/g, '')

/** 率の入力: a decimal number; full width becomes half width when the field is left. */
export function DecimalField({ onChange, error, onUnread, ...frame }: DecimalFieldProps) {
  const [text, setText] = useState('')
  const [own, setOwn] = useState<string | undefined>()
  const take = (raw: string) => {
    setText(raw)
    const digits = plain(raw)
    const isNumber = /^\d{1,6}(\.\d{1,6})?$/.test(digits)
    const wrong = isNumber || digits === '' ? null : '数字と小数点だけで入れてください。'
    setOwn(wrong ?? undefined)
    onUnread(wrong)
    onChange(isNumber ? Number(digits) : undefined)
  }
  return (
    <Field {...frame} error={own ?? error}>
      {(links) => (
        <input
          {...links}
          className="inp number"
          inputMode="decimal"
          value={text}
          autoComplete="off"
          onBlur={() => own === undefined && setText(plain(text))}
          onChange={(event) => take(event.target.value)}
        />
      )}
    </Field>
  )
}
