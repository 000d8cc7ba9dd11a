/** 小書きのカナ → 大きいカナ. */
export const LARGE_KANA: Readonly<Record<string, string>> = {
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

/** 長音記号とハイフン: what people and systems write for ー and -. */
export const DASHES = /[‐‑‒–—―−ー]/gu

const HIRAGANA = /[ぁ-ゖ]/gu

/** ひらがな → カタカナ. */
export const toKatakana = (text: string): string =>
  text.replaceAll(HIRAGANA, (kana) => String.fromCharCode(kana.charCodeAt(0) + 0x60))
