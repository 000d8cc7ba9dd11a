import { describe, expect, it } from 'vitest'
import { foldForSearch } from '#rules/names/fold-for-search.ts'

describe('foldForSearch 検索用の正規化', () => {
  it.each([
    ['hiragana, katakana, half width', 'たかはし', 'ﾀｶﾊｼ'],
    ['voiced half-width kana', 'ガギグ', 'ｶﾞｷﾞｸﾞ'],
    ['small kana', 'キュウヨ', 'キユウヨ'],
    ['long marks (O-74)', 'ラーメン', 'ﾗ-ﾒﾝ'],
    ['はしご高', '髙橋', '高橋'],
    ['たつさき', '山﨑', '山崎'],
    ['つちよし', '𠮷田', '吉田'],
    ['渡邊 and 渡邉', '渡邊', '渡邉'],
    ['異体字セレクタ', '葛\u{E0100}城', '葛城'],
    ['spaces', '山田 太郎', '山田 太郎'.replace(' ', '\u3000')],
    ['no space at all', '山田太郎', '山田 太郎'],
    ['full-width digits and case', '\uFF21\uFF11', 'a1'],
  ])('%s: %s = %s', (_, a, b) => {
    expect(foldForSearch(a)).toBe(foldForSearch(b))
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
