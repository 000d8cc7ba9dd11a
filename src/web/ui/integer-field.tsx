import { halfWidthDigits, NumberField, type NumberFieldProps, type NumberKind } from './number-field.tsx'

const INTEGER: NumberKind = {
  inputMode: 'numeric',
  /** 全角の数字と桁区切りを半角に: 「１，２３４」 → 「1234」. */
  plain: (text) => halfWidthDigits(text).replaceAll(/[,，、\s]/g, ''),
  shape: /^\d{1,15}$/,
  wrong: '数字だけで入れてください。',
}

/** 整数の入力. */
export const IntegerField = (props: NumberFieldProps) => <NumberField {...props} kind={INTEGER} />
