import { describe, expect, it } from 'vitest'
import { checkDigit21 } from '#rules/numbers/modulus10.ts'
import { ocrLine } from '#rules/numbers/ocr-line.ts'

const FIELDS = {
  companyCode: '912345',
  fukaYear: '26',
  choteiYear: '26',
  tsuchishoNo: '2600123455',
  period: '01',
  reissue: '1',
  payBy: '260831',
  yen: '12300',
}

describe('OCR行 by template', () => {
  it.each([
    ['{tsuchishoNo} {period} {yen:10}', '2600123455 01 0000012300'],
    ['<{companyCode}+{yen}>', '<912345+12300>'],
    ['{fukaYear}{choteiYear}{reissue}{payBy}', '26261260831'],
  ])('%s → %s', (template, line) => {
    expect(ocrLine(template, FIELDS)).toBe(line)
  })

  it('the check digit is taken over the digits before it', () => {
    expect(ocrLine('{tsuchishoNo}-{period}/{check21}', FIELDS)).toBe(`2600123455-01/${checkDigit21('260012345501')}`)
  })

  it('refuses an unknown field and a value that is too long', () => {
    expect(() => ocrLine('{name}', FIELDS)).toThrow(/no field name/)
    expect(ocrLine('{yen:5}', FIELDS)).toBe('12300')
    expect(() => ocrLine('{yen:4}', FIELDS)).toThrow(/yen is longer than 4/)
    expect(() => ocrLine('{yen:3}', FIELDS)).toThrow(/longer than 3/)
  })
})
