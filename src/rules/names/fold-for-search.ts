import { VARIANTS } from './variants.ts'

const SMALL_KANA: Readonly<Record<string, string>> = {
  ァ: 'ア',
  ィ: 'イ',
  ゥ: 'ウ',
  ェ: 'エ',
  ォ: 'オ',
  ッ: 'ツ',
  ャ: 'ヤ',
  ュ: 'ユ',
  ョ: 'ヨ',
  ヮ: 'ワ',
  ヵ: 'カ',
  ヶ: 'ケ',
}

const SELECTORS = /[\uFE00-\uFE0F\u{E0100}-\u{E01EF}]/gu
const DASHES = /[‐‑‒–—―−ー]/gu
const HIRAGANA = /[ぁ-ゖ]/gu

/**
 * 検索用の正規化: full and half width, hiragana and katakana, small kana, long marks and hyphens, 異体字 and their selectors,
 * case and spaces are all one. 「たかはし」 = 「ﾀｶﾊｼ」, 「髙﨑」 = 「高崎」, 「キュウ」 = 「キユウ」. A key for comparing only:
 * a stored or printed name never passes through here (rules §11: keep the original).
 */
export function foldForSearch(text: string): string {
  let key = ''
  const wide = text.replaceAll(SELECTORS, '').normalize('NFKC').toUpperCase()
  const katakana = wide.replaceAll(HIRAGANA, (kana) => String.fromCharCode(kana.charCodeAt(0) + 0x60))
  for (const char of katakana.replaceAll(/\s/g, '').replaceAll(DASHES, '-')) {
    key += VARIANTS.get(char) ?? SMALL_KANA[char] ?? char
  }
  return key
}
