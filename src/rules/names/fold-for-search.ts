import { DASHES, LARGE_KANA, toKatakana } from './kana.ts'
import { VARIANTS } from './variants.ts'

const SELECTORS = /[\uFE00-\uFE0F\u{E0100}-\u{E01EF}]/gu

/**
 * 検索用の正規化: full and half width, hiragana and katakana, small kana, long marks and hyphens, 異体字 and their selectors,
 * case and spaces are all one. 「たかはし」 = 「ﾀｶﾊｼ」, 「髙﨑」 = 「高崎」, 「キュウ」 = 「キユウ」. A key for comparing only:
 * a stored or printed name never passes through here (rules §11: keep the original).
 */
export function foldForSearch(text: string): string {
  let key = ''
  const wide = text.replaceAll(SELECTORS, '').normalize('NFKC').toUpperCase()
  for (const char of toKatakana(wide).replaceAll(/\s/g, '').replaceAll(DASHES, '-')) {
    key += VARIANTS.get(char) ?? LARGE_KANA[char] ?? char
  }
  return key
}
