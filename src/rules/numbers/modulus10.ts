/** One digit of a number, from the right, with its weight and what it adds to the sum. */
export interface WeighedDigit {
  readonly digit: number
  readonly weight: number
  readonly adds: number
}

/** A check digit with the way to it. */
export interface CheckDigit {
  readonly digit: number
  readonly sum: number
  /** From the rightmost digit of the payload. */
  readonly weighed: readonly WeighedDigit[]
}

/** The digits of a payload from the right. Throws RangeError when a character is no digit. */
export const digitsFromRight = (text: string): number[] => {
  if (!/^\d+$/.test(text)) throw new RangeError('a check digit is taken over digits only')
  return Array.from(text, Number).toReversed()
}

/** モジュラス10: 10 − (sum mod 10), 10 → 0; the weights alternate from the rightmost digit, `first` then `second`. */
function modulus10(payload: string, [first, second]: readonly [number, number], addsOf: (product: number) => number) {
  let sum = 0
  const weighed = digitsFromRight(payload).map((digit, place): WeighedDigit => {
    const weight = place % 2 === 0 ? first : second
    const adds = addsOf(digit * weight)
    sum += adds
    return { digit, weight, adds }
  })
  return { digit: (10 - (sum % 10)) % 10, sum, weighed }
}

/**
 * 検証番号 モジュラス10 ウェイト2-1: weights 2, 1, 2 … from the rightmost digit of `payload`, digits of each product added. For
 * 保険者番号, 被保険者番号 [own knowledge, verify] and 通知書番号. Source: rules §12 (保険者番号設定要領). "3934202" → 7.
 * Throws RangeError when a character is no digit.
 */
export const weigh21 = (payload: string): CheckDigit =>
  modulus10(payload, [2, 1], (product) => (product > 9 ? product - 9 : product))

export const checkDigit21 = (payload: string): number => weigh21(payload).digit

/** Whether the last digit of a number is its モジュラス10 ウェイト2-1 check digit. False for anything that is no digits. */
export const hasCheckDigit21 = (number: string): boolean =>
  /^\d{2,}$/.test(number) && checkDigit21(number.slice(0, -1)) === Number(number.at(-1))

/**
 * チェックデジット モジュラス10 ウェイト3-1: weights 3, 1, 3 … from the rightmost digit of `payload`. For the 44 digits of GS1-128,
 * over the 43 including AI 91 (rules §5.1). Throws RangeError when a character is no digit.
 */
export const weigh31 = (payload: string): CheckDigit => modulus10(payload, [3, 1], (product) => product)

export const checkDigit31 = (payload: string): number => weigh31(payload).digit
