const digitsOf = (text: string): number[] => {
  if (!/^\d+$/.test(text)) throw new RangeError('a check digit is taken over digits only')
  return Array.from(text, Number)
}

const complement = (sum: number): number => (10 - (sum % 10)) % 10

/**
 * 検証番号 モジュラス10 ウェイト2-1: weights 2, 1, 2 … from the rightmost digit of `payload`, digits of each product added,
 * 10 − (sum mod 10), 10 → 0. For 保険者番号, 被保険者番号 [own knowledge, verify] and 通知書番号. Source: rules §12 (保険者番号設定
 * 要領). "3934202" → 7. Throws RangeError when a character is no digit.
 */
export function checkDigit21(payload: string): number {
  let sum = 0
  let weight = 2
  for (const digit of digitsOf(payload).toReversed()) {
    const product = digit * weight
    sum += product > 9 ? product - 9 : product
    weight = 3 - weight
  }
  return complement(sum)
}

/** Whether the last digit of a number is its モジュラス10 ウェイト2-1 check digit. False for anything that is no digits. */
export const hasCheckDigit21 = (number: string): boolean =>
  /^\d{2,}$/.test(number) && checkDigit21(number.slice(0, -1)) === Number(number.at(-1))

/**
 * チェックデジット モジュラス10 ウェイト3-1: weights 3, 1, 3 … from the rightmost digit of `payload`; 10 − (sum mod 10), 10 → 0.
 * For the 44 digits of GS1-128, over the 43 including AI 91 (rules §5.1). Throws RangeError when a character is no digit.
 */
export function checkDigit31(payload: string): number {
  let sum = 0
  let weight = 3
  for (const digit of digitsOf(payload).toReversed()) {
    sum += digit * weight
    weight = 4 - weight
  }
  return complement(sum)
}
