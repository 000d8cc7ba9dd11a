import { type CheckDigit, digitsFromRight } from './modulus10.ts'

/**
 * 個人番号の検査用数字: over the 11 digits before it, from the right weights 2–7, then 2–6; 11 − (sum mod 11), 0 when the
 * remainder is 0 or 1 [source: 総務省令85号5条 as quoted, rules §12]. Throws RangeError unless there are 11 digits.
 */
export function weighIndividualNumber(payload: string): CheckDigit {
  const digits = digitsFromRight(payload)
  if (digits.length !== 11) throw new RangeError('the check digit of a 個人番号 is taken over 11 digits')
  let sum = 0
  const weighed = digits.map((digit, place) => {
    const n = place + 1
    const weight = n <= 6 ? n + 1 : n - 5
    sum += digit * weight
    return { digit, weight, adds: digit * weight }
  })
  const rest = sum % 11
  return { digit: rest <= 1 ? 0 : 11 - rest, sum, weighed }
}
