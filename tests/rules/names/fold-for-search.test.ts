import { describe, expect, it } from 'vitest'
import { foldForSearch } from '#rules/names/fold-for-search.ts'
import { VARIANTS } from '#rules/names/variants.ts'

describe('foldForSearch 検索用の正規化', () => {
  it.each([
    ['hiragana, katakana, half width', 'たかはし', 'ﾀｶﾊｼ'],
    ['voiced half-width kana', 'ガギグ', 'ｶﾞｷﾞｸﾞ'],
    ['small kana', 'キュウヨ', 'キユウヨ'],
    ['every small kana', 'ァィゥェォッャュョヮヵヶ', 'アイウエオツヤユヨワカケ'],
    ['long marks (O-74)', 'ラーメン', 'ﾗ-ﾒﾝ'],
    ['はしご高', '髙橋', '高橋'],
    ['たつさき', '山﨑', '山崎'],
    ['つちよし', '𠮷田', '吉田'],
    ['渡邊 and 渡邉', '渡邊', '渡邉'],
    ['渡辺', '渡邉', '渡辺'],
    ['龍 and 竜 (常用漢字表)', '坂本龍馬', '坂本竜馬'],
    ['廣澤 (常用漢字表)', '廣澤', '広沢'],
    ['齋藤 to 斉藤', '齋藤', '斉藤'],
    ['﨟 (no NFKC form)', '﨟山', '臈山'],
    ['﨔 (no NFKC form)', '﨔田', '欅田'],
    ['神 (compatibility form)', '\uFA19田', '神田'],
    ['はしご高 with a selector', '髙\u{E0101}橋', '高橋'],
    ['國 and 圀', '國分', '圀分'],
    ['異体字セレクタ', '葛\u{E0100}城', '葛城'],
    ['spaces', '山田 太郎', '山田 太郎'.replace(' ', '\u3000')],
    ['no space at all', '山田太郎', '山田 太郎'],
    ['full-width digits and case', '\uFF21\uFF11', 'a1'],
  ])('%s: %s = %s', (_, a, b) => {
    expect(foldForSearch(a)).toBe(foldForSearch(b))
  })

  it('has each form in one group only, as NFKC leaves it, and no form leads on to another', () => {
    expect(VARIANTS.size).toBeGreaterThan(390)
    for (const [form, key] of VARIANTS) {
      expect([...form, ...key]).toHaveLength(2)
      expect(form.normalize('NFKC')).toBe(form)
      expect(VARIANTS.get(key)).toBeUndefined()
    }
  })

  it('keeps different names apart', () => {
    expect(foldForSearch('山田')).not.toBe(foldForSearch('山本'))
    expect(foldForSearch('ハナ')).not.toBe(foldForSearch('バナ'))
  })

  it('is stable: folding twice changes nothing', () => {
    for (const text of ['髙﨑 ﾊﾅｺ', '渡邊・キュウ', '1ー2-3'])
      expect(foldForSearch(foldForSearch(text))).toBe(foldForSearch(text))
  })
})
