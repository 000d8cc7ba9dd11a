import { useEffect, useState } from 'react'
import { Field, type FieldFrame } from './field.tsx'

/** What a field of numbers takes. */
export interface NumberKind {
  readonly inputMode: 'numeric' | 'decimal'
  /** What was typed, in half width and without what only helps the eye. */
  readonly plain: (text: string) => string
  readonly shape: RegExp
  /** Said of what is no number. */
  readonly wrong: string
}

export interface NumberFieldProps extends Omit<FieldFrame, 'error'> {
  /** A value from outside (default, draft); null: what stands in the field is its own. */
  readonly value: number | null
  readonly onChange: (value: number | undefined) => void
  readonly error?: string | undefined
  readonly onUnread?: ((message: string | null) => void) | undefined
}

/** 全角の数字を半角に. */
export const halfWidthDigits = (text: string): string =>
  text.replaceAll(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))

/**
 * 数の入力: full width and separators are accepted and become half width before one's eyes, but never while kana are being
 * converted. What is no number stays as it was typed, and the field says so.
 */
export function NumberField({
  kind,
  value,
  onChange,
  error,
  onUnread,
  ...frame
}: NumberFieldProps & { kind: NumberKind }) {
  const { plain } = kind
  const [text, setText] = useState(() => (value === null ? '' : String(value)))
  const [own, setOwn] = useState<string | undefined>()
  useEffect(() => {
    // a value from outside replaces what stands there, but never what is being typed
    setText((now) => (value === null || plain(now) === String(value) ? now : String(value)))
  }, [plain, value])
  const take = (raw: string) => {
    setText(raw)
    const digits = plain(raw)
    const isNumber = kind.shape.test(digits)
    const wrong = isNumber || digits === '' ? undefined : kind.wrong
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
          inputMode={kind.inputMode}
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
