import { useEffect, useState } from 'react'
import { Field, type FieldFrame } from './field.tsx'

interface IntegerFieldProps extends Omit<FieldFrame, 'error'> {
  readonly value: number | null
  readonly onChange: (value: number | undefined) => void
  readonly error?: string | undefined
  readonly onUnread?: ((message: string | null) => void) | undefined
}

/** 全角の数字と桁区切りを半角に: 「１，２３４」 → 「1234」. */
const plain = (text: string): string =>
  text.replaceAll(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0)).replaceAll(/[,，、\s]/g, '')

const NO_NUMBER = '数字だけで入れてください。'

/**
 * 数の入力: full width and separators are accepted and become half width before one's eyes, but never while kana are being
 * converted. What is no number stays as it was typed, and the field says so.
 */
export function IntegerField({ value, onChange, error, onUnread, ...frame }: IntegerFieldProps) {
  const [text, setText] = useState(() => (value === null ? '' : String(value)))
  const [own, setOwn] = useState<string | undefined>()
  useEffect(() => {
    // a value from outside (default, draft) replaces what stands there, but never what is being typed
    setText((now) => (value === null || plain(now) === String(value) ? now : String(value)))
  }, [value])
  const take = (raw: string) => {
    setText(raw)
    const digits = plain(raw)
    const isNumber = /^\d{1,15}$/.test(digits)
    const wrong = isNumber || digits === '' ? undefined : NO_NUMBER
    setOwn(wrong)
    onUnread?.(wrong ?? null)
    onChange(isNumber ? Number(digits) : undefined)
  }
  return (
    <Field {...frame} error={own ?? error}>
      {(links) => (
        <input
          {...links}
          className="inp number"
          inputMode="numeric"
          value={text}
          autoComplete="off"
          onBlur={() => own === undefined && setText(plain(text))}
          onCompositionEnd={(event) => take(plain(event.currentTarget.value))}
          onChange={(event) => {
            const native = event.nativeEvent as InputEvent // React's change of a text input is its input event
            take(native.isComposing ? event.target.value : plain(event.target.value))
          }}
        />
      )}
    </Field>
  )
}
