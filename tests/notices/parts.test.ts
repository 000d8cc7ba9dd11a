import bwip from 'bwip-js/node'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { customerBars, gs1Widths } from '#notices/barcodes.ts'
import { typstString } from '#notices/typst-string.ts'
import { customerBarcode } from '#rules/numbers/customer-barcode.ts'

describe('typstString', () => {
  it.each([
    ['見本', '"見本"'],
    ['"\\', String.raw`"\"\\"`],
    ['a\nb', String.raw`"a\u{a}b"`],
    ['#eval(1) *x* [y] $z$ @a <b>', '"#eval(1) *x* [y] $z$ @a <b>"'],
    ['\u2028', String.raw`"\u{2028}"`],
    ['\uD842', '"\uFFFD"'],
    ['𠮷', '"𠮷"'],
  ])('%j → %s', (text, literal) => {
    expect(typstString(text)).toBe(literal)
  })

  it('never ends early: quotes are always escaped, no control character is left', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const inner = typstString(text).slice(1, -1)
        expect(inner.replaceAll(/\\(?:["\\]|u\{[0-9a-f]+\})/g, '')).not.toMatch(/["\\]/)
        // oxlint-disable-next-line no-control-regex -- the point of the test
        expect(inner).not.toMatch(/[\u0000-\u001F]/)
      }),
    )
  })
})

describe('bars', () => {
  it('GS1-128: START C, FNC1, STOP, 26 symbols of 11 modules and the 13 of the stop', () => {
    const widths = gs1Widths('91912345263926001234550126000126083100123000')
    expect(widths.slice(0, 12)).toBe('211232411131')
    expect(widths.slice(-7)).toBe('2331112')
    expect([...widths].reduce((sum, one) => sum + Number(one), 0)).toBe(25 * 11 + 13)
  })

  it('refuses anything but 44 digits of AI 91', () => {
    expect(() => gs1Widths('123')).toThrow(RangeError)
    expect(() => gs1Widths('92'.padEnd(44, '0'))).toThrow(RangeError)
  })

  it('カスタマバーコード: the same bars as an independent encoder', () => {
    for (const [postal, address, number] of [
      ['2630023', '緑町3丁目30-8 郵便ビル403号', '3-30-8-403'],
      ['6230011', '青野町綾部6-7 LプラザB106', '6-7LB106'],
      ['2280024', '入谷6丁目3454-5 郵便ハイツ6-1108', '6-3454-5-6-11'],
    ] as const) {
      const ours = customerBars(customerBarcode(postal, address) ?? [])
      const [drawn] = bwip.raw({ bcid: 'japanpost', text: postal + number })
      if (!drawn || !('bhs' in drawn)) throw new Error('no bars')
      const tallest = Math.max(...drawn.bhs)
      const theirs = drawn.bhs.map((height, index) => {
        const base = drawn.bbs[index] ?? 0
        const isUp = base + height > tallest * 0.9
        const isDown = base < tallest * 0.1
        return isUp && isDown ? '1' : isUp ? '2' : isDown ? '3' : '4'
      })
      expect(ours).toBe(theirs.join(''))
    }
  })
})
