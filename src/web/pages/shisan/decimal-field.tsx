import { halfWidthDigits, NumberField, type NumberFieldProps, type NumberKind } from '../../ui/number-field.tsx'

const DECIMAL: NumberKind = {
  inputMode: 'decimal',
  /** 全角の数字と小数点を半角に: 「９．６７」 → 「9.67」. */
  plain: (text) =>
    halfWidthDigits(text)
      .replaceAll(/[．。]/g, '.')
      .replaceAll(/\s/g, ''),
  shape: /^\d{1,6}(\.\d{1,6})?$/,
  wrong: '数字と小数点だけで入れてください。',
}

/** 率の入力: a decimal number. The text is the field's own: 「9.60」 must not become 「9.6」 while it is typed. */
export const DecimalField = (props: Omit<NumberFieldProps, 'value'>) => (
  <NumberField {...props} value={null} kind={DECIMAL} />
)
