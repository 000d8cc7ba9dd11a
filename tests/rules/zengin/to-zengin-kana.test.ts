import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toZenginKana } from '#rules/zengin/to-zengin-kana.ts'

// rows beside O-74 (which stands in the 試算 zengin-kana); characters allowed: rules §4.3
describe('全銀の文字', () => {
  it.each([
    ['hiragana', 'やまだ はなこ', 'ﾔﾏﾀﾞ ﾊﾅｺ'],
    ['full-width space, digits, small letters', 'ヤマダ\u3000１２ａb', 'ﾔﾏﾀﾞ 12AB'],
    ['every dash is one', 'ア‐イ‑ウ‒エ–オ—カ―キ−クーケｰコ-', 'ｱ-ｲ-ｳ-ｴ-ｵ-ｶ-ｷ-ｸ-ｹ-ｺ-'],
    ['small kana, half and full width', 'ｧァャｬッｯヮヵヶ', 'ｱｱﾔﾔﾂﾂﾜｶｹ'],
    ['濁点 in three spellings', 'カ\u3099カ゛ｶﾞガ', 'ｶﾞｶﾞｶﾞｶﾞ'],
    ['半濁点 in three spellings', 'ハ\u309Aハ゜ﾊﾟパ', 'ﾊﾟﾊﾟﾊﾟﾊﾟ'],
    ['signs', '（ア）．イ', '(ｱ).ｲ'],
    ['ゔ', 'ゔ', 'ｳﾞ'],
    ['all capital kana', 'アイウエオンワロ', 'ｱｲｳｴｵﾝﾜﾛ'],
    ['nothing', '', ''],
  ])('%s: %s → %s', (_, text, expected) => {
    expect(toZenginKana(text)).toEqual({ ok: true, value: expected })
  })

  it.each([
    ['ヲ', 'ヲノ', [['ヲ', 1]]],
    ['ヲ in half width', 'ｦ', [['ｦ', 1]]],
    [
      'kanji',
      '山田ハナ',
      [
        ['山', 1],
        ['田', 2],
      ],
    ],
    [
      'a kanji beyond the first plane is one character',
      'ア𠮷イ・',
      [
        ['𠮷', 2],
        ['・', 4],
      ],
    ],
    [
      'ヰ, ヱ and ヷ',
      'ヰヱヷ',
      [
        ['ヰ', 1],
        ['ヱ', 2],
        ['ヷ', 3],
      ],
    ],
    ['a 濁点 that nothing carries', 'ナ゛', [['゛', 2]]],
    ['a 半濁点 on カ', 'カ゜', [['゜', 2]]],
    ['a 濁点 at the beginning', 'ﾞア', [['ﾞ', 1]]],
    [
      'signs that are not digits or kana',
      '①㈱㌔',
      [
        ['①', 1],
        ['㈱', 2],
        ['㌔', 3],
      ],
    ],
    [
      'letters with a mark',
      'Åé',
      [
        ['Å', 1],
        ['é', 2],
      ],
    ],
    [
      'ligature, sharp s, line end',
      'ﬁß\n',
      [
        ['ﬁ', 1],
        ['ß', 2],
        ['\n', 3],
      ],
    ],
  ] as const)('refuses %s', (_, text, expected) => {
    expect(toZenginKana(text)).toEqual({ ok: false, error: expected.map(([char, place]) => ({ char, place })) })
  })

  it('writes one byte a character, and what it wrote stays as it is', () => {
    const kana = fc.string({ unit: fc.constantFrom(...'アガパヴャッー-（）．. aＢ9かゞ山゛゜ﾊﾞ'), maxLength: 12 })
    fc.assert(
      fc.property(kana, (text) => {
        const once = toZenginKana(text)
        if (!once.ok) return
        expect(once.value).toMatch(/^[ｱ-ﾟ0-9A-Z().\- ]*$/)
        expect(toZenginKana(once.value)).toEqual(once)
      }),
    )
  })

  it('leaves no character out: either all are written or the others are named', () => {
    const char = fc.integer({ min: 0x20, max: 0xd7ff }).map((code) => String.fromCodePoint(code))
    fc.assert(
      fc.property(fc.string({ unit: char, maxLength: 8 }), (text) => {
        const result = toZenginKana(text)
        const length = Array.from(text).length
        if (result.ok) expect(result.value.length).toBeGreaterThanOrEqual(length)
        else
          expect(result.error.map(({ place }) => Array.from(text)[place - 1])).toEqual(
            result.error.map((one) => one.char),
          )
      }),
    )
  })
})
