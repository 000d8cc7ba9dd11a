import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plainDateOf } from '#kernel/plain-date.ts'
import { convenienceBarcode, type ConvenienceSlip } from '#rules/numbers/convenience-barcode.ts'
import { checkDigit21, checkDigit31, hasCheckDigit21, weigh21, weigh31 } from '#rules/numbers/modulus10.ts'
import { weighIndividualNumber } from '#rules/numbers/modulus11.ts'

describe('検証番号', () => {
  it.each([
    ['O-70 千葉県警共済', '3312001', 5],
    ['O-71 呉市 後期', '3934202', 7],
    ['5.2 #15 通知書番号', '260012345', 5],
    ['5.2 #16 通知書番号', '260045678', 0],
  ])('%s: %s → %i', (_, payload, digit) => {
    expect(checkDigit21(payload)).toBe(digit)
    expect(hasCheckDigit21(`${payload}${digit}`)).toBe(true)
    expect(hasCheckDigit21(`${payload}${(digit + 1) % 10}`)).toBe(false)
  })

  it('O-72: the 44th digit is taken over 43 digits, the AI included', () => {
    expect(checkDigit31('9190808103021001997007091753011008310005000')).toBe(9)
    expect(checkDigit31('90808103021001997007091753011008310005000')).toBe(7)
  })

  it('finds every single wrong digit', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^\d{9}$/),
        fc.integer({ min: 0, max: 9 }),
        fc.integer({ min: 1, max: 9 }),
        (payload, at, by) => {
          const number = `${payload}${checkDigit21(payload)}`
          const wrong = String((Number(number[at]) + by) % 10)
          expect(hasCheckDigit21(number.slice(0, at) + wrong + number.slice(at + 1))).toBe(false)
        },
      ),
    )
  })

  it('shows its way: each digit from the right with its weight and what it adds', () => {
    expect(weigh21('3934202')).toMatchObject({ sum: 33, digit: 7 })
    expect(weigh21('39').weighed).toEqual([
      { digit: 9, weight: 2, adds: 9 },
      { digit: 3, weight: 1, adds: 3 },
    ])
    expect(weigh31('39').weighed).toEqual([
      { digit: 9, weight: 3, adds: 27 },
      { digit: 3, weight: 1, adds: 3 },
    ])
    expect(weighIndividualNumber('12345678901').weighed.map(({ weight }) => weight)).toEqual([
      2, 3, 4, 5, 6, 7, 2, 3, 4, 5, 6,
    ])
    expect(weighIndividualNumber('00000000100').weighed.map(({ adds }) => adds)).toEqual([
      0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0,
    ])
  })

  it('takes the digit of a 個人番号 over eleven digits only', () => {
    expect(() => weighIndividualNumber('1234567890')).toThrow(/over 11 digits/)
    expect(() => weighIndividualNumber('123456789012')).toThrow(/over 11 digits/)
    expect(() => weighIndividualNumber('1234567890x')).toThrow(/digits only/)
  })

  it('refuses what is no number', () => {
    expect(hasCheckDigit21('x42')).toBe(false)
    expect(hasCheckDigit21('0')).toBe(false)
    expect(() => checkDigit21('39-4202')).toThrow(RangeError)
    expect(() => checkDigit31('')).toThrow(RangeError)
    expect(hasCheckDigit21('26001234x5')).toBe(false)
  })
})

const slip = (change: Partial<ConvenienceSlip> = {}): ConvenienceSlip => ({
  companyCode: '912345',
  fukaYear: 2026,
  choteiYear: 2026,
  tsuchishoNo: '2600123455',
  period: '01',
  reissue: 1,
  payBy: plainDateOf('2026-08-31'),
  yen: 12_300n,
  ...change,
})

describe('コンビニ収納 GS1-128', () => {
  it('sheet 5.2 #15', () => {
    expect(convenienceBarcode(slip())).toEqual({
      kind: 'barcode',
      digits: '91912345263926001234550126000126083100123000',
    })
  })

  it('sheet 5.2 #16: 300,000 円 has a barcode, 300,001 円 has none', () => {
    const high = { tsuchishoNo: '2600456780', period: '81' }
    expect(convenienceBarcode(slip({ ...high, yen: 300_000n }))).toEqual({
      kind: 'barcode',
      digits: '91912345263926004567808126000126083103000009',
    })
    expect(convenienceBarcode(slip({ ...high, yen: 300_001n }))).toEqual({ kind: 'none', because: 'over-limit' })
  })

  it('no limit of time is 999999, 9 re-issues are the last', () => {
    const open = convenienceBarcode(slip({ payBy: null }))
    expect(open.kind === 'barcode' && open.digits.slice(30, 36)).toBe('999999')
    const ninth = convenienceBarcode(slip({ reissue: 9 }))
    expect(ninth.kind === 'barcode' && ninth.digits[29]).toBe('9')
    expect(convenienceBarcode(slip({ reissue: 10 }))).toEqual({ kind: 'none', because: 'reissued-too-often' })
    expect(convenienceBarcode(slip({ yen: 0n }))).toEqual({ kind: 'none', because: 'nothing-to-pay' })
  })

  it('is 44 digits, or refused for a part of the wrong shape', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 300_000n }), fc.integer({ min: 0, max: 9 }), (yen, reissue) => {
        const code = convenienceBarcode(slip({ yen, reissue }))
        expect(code.kind === 'barcode' && /^\d{44}$/.test(code.digits)).toBe(true)
        expect(code.kind === 'barcode' && BigInt(code.digits.slice(37, 43))).toBe(yen)
      }),
    )
    expect(() => convenienceBarcode(slip({ companyCode: '4912345' }))).toThrow(RangeError)
    expect(() => convenienceBarcode(slip({ period: '1' }))).toThrow(RangeError)
    expect(() => convenienceBarcode(slip({ companyCode: '91234x' }))).toThrow(/not 6 digits/)
    expect(() => convenienceBarcode(slip({ companyCode: 'x12345' }))).toThrow(/not 6 digits/)
  })

  it('a higher limit than six digits can hold is no limit; a year is two digits', () => {
    const high = convenienceBarcode(slip({ yen: 999_999n }), 5_000_000n)
    expect(high.kind === 'barcode' && high.digits.slice(37, 43)).toBe('999999')
    expect(convenienceBarcode(slip({ yen: 1_000_000n }), 5_000_000n)).toEqual({ kind: 'none', because: 'over-limit' })
    const early = convenienceBarcode(slip({ fukaYear: 2008, choteiYear: 2009 }))
    expect(early.kind === 'barcode' && [early.digits.slice(8, 10), early.digits.slice(24, 26)]).toEqual(['08', '09'])
  })
})
