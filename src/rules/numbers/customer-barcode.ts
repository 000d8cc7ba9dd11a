import { addressNumberOf } from './address-number.ts'

/** カスタマバーコード: 20 codes, then the check digit. A code is a digit, a hyphen or a control code CC1–CC8. */
export type CustomerCode = `${0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9}` | '-' | `CC${1 | 2 | 3 | 4 | 5 | 6 | 7 | 8}`

/** In the order of their value for the check digit: 0–9, hyphen 10, CC1–CC8 11–18. */
const CODES = [
  ...(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '-'] as const),
  ...(['CC1', 'CC2', 'CC3', 'CC4', 'CC5', 'CC6', 'CC7', 'CC8'] as const),
] as const satisfies readonly CustomerCode[]

const ADDRESS_CODES = 13
const CONTROL = ['CC1', 'CC2', 'CC3'] as const

const codeAt = (value: number): CustomerCode => {
  const code = CODES[value]
  if (code === undefined) throw new RangeError(`no code has the value ${value}`)
  return code
}

/** One character of the 住所表示番号: a letter takes two codes, control code and digit (A = CC1 0 … Z = CC3 5). */
function codesOf(char: string): readonly CustomerCode[] {
  if (char === '-') return ['-']
  if (/\d/.test(char)) return [codeAt(Number(char))]
  const letter = char.charCodeAt(0) - 65
  const control = CONTROL[Math.floor(letter / 10)]
  if (letter < 0 || control === undefined) throw new RangeError('not a character of a 住所表示番号')
  return [control, codeAt(letter % 10)]
}

/**
 * カスタマバーコードの符号列: 郵便番号 7 + 住所表示番号 13 (cut, or filled with CC4) + check digit, all values together a multiple of
 * 19. A letter at the edge leaves its control code alone. Null without 7 digits, and for a 代表郵便番号 (ending in 00), which gets
 * no barcode. Start and stop code are drawn by the printer. Source: 日本郵便 郵便番号・バーコードマニュアル.
 */
export function customerBarcode(postalCode: string, address: string): readonly CustomerCode[] | null {
  if (!/^\d{7}$/.test(postalCode) || postalCode.endsWith('00')) return null
  const codes: CustomerCode[] = Array.from(postalCode, (digit) => codeAt(Number(digit)))
  const number = [...addressNumberOf(address)].flatMap(codesOf).slice(0, ADDRESS_CODES)
  codes.push(...number, ...Array<CustomerCode>(ADDRESS_CODES - number.length).fill('CC4'))
  const sum = codes.reduce((total, code) => total + CODES.indexOf(code), 0)
  return [...codes, codeAt((19 - (sum % 19)) % 19)]
}
