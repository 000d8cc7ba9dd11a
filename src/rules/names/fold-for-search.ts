/** 異体字: forms found in names, and the form they are searched by. Only for the key; the name itself keeps its form. */
const VARIANTS: Readonly<Record<string, string>> = {
  髙: '高',
  﨑: '崎',
  碕: '崎',
  栁: '柳',
  濵: '浜',
  濱: '浜',
  邊: '辺',
  邉: '辺',
  齋: '斎',
  齊: '斉',
  斎: '斉',
  澤: '沢',
  嶋: '島',
  嶌: '島',
  德: '徳',
  𠮷: '吉',
  廣: '広',
  國: '国',
  櫻: '桜',
  惠: '恵',
  眞: '真',
  瀨: '瀬',
  淵: '渕',
  冨: '富',
  舘: '館',
  靑: '青',
  黑: '黒',
  曻: '昇',
  學: '学',
  榮: '栄',
  壽: '寿',
  龍: '竜',
  瀧: '滝',
  實: '実',
  與: '与',
  豐: '豊',
  傳: '伝',
  圓: '円',
  會: '会',
  關: '関',
  鐵: '鉄',
  條: '条',
  萬: '万',
  彌: '弥',
  禮: '礼',
  靜: '静',
  淸: '清',
  增: '増',
}

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
    let folded = VARIANTS[char] ?? SMALL_KANA[char] ?? char
    folded = VARIANTS[folded] ?? folded
    key += folded
  }
  return key
}
