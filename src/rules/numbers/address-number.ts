const UNITS: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000 }
const DIGITS = '〇一二三四五六七八九'

/** 漢数字 → number: 二十一 → 21, 百一 → 101, 一〇 → 10. */
function kanjiToNumber(kanji: string): string {
  if (![...kanji].some((char) => char in UNITS)) return Array.from(kanji, (char) => DIGITS.indexOf(char)).join('')
  let total = 0
  let pending = 0
  for (const char of kanji) {
    const unit = UNITS[char]
    if (unit === undefined) pending = pending * 10 + DIGITS.indexOf(char)
    else {
      total += (pending === 0 ? 1 : pending) * unit
      pending = 0
    }
  }
  return String(total + pending)
}

/** The nine words before which a 漢数字 counts as a number. */
const KANJI_NUMBER = /([〇一二三四五六七八九十百千]+)(?=丁目|丁|番地|番|号|地割|線|の|ノ)/g

/**
 * 住所表示番号: what of an address goes into the カスタマバーコード. Letters upper-case, `& / ・ .` dropped, digits, hyphens and
 * single letters kept, 漢数字 before 丁目, 番地 … as digits, everything else one hyphen; no hyphen around a letter; an F after a
 * digit (階) is not kept. 「右京塚東3丁目20-5 郵便・A&bコーポB604号」 → 「3-20-5B604」.
 * Source: 日本郵便 郵便番号・バーコードマニュアル, 基本ルール 1–6 and 補足ルール; its 17 verification cases are our test.
 * Limit: the rule wants the address after the 町域; a 町域 that itself reads like a number (三番町) adds a digit [verify].
 */
export const addressNumberOf = (address: string): string =>
  address
    .normalize('NFKC') // the barcode's text only; the printed address keeps its characters
    .toUpperCase()
    .replaceAll(/[&/・.]/g, '')
    .replaceAll(KANJI_NUMBER, (kanji: string) => kanjiToNumber(kanji))
    .replaceAll(/[^-0-9A-Z]/g, '-')
    .replaceAll(/[A-Z]{2,}/g, '-')
    .replaceAll(/(?<=\d)F/g, '-')
    .replaceAll(/-+/g, '-')
    .replaceAll(/-?([A-Z])-?/g, '$1')
    .replaceAll(/^-|-$/g, '')
