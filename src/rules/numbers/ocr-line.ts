import { checkDigit21 } from './modulus10.ts'

/** What a municipality's OCR template may name; digits only. */
export interface OcrFields {
  readonly companyCode: string
  readonly fukaYear: string
  readonly choteiYear: string
  readonly tsuchishoNo: string
  readonly period: string
  readonly reissue: string
  readonly payBy: string
  readonly yen: string
}

const FIELD = /\{(\w+)(?::(\d{1,2}))?\}/g
const NAMES = ['companyCode', 'fukaYear', 'choteiYear', 'tsuchishoNo', 'period', 'reissue', 'payBy', 'yen'] as const
const isField = (name: string): name is (typeof NAMES)[number] => (NAMES as readonly string[]).includes(name)

/**
 * OCR行: content and check digit are chosen by the municipality with its 指定金融機関 (rules §5.2 [own knowledge, verify]), so the
 * line is a template: `{yen:10}` = the field filled with zeros to 10 digits, `{check21}` = モジュラス10 ウェイト2-1 over all digits
 * before it. Throws RangeError for an unknown field or a value that is too long.
 */
export function ocrLine(template: string, fields: OcrFields): string {
  let line = ''
  let from = 0
  for (const match of template.matchAll(FIELD)) {
    line += template.slice(from, match.index)
    from = match.index + match[0].length
    const name = match[1] ?? ''
    if (name === 'check21') {
      line += String(checkDigit21(line.replaceAll(/\D/g, '')))
      continue
    }
    if (!isField(name)) throw new RangeError(`OCR template: no field ${name}`)
    const width = match[2] === undefined ? 0 : Number(match[2])
    const value = fields[name].padStart(width, '0')
    if (width > 0 && value.length > width) throw new RangeError(`OCR template: ${name} is longer than ${width}`)
    line += value
  }
  return line + template.slice(from)
}
